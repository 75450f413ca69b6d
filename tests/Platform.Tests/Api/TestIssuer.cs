using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Tests.Api;

/// <summary>An identity server of the tests: it publishes its keys as any other does, and signs whatever a test wants signed.</summary>
sealed class TestIssuer(string issuer) : HttpMessageHandler
{
    public const string Audience = "urn:platform:api";
    ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    int _keys = 1;

    public string Issuer => issuer;

    public bool Down { get; set; }

    public SigningCredentials Credentials => new(new ECDsaSecurityKey(_key) { KeyId = $"k{_keys}" }, SecurityAlgorithms.EcdsaSha256);

    public static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    /// <summary>Takes a new key and publishes it alone.</summary>
    public void Rotate() => (_key, _keys) = (ECDsa.Create(ECCurve.NamedCurves.nistP256), _keys + 1);

    public string System(string client, params string[] scopes) => Sign(Token(new() { ["sub"] = client, ["client_id"] = client, ["scope"] = string.Join(' ', scopes) }));

    /// <summary>A system's token that only the holder of a key can use.</summary>
    public string BoundSystem(string client, string thumbprint, string scope) => Sign(Token(new()
    {
        ["sub"] = client,
        ["client_id"] = client,
        ["scope"] = scope,
        ["cnf"] = new Dictionary<string, object> { ["jkt"] = thumbprint },
    }));

    public string Citizen(string personalId, int level, params string[] scopes) => Sign(Token(new()
    {
        ["sub"] = "citizen-1",
        ["client_id"] = "portal",
        ["acr"] = $"urn:vn:eid:level:{level}",
        ["personal_id"] = personalId,
        ["sid"] = "session-1",
        ["scope"] = string.Join(' ', scopes),
    }));

    public string Staff(string subject, int level, string[] roles, params string[] scopes) => Sign(Token(new()
    {
        ["sub"] = subject,
        ["client_id"] = "portal",
        ["acr"] = $"urn:vn:eid:level:{level}",
        ["roles"] = roles,
        ["scope"] = string.Join(' ', scopes),
    }));

    public string Official(string personalId, int level, string[] roles, params string[] scopes) => Sign(Token(new()
    {
        ["sub"] = "officer-1",
        ["client_id"] = "counter",
        ["acr"] = $"urn:vn:eid:level:{level}",
        ["personal_id"] = personalId,
        ["roles"] = roles,
        ["scope"] = string.Join(' ', scopes),
    }));

    public SecurityTokenDescriptor Token(Dictionary<string, object> claims) => new()
    {
        Issuer = Issuer,
        Audience = Audience,
        TokenType = "at+jwt",
        IssuedAt = Now,
        NotBefore = Now,
        Expires = Now.AddMinutes(5),
        Claims = claims,
        SigningCredentials = Credentials,
    };

    public static string Sign(SecurityTokenDescriptor token) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Down)
        {
            throw new HttpRequestException("The identity server does not answer.");
        }

        var key = JsonWebKeyConverter.ConvertFromECDsaSecurityKey((ECDsaSecurityKey)Credentials.Key);
        object answer = request.RequestUri!.AbsolutePath.EndsWith("/jwks", StringComparison.Ordinal)
            ? new { keys = new[] { new { kty = key.Kty, crv = key.Crv, x = key.X, y = key.Y, kid = $"k{_keys}", use = "sig", alg = "ES256" } } }
            : new { issuer, jwks_uri = new Uri(new Uri(issuer), "jwks").AbsoluteUri };
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(answer) });
    }
}
