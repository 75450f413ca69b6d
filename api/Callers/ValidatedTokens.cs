using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Platform.Api.Callers;

/// <summary>
/// Tokens whose signature and claims were found right, by their SHA-256, so that the same token costs one verification. Nothing about a
/// session, a proof or a certificate is kept: those are asked at each call. What is kept ends with the token, and at once when the issuer's
/// configuration is another than the one that the signature was checked with, so a withdrawn key is withdrawn here too.
/// </summary>
sealed class ValidatedTokens(TimeProvider clock) : IDisposable
{
    const int MostTokens = 20_000;

    readonly MemoryCache _tokens = new(Options.Create(new MemoryCacheOptions { SizeLimit = MostTokens }));

    /// <summary>The issuer's scheme of a token that was found right before; whether it still is, is the scheme's to say.</summary>
    public string? SchemeOf(string token) => _tokens.TryGetValue<ValidatedToken>(KeyOf(token), out var found) ? found!.Scheme : null;

    public ValidatedToken? Find(string token, object keys) =>
        _tokens.TryGetValue<ValidatedToken>(KeyOf(token), out var found) && ReferenceEquals(found!.Keys, keys) && clock.GetUtcNow() < found.Until ? found : null;

    public void Keep(string token, ValidatedToken validated)
    {
        // The cache's own clock only makes room; the answer above goes by ours.
        if (validated.Until - clock.GetUtcNow() is { Ticks: > 0 } life)
        {
            _tokens.Set(KeyOf(token), validated, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = life });
        }
    }

    public void Dispose() => _tokens.Dispose();

    static string KeyOf(string token) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

/// <summary>A token that was found right with these keys, and when that ends.</summary>
sealed record ValidatedToken(string Scheme, ClaimsPrincipal Principal, TokenClaims Claims, object Keys, DateTimeOffset Until);
