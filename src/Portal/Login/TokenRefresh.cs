using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Platform.Portal.Sessions;

namespace Platform.Portal.Login;

/// <summary>
/// Trades a refresh token for new tokens, once: a second use would end everything that came from the login. Requests that come with the same token,
/// at once or within a minute, get what the first one got.
/// </summary>
sealed class TokenRefresh(IdentityClient identity, TimeProvider clock) : IDisposable
{
    const int Most = 50_000;
    static readonly TimeSpan Remembered = TimeSpan.FromSeconds(60);
    readonly MemoryCache _running = new(new MemoryCacheOptions { SizeLimit = Most });
    readonly Lock _one = new();

    /// <summary>The session with new tokens; null if the identity server gives none any more.</summary>
    public async Task<PortalSession?> Renew(Party party, PortalSession session, CancellationToken ct)
    {
        var tokens = await Once(party, session).WaitAsync(ct);
        return tokens is null ? null : session with
        {
            Access = tokens.Access,
            AccessEnds = tokens.Ends,
            Refresh = tokens.Refresh ?? session.Refresh,
            Identity = tokens.Identity ?? session.Identity,
        };
    }

    public void Dispose() => _running.Dispose();

    Task<Renewed?> Once(Party party, PortalSession session)
    {
        var name = Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(session.Refresh)));
        lock (_one)
        {
            if (_running.TryGetValue(name, out Entry? known) && known!.Counts(clock.GetUtcNow()))
            {
                return known.Work;
            }
            // Not tied to the request that came first: others wait for it too.
            var work = Ask(party, session);
            _running.Set(name, new Entry(work, clock.GetUtcNow() + Remembered), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = 2 * Remembered });
            return work;
        }
    }

    async Task<Renewed?> Ask(Party party, PortalSession session)
    {
        using var key = ProofKey.Of(session.Key);
        var request = new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = session.Refresh };
        var (tokens, _) = await identity.Token(party, request, key, CancellationToken.None);
        return tokens is null ? null : new Renewed(tokens.Access, clock.GetUtcNow().AddSeconds(tokens.Seconds), tokens.Refresh, tokens.Identity);
    }

    sealed record Renewed(string Access, DateTimeOffset Ends, string? Refresh, string? Identity);

    sealed record Entry(Task<Renewed?> Work, DateTimeOffset Until)
    {
        // An outage is no answer: the next one may ask again.
        public bool Counts(DateTimeOffset now) => !Work.IsFaulted && (now < Until || !Work.IsCompleted);
    }
}
