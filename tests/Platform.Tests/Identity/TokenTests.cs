using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Identity.Clients;
using Xunit;

namespace Platform.Tests.Identity;

public sealed class TokenTests : IAsyncLifetime
{
    const string Client = "bhxh-dak-nong";

    readonly IdentityPlace _place = new();
    readonly SectorKey _key = SectorKey.Es256();
    IdentityServer _server = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _server = await IdentityServer.Start(_place);
        await _server.Clients.Register(_key.Registration(Client), Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _place.Dispose();
    }

    [Fact]
    public async Task A_registered_system_gets_a_token_that_anybody_can_check_with_the_published_keys()
    {
        var response = await _server.AskToken(_key.Assert(Client, Now), SectorScopes.DisclosuresRequest);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal("Bearer", answer.GetProperty("token_type").GetString());
        Assert.InRange(answer.GetProperty("expires_in").GetInt32(), 290, 300);
        var token = await Validate(answer.GetProperty("access_token").GetString()!);
        Assert.Equal("at+jwt", token.Typ);
        Assert.Equal("ES256", token.Alg);
        Assert.Equal(Client, token.Subject);
        Assert.Equal(["aud", "client_id", "exp", "iat", "iss", "jti", "scope", "sub"], token.Claims.Select(claim => claim.Type).Order());
        Assert.Equal(Client, token.GetClaim("client_id").Value);
        Assert.Equal("disclosures.request", token.GetClaim("scope").Value);
        Assert.Equal(TimeSpan.FromMinutes(5), token.ValidTo - token.IssuedAt);
    }

    [Fact]
    public async Task Asking_for_no_scope_grants_all_registered_ones()
    {
        var answer = await (await _server.AskToken(_key.Assert(Client, Now))).Content.ReadFromJsonAsync<JsonElement>(Ct);

        var token = await Validate(answer.GetProperty("access_token").GetString()!);
        Assert.Equal("catalogue.read disclosures.request", token.GetClaim("scope").Value);
    }

    async Task<JsonWebToken> Validate(string token)
    {
        var keys = new JsonWebKeySet((await _server.GetJson(".well-known/jwks")).GetRawText());
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidIssuer = IdentityServer.Issuer,
            ValidAudience = "urn:platform:api",
            ValidTypes = ["at+jwt"],
            ValidAlgorithms = ["ES256"],
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        return (JsonWebToken)result.SecurityToken;
    }
}
