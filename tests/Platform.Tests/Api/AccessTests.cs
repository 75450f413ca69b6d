using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Platform.Tests.Api;

/// <summary>Every route against every kind of token but the right one. The fake grains have no answers: whoever gets through to one ends in a fault.</summary>
public sealed class AccessTests(SharedServer fixture) : IClassFixture<SharedServer>
{
    static readonly string[] EveryScope = [.. Route.All.SelectMany(route => route.Scopes).Distinct()];

    readonly ApiServer _server = fixture.Api;

    [Theory, MemberData(nameof(Routes))]
    public async Task The_right_token_gets_through(string name)
    {
        var route = Route.Of(name);
        foreach (var scope in route.Scopes)
        {
            var answer = await route.Send(_server, Right(route.Audience, [scope]));
            if (route.AsksNoGrain)
            {
                answer.AssertOk();
            }
            else
            {
                answer.AssertRefused(500, "platform.fault");
            }
        }
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task Without_a_token_nobody_gets_through(string name)
    {
        var answer = await Route.Of(name).Send(_server, null);

        answer.AssertRefused(401, "token.missing");
        Assert.Equal("Bearer, DPoP algs=\"ES256 PS256\"", answer.Headers["WWW-Authenticate"]);
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task A_token_for_others_is_of_the_wrong_kind(string name)
    {
        var route = Route.Of(name);
        foreach (var audience in new[] { "system", "citizen", "staff" }.Where(audience => audience != route.Audience))
        {
            (await route.Send(_server, Right(audience, EveryScope))).AssertRefused(403, "token.wrong-kind");
        }
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task A_token_with_every_scope_but_the_needed_one_is_refused(string name)
    {
        var route = Route.Of(name);

        var answer = await route.Send(_server, Right(route.Audience, [.. EveryScope.Except(route.Scopes)]));

        answer.AssertRefused(403, "token.scope-missing");
        Assert.Contains($"scope=\"{string.Join(' ', route.Scopes)}\"", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        (await route.Send(_server, Right(route.Audience, []))).AssertRefused(403, "token.scope-missing");
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task A_person_below_level_2_is_told_to_step_up(string name)
    {
        var route = Route.Of(name);
        foreach (var level in new[] { 0, 1, 3 })
        {
            if (route.Audience == "system")
            {
                return;
            }

            var token = route.Audience switch
            {
                "citizen" => _server.People.Citizen(ApiServer.Person, level, EveryScope),
                "official" => _server.People.Official(ApiServer.Person, level, ["one-stop-officer"], EveryScope),
                _ => _server.People.Staff("staff-7", level, ["rule-owner"], EveryScope),
            };
            var answer = await route.Send(_server, token);

            answer.AssertRefused(403, "identity.level-too-low");
            Assert.Contains("acr_values=\"urn:vn:eid:level:2\"", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task Staff_without_the_role_are_refused(string name)
    {
        var route = Route.Of(name);
        if (route.Audience == "staff")
        {
            (await route.Send(_server, _server.People.Staff("staff-7", 2, ["inspector"], EveryScope))).AssertRefused(403, "token.role-missing");
            (await route.Send(_server, _server.People.Staff("staff-7", 2, [], EveryScope))).AssertRefused(401, "token.invalid");
        }

        if (route.Audience == "official")
        {
            (await route.Send(_server, _server.People.Official(ApiServer.Person, 2, ["rule-owner"], EveryScope))).AssertRefused(403, "token.role-missing");
            (await route.Send(_server, _server.People.Staff("staff-7", 2, ["one-stop-officer"], EveryScope))).AssertRefused(403, "token.wrong-kind");
        }
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task A_spoiled_token_is_refused(string name)
    {
        var route = Route.Of(name);
        var right = Right(route.Audience, EveryScope);
        foreach (var (code, token) in Spoiled(route.Audience, right))
        {
            var answer = await route.Send(_server, token);

            Assert.Equal((401, code), (answer.Status, answer.Code));
            Assert.StartsWith("Bearer error=\"invalid_token\"", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_issuer_may_speak_only_of_the_kinds_it_is_trusted_for()
    {
        (await _server.Get("/v1/me", _server.Systems.Citizen(ApiServer.Person, 2, "me.read"))).AssertRefused(401, "token.issuer-untrusted");
        (await _server.Get("/v1/catalogue", _server.People.System("insurance", "catalogue.read"))).AssertRefused(401, "token.issuer-untrusted");
    }

    [Theory]
    [InlineData("sub", null)]
    [InlineData("acr", null)]
    [InlineData("personal_id", "06719900001")]
    [InlineData("personal_id", "0671990000170")]
    [InlineData("personal_id", "06719900001x")]
    [InlineData("client_id", "citizen-1")]
    public async Task A_token_that_contradicts_itself_is_no_token(string claim, string? value)
    {
        var token = _server.People.Token(new()
        {
            ["sub"] = "citizen-1",
            ["client_id"] = "portal",
            ["acr"] = "urn:vn:eid:level:2",
            ["personal_id"] = ApiServer.Person,
            ["scope"] = "me.read",
        });
        if (value is null)
        {
            token.Claims.Remove(claim);
        }
        else
        {
            token.Claims[claim] = value;
        }

        (await _server.Get("/v1/me", TestIssuer.Sign(token))).AssertRefused(401, "token.invalid");
    }

    [Fact]
    public async Task Two_personal_numbers_in_one_token_are_no_number()
    {
        var token = _server.People.Token(new()
        {
            ["sub"] = "citizen-1",
            ["acr"] = "urn:vn:eid:level:2",
            ["personal_id"] = new[] { ApiServer.Person, "067199000025" },
            ["scope"] = "me.read",
        });

        (await _server.Get("/v1/me", TestIssuer.Sign(token))).AssertRefused(401, "token.invalid");
    }

    [Fact]
    public async Task A_system_token_whose_client_is_not_its_subject_is_no_token()
    {
        var token = _server.Systems.Token(new() { ["sub"] = "insurance", ["client_id"] = "bank", ["scope"] = "catalogue.read" });

        (await _server.Get("/v1/catalogue", TestIssuer.Sign(token))).AssertRefused(401, "token.invalid");
    }

    [Theory]
    [InlineData("Basic aW5zdXJhbmNlOng=")]
    [InlineData("Bearer")]
    [InlineData("Bearer x.y.z")]
    [InlineData("Bearer ")]
    public async Task A_header_that_is_no_bearer_token_is_refused(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/catalogue");
        request.Headers.TryAddWithoutValidation("Authorization", header);

        var answer = await _server.Send(request);

        answer.AssertRefused(401, "token.invalid");
    }

    [Fact]
    public async Task A_token_in_the_query_is_no_token()
    {
        (await _server.Get($"/v1/catalogue?access_token={Right("system", EveryScope)}", null)).AssertRefused(401, "token.missing");
    }

    [Fact]
    public void Every_endpoint_has_a_policy_or_is_public_on_purpose()
    {
        var endpoints = _server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var anonymous = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(endpoint => endpoint.RoutePattern.RawText);

        Assert.Equal(["/health/live", "/health/ready", "/health/started", "/openapi/{documentName}.json", "/v1/presentations/"], anonymous.Order(StringComparer.Ordinal));
        Assert.All(
            endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null),
            endpoint => Assert.Contains(endpoint.Metadata.OfType<IAuthorizeData>(), data => data.Policy is not null));
    }

    [Fact]
    public void These_tests_know_every_route()
    {
        var published = PublishedCodes.Operations.Select(operation => operation.Method).Order();

        // One asks for no token and is of nobody.
        Assert.Equal(published, Route.All.Select(route => route.Method).Append("POST").Order());
    }

    string Right(string audience, string[] scopes) => audience switch
    {
        "system" => _server.SystemToken(scopes),
        "citizen" => _server.CitizenToken(scopes),
        "official" => _server.People.Official(ApiServer.Person, 2, ["one-stop-officer"], scopes),
        _ => _server.StaffToken(scopes),
    };

    IEnumerable<(string Code, string Token)> Spoiled(string audience, string right)
    {
        var issuer = audience == "system" ? _server.Systems : _server.People;
        string Change(Action<SecurityTokenDescriptor> change)
        {
            var token = issuer.Token(audience switch
            {
                "system" => new() { ["sub"] = ApiServer.System, ["client_id"] = ApiServer.System, ["scope"] = string.Join(' ', EveryScope) },
                "citizen" => new()
                {
                    ["sub"] = "citizen-1",
                    ["acr"] = "urn:vn:eid:level:2",
                    ["personal_id"] = ApiServer.Person,
                    ["scope"] = string.Join(' ', EveryScope),
                },
                "official" => new()
                {
                    ["sub"] = "officer-1",
                    ["acr"] = "urn:vn:eid:level:2",
                    ["personal_id"] = ApiServer.Person,
                    ["roles"] = new[] { "one-stop-officer" },
                    ["scope"] = string.Join(' ', EveryScope),
                },
                _ => new() { ["sub"] = "staff-7", ["acr"] = "urn:vn:eid:level:2", ["roles"] = new[] { "rule-owner" }, ["scope"] = string.Join(' ', EveryScope) },
            });
            change(token);
            return TestIssuer.Sign(token);
        }

        var parts = right.Split('.');
        var other = Convert.FromBase64String(parts[2].Replace('-', '+').Replace('_', '/') + "==");
        other[10] ^= 1;
        yield return ("token.invalid", $"{parts[0]}.{parts[1]}.{Base64UrlEncoder.Encode(other)}");
        yield return ("token.invalid", $"{parts[0]}.{parts[1]}.");
        yield return ("token.invalid", $"{parts[0]}.{Change(token => token.Expires = TestIssuer.Now.AddMinutes(4)).Split('.')[1]}.{parts[2]}");
        yield return ("token.expired", Change(token => (token.NotBefore, token.IssuedAt, token.Expires) =
            (TestIssuer.Now.AddMinutes(-10), TestIssuer.Now.AddMinutes(-10), TestIssuer.Now.AddMinutes(-1))));
        yield return ("token.invalid", Change(token => token.NotBefore = TestIssuer.Now.AddMinutes(2)));
        yield return ("token.invalid", Change(token => token.Expires = null));
        yield return ("token.issuer-untrusted", Change(token => token.Issuer = "https://elsewhere.test/"));
        yield return ("token.invalid", Change(token => token.Issuer = null));
        yield return ("token.audience-wrong", Change(token => token.Audience = "urn:platform:portal"));
        yield return ("token.audience-wrong", Change(token => token.Audience = null));
        yield return ("token.invalid", Change(token => token.TokenType = "JWT"));
        yield return ("token.invalid", Change(token => token.SigningCredentials = null));
        yield return ("token.invalid", Change(token => token.SigningCredentials = new(
            new SymmetricSecurityKey(new byte[32]) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256)));
        yield return ("token.invalid", Change(token => token.SigningCredentials = new(
            new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "k1" }, SecurityAlgorithms.EcdsaSha256)));
        yield return ("token.invalid", Change(token => token.SigningCredentials = new(
            new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP384)) { KeyId = "k1" }, SecurityAlgorithms.EcdsaSha384)));
    }

    public static TheoryData<string> Routes => Route.Names;
}
