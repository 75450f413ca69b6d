namespace Platform.Identity.Keys;

/// <summary>
/// Says which key signs and which are published at an instant. Pure: every instance that sees the same rows and clock says the same.
/// A key's life is: created and published → signs from → its successor signs → published until its last token has run out.
/// </summary>
static class SigningKeyTimeline
{
    // Covers clocks that differ between instances and relying parties, and an instance that still signs until its next refresh.
    static readonly TimeSpan Margin = TimeSpan.FromMinutes(15);

    public static KeyLife? Active(IReadOnlyList<KeyLife> keys, DateTimeOffset now) =>
        keys.Where(key => key.SignsFrom <= now && !IsWithdrawn(key, now)).MaxBy(key => key.Generation);

    /// <summary>The active key first, then those that will sign or have signed.</summary>
    public static IEnumerable<KeyLife> Published(IReadOnlyList<KeyLife> keys, TimeSpan tokenLifetime, DateTimeOffset now)
    {
        var active = Active(keys, now);
        return keys
            .Where(key => !IsWithdrawn(key, now) && PublishedUntil(key, keys, tokenLifetime) > now)
            .OrderByDescending(key => key == active)
            .ThenByDescending(key => key.Generation);
    }

    public static DateTimeOffset PublishedUntil(KeyLife key, IReadOnlyList<KeyLife> keys, TimeSpan tokenLifetime)
    {
        var successor = keys.Where(other => other.Generation > key.Generation && other.WithdrawnAt is null).MinBy(other => other.Generation);
        return successor is null ? DateTimeOffset.MaxValue : successor.SignsFrom + tokenLifetime + Margin;
    }

    /// <summary>When the next key must begin to sign if it has to be made now; null while there is nothing to do.</summary>
    public static DateTimeOffset? NextSignsFrom(IReadOnlyList<KeyLife> keys, SigningKeyOptions options, DateTimeOffset now)
    {
        var newest = keys.Where(key => !IsWithdrawn(key, now)).MaxBy(key => key.Generation);
        if (newest is null)
        {
            return now;
        }
        var due = newest.SignsFrom + options.RotateEvery;
        if (now < due - options.PublishAhead)
        {
            return null;
        }
        var earliest = now + options.PublishAhead;
        return due > earliest ? due : earliest;
    }

    static bool IsWithdrawn(KeyLife key, DateTimeOffset now) => key.WithdrawnAt <= now;
}

/// <summary>The dates of one key.</summary>
sealed record KeyLife(long Generation, string KeyId, DateTimeOffset CreatedAt, DateTimeOffset SignsFrom, DateTimeOffset? WithdrawnAt);
