using Microsoft.Extensions.Options;

namespace Platform.Identity.Keys;

/// <summary>What an operator may see and do about signing keys.</summary>
sealed class SigningKeys(SigningKeyStore store, IOptions<SigningKeyOptions> options, TimeProvider clock)
{
    public async Task<IReadOnlyList<SigningKeyStatus>> List(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var keys = (await store.Load(ct)).Select(SigningKeyRing.Life).ToList();
        var active = SigningKeyTimeline.Active(keys, now);
        var published = SigningKeyTimeline.Published(keys, TokenLifetime.Access, now).ToHashSet();
        return [.. keys.Select(key => new SigningKeyStatus(key, State(key)))];

        string State(KeyLife key) =>
            key.WithdrawnAt <= now ? "withdrawn"
            : key == active ? "signing"
            : key.SignsFrom > now ? "published ahead"
            : published.Contains(key) ? "still published"
            : "retired";
    }

    /// <summary>Makes the next key now; it signs after the time for which keys are published ahead. Null when one is waiting already.</summary>
    public async Task<DateTimeOffset?> Rotate(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var keys = (await store.Load(ct)).Select(SigningKeyRing.Life).ToList();
        if (keys.Any(key => key.SignsFrom > now && key.WithdrawnAt is null))
        {
            return null;
        }
        var signsFrom = SigningKeyTimeline.Active(keys, now) is null ? now : now + options.Value.PublishAhead;
        return await store.TryAdd(keys.Count == 0 ? 0 : keys[^1].Generation, signsFrom, ct) ? signsFrom : null;
    }

    /// <summary>Gives up every key at once: tokens that are under way become invalid wherever the key set is read again.</summary>
    public Task ReplaceAll(CancellationToken ct) => store.ReplaceAll(ct);
}

sealed record SigningKeyStatus(KeyLife Key, string State);
