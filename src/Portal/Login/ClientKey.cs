using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Hosting;

namespace Platform.Portal.Login;

/// <summary>The private key of a registration: it signs assertions by which the identity server knows its client (RFC 7523).</summary>
sealed class ClientKey
{
    public const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    readonly SigningCredentials _credentials;

    public ClientKey(string file)
    {
        var key = Read(file) ?? throw new CannotStartException($"The key file {Path.GetFileName(file)} is no private JWK: make one, or correct the path.");
        _credentials = new SigningCredentials(key, key.Alg ?? SecurityAlgorithms.EcdsaSha256);
    }

    public static bool IsReadable(string? file) => file is not null && Read(file) is not null;

    public string Assert(string clientId, string audience, DateTimeOffset now) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = clientId,
            Audience = audience,
            Claims = new Dictionary<string, object> { ["sub"] = clientId, ["jti"] = Guid.NewGuid().ToString("N") },
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            SigningCredentials = _credentials,
        });

    static JsonWebKey? Read(string file)
    {
        try
        {
            var key = new JsonWebKey(File.ReadAllText(file));
            return key.HasPrivateKey ? key : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            return null;
        }
    }
}
