using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Platform.Identity.Storage;

namespace Platform.Identity.Keys;

/// <summary>The keys this process publishes and signs with, refreshed from the database; rotates them when it is time.</summary>
sealed class SigningKeyRing(SigningKeyStore store, IOptions<SigningKeyOptions> options, TimeProvider clock) : IDisposable
{
    readonly SemaphoreSlim _oneAtATime = new(1, 1);
    readonly Dictionary<(string KeyId, bool Private), ECDsaSecurityKey> _opened = [];

    /// <summary>The active key first; empty until the first refresh.</summary>
    public IReadOnlyList<ECDsaSecurityKey> Published { get; private set; } = [];

    /// <summary>When the newest key has signed for as long as one may; a successor is made well before, so that nobody sees this instant. Null until the first refresh.</summary>
    public DateTimeOffset? Until { get; private set; }

    /// <summary>Raised after a refresh that changed <see cref="Published"/>.</summary>
    public event Action? Changed;

    public async Task Refresh(CancellationToken ct)
    {
        await _oneAtATime.WaitAsync(ct);
        try
        {
            var rows = await LoadWithSuccessor(ct);
            var now = clock.GetUtcNow();
            var lives = rows.Select(Life).ToList();
            var published = SigningKeyTimeline.Published(lives, TokenLifetime.Access, now).ToList();
            await ForgetRetired(rows, published, now, ct);
            var active = SigningKeyTimeline.Active(lives, now);
            var keys = published.Select(life => Open(rows.First(row => row.Generation == life.Generation), life == active)).ToList();
            Until = lives.MaxBy(life => life.Generation)?.SignsFrom + options.Value.RotateEvery;
            if (!keys.SequenceEqual(Published))
            {
                Published = keys;
                Changed?.Invoke();
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    public static KeyLife Life(SigningKeyRow row) => new(
        row.Generation,
        row.KeyId,
        DateTimeOffset.FromUnixTimeSeconds(row.CreatedAt),
        DateTimeOffset.FromUnixTimeSeconds(row.SignsFrom),
        row.WithdrawnAt is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null);

    async Task<IReadOnlyList<SigningKeyRow>> LoadWithSuccessor(CancellationToken ct)
    {
        var rows = await store.Load(ct);
        if (SigningKeyTimeline.NextSignsFrom([.. rows.Select(Life)], options.Value, clock.GetUtcNow()) is not { } signsFrom)
        {
            return rows;
        }
        // Losing the race is as good as winning it: there is one successor, and it is read here.
        await store.TryAdd(rows.Count == 0 ? 0 : rows[^1].Generation, signsFrom, ct);
        return await store.Load(ct);
    }

    async Task ForgetRetired(IReadOnlyList<SigningKeyRow> rows, List<KeyLife> published, DateTimeOffset now, CancellationToken ct)
    {
        var retired = rows
            .Where(row => row.ProtectedPrivateKey.Length > 0 && Life(row).SignsFrom < now && published.All(key => key.Generation != row.Generation))
            .Select(row => row.Generation)
            .ToList();
        if (retired.Count > 0)
        {
            await store.Forget(retired, ct);
        }
    }

    ECDsaSecurityKey Open(SigningKeyRow row, bool signs)
    {
        if (!_opened.TryGetValue((row.KeyId, signs), out var key))
        {
            key = signs ? store.PrivateKey(row) : SigningKeyStore.PublicKey(row);
            _opened.Add((row.KeyId, signs), key);
        }
        return key;
    }
}
