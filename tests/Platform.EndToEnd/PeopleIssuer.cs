using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Platform.EndToEnd;

/// <summary>An issuer of the tests' own for people and systems, as standard OIDC: metadata, keys, signed access tokens.</summary>
public sealed class PeopleIssuer : IAsyncLifetime
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private WebApplication? _app;

    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Address,
            ["jwks_uri"] = Address + "jwks",
        }));
        _app.MapGet("/jwks", () =>
        {
            var point = _key.ExportParameters(false).Q;
            return Results.Json(new
            {
                keys = new[] { new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = "people", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) } },
            });
        });
        await _app.StartAsync();
        Address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/";
    }

    public string Citizen(string personalId, int level = 2) => Token(new()
    {
        ["sub"] = "citizen",
        ["personal_id"] = personalId,
        ["acr"] = $"urn:vn:eid:level:{level}",
        ["scope"] = "me.read me.consents",
    });

    public string RuleOwner(string person) => Token(new()
    {
        ["sub"] = person,
        ["acr"] = "urn:vn:eid:level:2",
        ["roles"] = new[] { "rule-owner" },
        ["scope"] = "rules.draft rules.review rules.publish systems.manage",
    });

    public string System(string system) => Token(new()
    {
        ["sub"] = system,
        ["client_id"] = system,
        ["scope"] = "disclosures.request disclosures.read",
    });

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _key.Dispose();
    }

    private string Token(Dictionary<string, object> claims)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = "urn:platform:api",
            TokenType = "at+jwt",
            Claims = claims,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_key) { KeyId = "people" }, SecurityAlgorithms.EcdsaSha256),
        });
    }
}
