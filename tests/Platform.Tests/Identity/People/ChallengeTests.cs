using System.Net;
using Xunit;

namespace Platform.Tests.Identity.People;

/// <summary>Whoever shows a token that does not count is told why, in the scheme in which it came.</summary>
public sealed class ChallengeTests : IAsyncLifetime
{
    const string Algorithms = "algs=\"ES256 PS256\"";
    PeopleServer _people = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _people = await PeopleServer.Start();

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Theory]
    [InlineData("connect/userinfo")]
    [InlineData("admin/systems")]
    public async Task A_proof_without_a_current_nonce_is_answered_with_the_nonce(string path)
    {
        var (portal, token) = await LogIn();
        foreach (var stale in new[] { null, "stale" })
        {
            var answer = await Send(path, "DPoP", token, portal.Dpop.Proof("GET", IdentityServer.Issuer + path, stale, token));

            Is(answer, HttpStatusCode.Unauthorized, $"DPoP error=\"use_dpop_nonce\", error_description=\"Make the proof with the nonce in the DPoP-Nonce header.\", {Algorithms}");
            var proof = portal.Dpop.Proof("GET", IdentityServer.Issuer + path, answer.Headers.GetValues("DPoP-Nonce").Single(), token);
            Assert.NotEqual(HttpStatusCode.Unauthorized, (await Send(path, "DPoP", token, proof)).StatusCode);
        }
    }

    [Theory]
    [InlineData("connect/userinfo")]
    [InlineData("admin/systems")]
    public async Task A_wrong_or_missing_proof_is_named(string path)
    {
        var (portal, token) = await LogIn();
        foreach (var proof in new[] { null, portal.Dpop.Proof("POST", IdentityServer.Issuer + path, portal.Dpop.Nonce, token) })
        {
            var answer = await Send(path, "DPoP", token, proof);

            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.StartsWith("DPoP error=\"invalid_dpop_proof\", error_description=\"", Assert.Single(Shown(answer)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("connect/userinfo")]
    [InlineData("admin/systems")]
    public async Task A_token_that_counts_no_more_or_comes_in_the_wrong_scheme_is_invalid(string path)
    {
        var (portal, token) = await LogIn();
        var asBearer = Shown(await Send(path, "Bearer", token, null));
        Assert.StartsWith("Bearer error=\"invalid_token\", error_description=\"", asBearer[0], StringComparison.Ordinal);
        Assert.Equal($"DPoP {Algorithms}", asBearer[1]);

        await _people.Account.EndSessions("test", null);
        var ended = await Send(path, "DPoP", token, portal.Dpop.Proof("GET", IdentityServer.Issuer + path, portal.Dpop.Nonce, token));

        Is(ended, HttpStatusCode.Unauthorized, $"DPoP error=\"invalid_token\", error_description=\"The session has ended.\", {Algorithms}");
    }

    [Theory]
    [InlineData("connect/userinfo")]
    [InlineData("admin/systems")]
    public async Task Without_a_token_both_schemes_are_offered_and_nothing_is_said_of_errors(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);

        Is(await _people.Server.Client.SendAsync(request, Ct), HttpStatusCode.Unauthorized, "Bearer", $"DPoP {Algorithms}");
    }

    [Fact]
    public async Task An_official_without_the_role_or_the_level_is_told_so()
    {
        var (portal, token) = await LogIn();
        string Proof() => portal.Dpop.Proof("GET", IdentityServer.Issuer + "admin/systems", portal.Dpop.Nonce, token);

        Is(
            await Send("admin/systems", "DPoP", token, Proof()),
            HttpStatusCode.Forbidden,
            $"DPoP error=\"insufficient_scope\", error_description=\"The person lacks the role for this, or the token the scope.\", {Algorithms}");
        await _people.Account.LowerLevel(new Contracts.AuthorityCall { Official = "officer-1", Reason = "order 1" });
        Is(
            await Send("admin/systems", "DPoP", token, Proof()),
            HttpStatusCode.Unauthorized,
            $"DPoP error=\"insufficient_user_authentication\", error_description=\"Log in with level 2.\", {Algorithms}");
    }

    [Fact]
    public async Task A_token_that_is_sent_twice_is_a_bad_request()
    {
        var (portal, token) = await LogIn();
        using var request = new HttpRequestMessage(HttpMethod.Post, "connect/userinfo") { Content = new FormUrlEncodedContent([KeyValuePair.Create("access_token", token)]) };
        request.Headers.TryAddWithoutValidation("Authorization", $"DPoP {token}");
        request.Headers.Add("DPoP", portal.Dpop.Proof("POST", IdentityServer.Issuer + "connect/userinfo", portal.Dpop.Nonce, token));

        Is(
            await _people.Server.Client.SendAsync(request, Ct),
            HttpStatusCode.BadRequest,
            $"DPoP error=\"invalid_request\", error_description=\"Send the access token once.\", {Algorithms}");
    }

    async Task<(Relying Portal, string Token)> LogIn()
    {
        var portal = await _people.Register("desk", registration => registration with { Scopes = ["openid", "clients.manage"] });
        var code = await portal.Code(_people.Open(), ("scope", "openid clients.manage"));
        return (portal, (await Relying.Json(await portal.Redeem(code))).GetProperty("access_token").GetString()!);
    }

    async Task<HttpResponseMessage> Send(string path, string scheme, string token, string? proof)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {token}");
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        return await _people.Server.Client.SendAsync(request, Ct);
    }

    static string[] Shown(HttpResponseMessage answer) => [.. answer.Headers.NonValidated["WWW-Authenticate"]];

    static void Is(HttpResponseMessage answer, HttpStatusCode status, params string[] challenges) => Assert.Equal([$"{status}", .. challenges], [$"{answer.StatusCode}", .. Shown(answer)]);
}
