using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Load.Stack;

/// <summary>
/// An issuer of the load program's own for people and systems, as standard OIDC: metadata, keys, signed access tokens. The APIs trust it beside the real
/// identity server, so that load on the record does not wait for logins.
/// </summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Renewed = TimeSpan.FromMinutes(4);
    private readonly ECDsa _key;
    private readonly SigningCredentials _credentials;
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Made)> _tokens = new();
    private readonly WebApplication _app;

    /// <param name="port">The port at which it stands; one of its own choice if there is none.</param>
    /// <param name="key">The key that those who trust it may know already; a new one if there is none.</param>
    public TestIssuer(int? port = null, ECDsa? key = null)
    {
        _key = key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _credentials = new SigningCredentials(new ECDsaSecurityKey(_key) { KeyId = "load" }, SecurityAlgorithms.EcdsaSha256);
        Address = $"http://127.0.0.1:{port ?? Ports.Block(1)}/";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address);
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = Address, jwks_uri = Address + "jwks" }));
        _app.MapGet("/jwks", () =>
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return Results.Json(new
            {
                keys = new[] { new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = "load", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) } },
            });
        });
    }

    public string Address { get; }

    public Task Start(CancellationToken cancellation) => _app.StartAsync(cancellation);

    /// <summary>A token of a citizen of level 2 that is good for at least a minute.</summary>
    public string Citizen(string personalId) => Kept("c" + personalId, () => new()
    {
        ["sub"] = "citizen",
        ["personal_id"] = personalId,
        ["acr"] = "urn:vn:eid:level:2",
        ["scope"] = "me.read me.consents",
    });

    /// <summary>A token of a sector system that is good for at least a minute.</summary>
    public string System(string system) => Kept("s" + system, () => new()
    {
        ["sub"] = system,
        ["client_id"] = system,
        ["scope"] = "disclosures.request disclosures.read documents.push catalogue.read",
    });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private string Kept(string holder, Func<Dictionary<string, object>> claims)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (!_tokens.TryGetValue(holder, out var kept) || now - kept.Made > Renewed)
        {
            _tokens[holder] = kept = (Token(claims(), now.UtcDateTime), now);
        }

        return kept.Token;
    }

    private string Token(Dictionary<string, object> claims, DateTime now) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Address,
        Audience = "urn:platform:api",
        TokenType = "at+jwt",
        Claims = claims,
        IssuedAt = now,
        NotBefore = now,
        Expires = now + Life,
        SigningCredentials = _credentials,
    });
}
