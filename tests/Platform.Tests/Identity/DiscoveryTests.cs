using System.Net;
using Xunit;

namespace Platform.Tests.Identity;

public sealed class DiscoveryTests : IAsyncLifetime
{
    readonly IdentityPlace _place = new();
    IdentityServer _server = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await IdentityServer.Start(_place);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _place.Dispose();
    }

    [Theory]
    [InlineData(".well-known/openid-configuration")]
    [InlineData(".well-known/oauth-authorization-server")]
    public async Task Exactly_what_is_offered_is_advertised_under_the_public_address(string path)
    {
        var document = await _server.GetJson(path);

        Assert.Equal(
            """
            {"issuer":"https://identity.example.vn/",
            "authorization_endpoint":"https://identity.example.vn/connect/authorize",
            "token_endpoint":"https://identity.example.vn/connect/token",
            "introspection_endpoint":"https://identity.example.vn/connect/introspect",
            "end_session_endpoint":"https://identity.example.vn/connect/endsession",
            "revocation_endpoint":"https://identity.example.vn/connect/revoke",
            "userinfo_endpoint":"https://identity.example.vn/connect/userinfo",
            "pushed_authorization_request_endpoint":"https://identity.example.vn/connect/par",
            "jwks_uri":"https://identity.example.vn/.well-known/jwks",
            "grant_types_supported":["client_credentials","authorization_code","refresh_token","urn:ietf:params:oauth:grant-type:token-exchange"],
            "response_types_supported":["code"],
            "response_modes_supported":["query"],
            "scopes_supported":["disclosures.request","disclosures.read","documents.push","catalogue.read","consents.request","openid","offline_access","profile",
            "personal_id","me.read","me.consents","me.write","me.account","rules.draft","rules.review","rules.publish","systems.manage","reports.answer","accounts.manage","clients.manage"],
            "claims_supported":["sub","sid","acr","amr","auth_time","name","birthdate","gender","personal_id"],
            "id_token_signing_alg_values_supported":["ES256"],
            "code_challenge_methods_supported":["S256"],
            "subject_types_supported":["pairwise"],
            "prompt_values_supported":["consent","login","none","select_account"],
            "token_endpoint_auth_methods_supported":["private_key_jwt","none"],
            "introspection_endpoint_auth_methods_supported":["private_key_jwt"],
            "revocation_endpoint_auth_methods_supported":["private_key_jwt"],
            "pushed_authorization_request_endpoint_auth_methods_supported":["private_key_jwt"],
            "require_pushed_authorization_requests":false,
            "tls_client_certificate_bound_access_tokens":false,
            "claims_parameter_supported":false,
            "request_parameter_supported":false,
            "request_uri_parameter_supported":false,
            "authorization_response_iss_parameter_supported":true,
            "token_endpoint_auth_signing_alg_values_supported":["ES256","PS256","RS256"],
            "dpop_signing_alg_values_supported":["ES256","PS256"],
            "acr_values_supported":["urn:vn:eid:level:1","urn:vn:eid:level:2"],
            "ui_locales_supported":["vi","en"],
            "authorization_details_types_supported":["urn:vn:citizen-consent"],
            "backchannel_logout_supported":true,
            "backchannel_logout_session_supported":true}
            """.ReplaceLineEndings(""),
            System.Text.Json.JsonSerializer.Serialize(document));
    }

    [Fact]
    public async Task The_key_set_holds_public_parts_only_and_may_be_cached_for_less_than_keys_are_published_ahead()
    {
        var response = await _server.Client.GetAsync(new Uri(".well-known/jwks", UriKind.Relative), Ct);

        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.Equal(TimeSpan.FromHours(1), response.Headers.CacheControl?.MaxAge);
        Assert.DoesNotContain("\"d\"", text, StringComparison.Ordinal);
        Assert.Contains("\"alg\": \"ES256\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("connect/device")]
    [InlineData("connect/register")]
    [InlineData("connect/checksession")]
    public async Task Nothing_else_answers(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Client.GetAsync(new Uri(path, UriKind.Relative), Ct)).StatusCode);

    [Fact]
    public async Task No_answer_names_the_server_software() =>
        Assert.False((await _server.Client.GetAsync(new Uri("health/live", UriKind.Relative), Ct)).Headers.Contains("Server"));
}
