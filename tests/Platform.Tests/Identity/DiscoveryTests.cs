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
            "token_endpoint":"https://identity.example.vn/connect/token",
            "jwks_uri":"https://identity.example.vn/.well-known/jwks",
            "grant_types_supported":["client_credentials"],
            "scopes_supported":["disclosures.request","disclosures.read","documents.push","catalogue.read"],
            "token_endpoint_auth_methods_supported":["private_key_jwt"],
            "require_pushed_authorization_requests":false,
            "tls_client_certificate_bound_access_tokens":false,
            "token_endpoint_auth_signing_alg_values_supported":["ES256","PS256","RS256"]}
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
    [InlineData("connect/authorize")]
    [InlineData("connect/introspect")]
    [InlineData("connect/revoke")]
    [InlineData("connect/userinfo")]
    public async Task Nothing_else_answers(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Client.GetAsync(new Uri(path, UriKind.Relative), Ct)).StatusCode);

    [Fact]
    public async Task No_answer_names_the_server_software() =>
        Assert.False((await _server.Client.GetAsync(new Uri("health/live", UriKind.Relative), Ct)).Headers.Contains("Server"));
}
