using System.Text.Json;
using Platform.Contracts;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Api;

/// <summary>A system that acts for a logged-in official (RFC 8693).</summary>
public sealed class TokenExchangeTests : IAsyncLifetime
{
    const string Official = "067185000123";
    readonly FakeGrains _grains = new();
    ApiServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start(
            _grains, ("Api:TrustedIssuers:1:LiveSessions", "true"), ("Api:TrustedIssuers:1:Kinds:1", "System"));
        _grains.On<ICitizenDisclosures, DisclosureAnswer>("Disclose", call => Answers.Disclosure(call, Outcome.Permitted))
            .On<IEidAccountGrain, EidSessionView?>("CheckSession", _ => Sessions.Live(2));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("""{ "role": "officer", "unit": "Một cửa" }""")]
    [InlineData("""{ "role": "officer", "unit": "Một cửa", "personalId": "067185000123", "identityLevel": 1 }""")]
    public async Task The_official_of_the_token_is_recorded_with_the_role_and_unit_of_the_request(string official)
    {
        (await Ask(Token(), official)).AssertOk();

        var disclosed = _grains.Last.Argument<DisclosureCall>();
        Assert.Equal("insurance", disclosed.System);
        Assert.Equal(new OfficialCall { PersonalId = Official, Role = "officer", Unit = "Một cửa", IdentityLevel = 2 }, disclosed.Official);
        Assert.Equal((Official, "session-1"), (_grains.Calls.First().Key, _grains.Calls.First().Argument<string>()));
    }

    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(1, 2, 1)]
    [InlineData(2, 2, 2)]
    public async Task The_level_is_the_lower_of_token_and_session_whatever_the_request_says(int token, int session, int recorded)
    {
        _grains.On<IEidAccountGrain, EidSessionView?>("CheckSession", _ => Sessions.Live(session));

        (await Ask(Token(("acr", $"urn:vn:eid:level:{token}")), """{ "role": "officer", "identityLevel": 2 }""")).AssertOk();

        Assert.Equal(recorded, _grains.Last.Argument<DisclosureCall>().Official!.IdentityLevel);
    }

    [Theory]
    [InlineData("""{ "role": "officer", "personalId": "067185000124" }""", "official.mismatch", "/official/personalId")]
    [InlineData("""{ "role": "officer", "staffCode": "BHXH-0117" }""", "official.mismatch", "/official/staffCode")]
    [InlineData("null", "official.incomplete", "/official")]
    public async Task A_request_that_contradicts_the_token_is_refused_and_not_recorded(string official, string code, string pointer)
    {
        var answer = await Ask(Token(), official);

        answer.AssertRefused(400, code);
        Assert.Equal(pointer, answer.Json.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.DoesNotContain(Official, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(_grains.Calls, call => call.Method == "Disclose");
    }

    [Fact]
    public async Task Without_a_proven_official_the_request_must_name_one_as_ever()
    {
        var token = _server.SystemToken("disclosures.request");

        (await Ask(token, """{ "role": "officer" }""")).AssertRefused(400, "official.incomplete");
        (await Ask(token, """{ "role": "officer", "staffCode": "a", "personalId": "067185000123" }""")).AssertRefused(400, "official.incomplete");
        (await Ask(token, """{ "role": "officer", "staffCode": "067185000123" }""")).AssertRefused(400, "official.incomplete");
        Assert.Empty(_grains.Calls);
        (await Ask(token, """{ "role": "officer", "personalId": "067185000123" }""")).AssertOk();
        Assert.Null(_grains.Last.Argument<DisclosureCall>().Official!.IdentityLevel);
    }

    [Fact]
    public async Task The_system_cannot_act_on_after_the_officials_session_has_ended()
    {
        _grains.On<IEidAccountGrain, EidSessionView?>("CheckSession", _ => null);

        (await Ask(Token(), """{ "role": "officer" }""")).AssertRefused(401, "session.ended");
        (await _server.Get("/v1/catalogue", Token(("scope", "catalogue.read")))).AssertRefused(401, "session.ended");
        (await Ask(Token(("sid", null)), """{ "role": "officer" }""")).AssertRefused(401, "token.session-missing");
    }

    [Theory]
    [InlineData("act", """{"sub":"bank"}""")]
    [InlineData("act", """{"sub":"official-1"}""")]
    [InlineData("act", """{"sub":"insurance","act":{"sub":"bank"}}""")]
    [InlineData("act", """{"sub":"insurance","iss":"x"}""")]
    [InlineData("act", """{"sub":5}""")]
    [InlineData("act", """{}""")]
    [InlineData("act", "\"insurance\"")]
    [InlineData("act", """["insurance"]""")]
    [InlineData("act", "null")]
    [InlineData("sub", "\"insurance\"")]
    [InlineData("sub", null)]
    [InlineData("client_id", null)]
    [InlineData("client_id", "\"bank\"")]
    [InlineData("acr", null)]
    [InlineData("personal_id", null)]
    [InlineData("personal_id", "\"06718500012\"")]
    [InlineData("personal_id", """["067185000123","067185000124"]""")]
    [InlineData("roles", "\"rule-owner\"")]
    [InlineData("sid", "\"\"")]
    public async Task A_token_that_does_not_say_plainly_who_acts_for_whom_is_no_token(string claim, string? value) =>
        (await Ask(Token((claim, value is null ? null : JsonElement.Parse(value))), """{ "role": "officer" }""")).AssertRefused(401, "token.invalid");

    [Fact]
    public async Task Without_act_it_is_the_officials_own_token_and_no_systems()
    {
        (await Ask(Token(("act", null)), """{ "role": "officer" }""")).AssertRefused(403, "token.wrong-kind");
    }

    [Fact]
    public async Task With_act_it_opens_nothing_of_the_officials_own()
    {
        (await _server.Get("/v1/me", Token(("scope", "me.read")))).AssertRefused(403, "token.wrong-kind");
        (await _server.Get("/v1/systems", Token(("scope", "systems.manage")))).AssertRefused(403, "token.wrong-kind");
    }

    [Fact]
    public async Task An_issuer_needs_to_be_trusted_for_both()
    {
        var claims = Claims();
        (await Ask(TestIssuer.Sign(_server.Systems.Token(claims)), """{ "role": "officer" }""")).AssertRefused(401, "token.issuer-untrusted");

        await using var peopleOnly = await ApiServer.Start(_grains);
        (await peopleOnly.Get("/v1/catalogue", TestIssuer.Sign(peopleOnly.People.Token(claims)))).AssertRefused(401, "token.issuer-untrusted");
    }

    static Dictionary<string, object> Claims() => new()
    {
        ["sub"] = "official-1",
        ["client_id"] = "insurance",
        ["act"] = new Dictionary<string, object> { ["sub"] = "insurance" },
        ["acr"] = "urn:vn:eid:level:2",
        ["personal_id"] = Official,
        ["sid"] = "session-1",
        ["scope"] = "disclosures.request",
    };

    string Token(params (string Name, object? Value)[] changes)
    {
        var claims = Claims();
        foreach (var (name, value) in changes)
        {
            claims.Remove(name);
            if (value is not null)
            {
                claims[name] = value;
            }
        }

        return TestIssuer.Sign(_server.People.Token(claims));
    }

    Task<ApiAnswer> Ask(string token, string official) => _server.Send(
        HttpMethod.Post, "/v1/disclosures", token, Bodies.With(Bodies.Disclosure, "/official", System.Text.Json.Nodes.JsonNode.Parse(official)));
}
