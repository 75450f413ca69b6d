using Microsoft.Extensions.Caching.Memory;

namespace Platform.Portal.Login;

/// <summary>The newest nonce that a server gave for a key. Losing one costs a second try, so few minutes in memory are enough.</summary>
sealed class Nonces : IDisposable
{
    const int Most = 50_000;
    static readonly TimeSpan Life = TimeSpan.FromMinutes(4);
    readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>The key's own nonce, else the server's newest: some servers have one for all keys.</summary>
    public string? For(Uri server, ProofKey key) => _known.Get<string>((server.Authority, key.Thumbprint)) ?? _known.Get<string>((server.Authority, ""));

    /// <summary>Remembers what an answer says; true if it gave a nonce.</summary>
    public bool Learn(HttpResponseMessage answer, Uri server, ProofKey key)
    {
        if (!answer.Headers.TryGetValues("DPoP-Nonce", out var values) || values.FirstOrDefault() is not { Length: > 0 and <= 256 } nonce)
        {
            return false;
        }
        foreach (var whose in new[] { key.Thumbprint, "" })
        {
            _known.Set((server.Authority, whose), nonce, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Life });
        }
        return true;
    }

    public void Dispose() => _known.Dispose();
}
