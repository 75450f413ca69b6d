using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Identity.Clients;

/// <summary>Which public keys a sector system may register and which algorithms they may sign with.</summary>
static class ClientKeys
{
    public static readonly string[] Algorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSha256];

    const int MaxKeys = 10;
    const int MinRsaBits = 2048;
    const int MaxRsaBits = 8192;

    public static JsonWebKeySet Parse(string json)
    {
        var keys = Read(json);
        if (keys.Keys.Count is 0 or > MaxKeys)
        {
            throw new RegistrationRefusedException($"The key set must hold one to {MaxKeys} keys.");
        }
        foreach (var key in keys.Keys)
        {
            CheckKind(key);
        }
        if (!CanBeUsed(keys))
        {
            throw new RegistrationRefusedException("A key of the set is damaged: export it again.");
        }
        if (keys.Keys.Any(key => key.Kty == JsonWebAlgorithmsKeyTypes.RSA && key.KeySize is < MinRsaBits or > MaxRsaBits))
        {
            throw new RegistrationRefusedException($"An RSA key must have {MinRsaBits} to {MaxRsaBits} bits.");
        }
        if (keys.Keys.GroupBy(key => key.Kid).Any(group => group.Count() > 1))
        {
            throw new RegistrationRefusedException("Keys of one set must differ in their 'kid': give each key its own.");
        }
        return keys;
    }

    static JsonWebKeySet Read(string json)
    {
        try
        {
            return new JsonWebKeySet(json);
        }
        catch (Exception fault) when (fault is ArgumentException or JsonException)
        {
            throw new RegistrationRefusedException("The key file is not a JSON web key set ({\"keys\": [...]}).");
        }
    }

    static void CheckKind(JsonWebKey key)
    {
        if (key.HasPrivateKey || !string.IsNullOrEmpty(key.K))
        {
            throw new RegistrationRefusedException("The key set holds a private or secret key: register public keys only, and replace that key.");
        }
        if (!string.IsNullOrEmpty(key.Use) && key.Use != JsonWebKeyUseNames.Sig)
        {
            throw new RegistrationRefusedException("A key is not meant for signatures ('use' is not 'sig').");
        }
        if (!IsAcceptable(key))
        {
            throw new RegistrationRefusedException(
                "A key is of no accepted kind: use EC P-256 (ES256) or RSA (PS256, RS256).");
        }
    }

    static bool IsAcceptable(JsonWebKey key) => key.Kty switch
    {
        JsonWebAlgorithmsKeyTypes.EllipticCurve => key.Crv == "P-256" && key.Alg is null or "" or SecurityAlgorithms.EcdsaSha256,
        JsonWebAlgorithmsKeyTypes.RSA => key.Alg is null or "" or SecurityAlgorithms.RsaSsaPssSha256 or SecurityAlgorithms.RsaSha256,
        _ => false,
    };

    // A point that is not on the curve or a number that is no base64url shows itself only here.
    static bool CanBeUsed(JsonWebKeySet keys)
    {
        try
        {
            return keys.GetSigningKeys().Count(key => key is not JsonWebKey) == keys.Keys.Count;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidOperationException or CryptographicException)
        {
            return false;
        }
    }
}
