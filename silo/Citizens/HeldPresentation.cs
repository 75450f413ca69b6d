using System.Collections.Immutable;
using Platform.Domain.Presentations;

namespace Platform.Silo.Citizens;

/// <summary>A presentation with what it takes to know its code and its operation again; neither the code nor the operation's key is kept.</summary>
public sealed record HeldPresentation
{
    /// <summary>Presentations that may wait at once.</summary>
    public const int MostWaiting = 5;

    /// <summary>Ended presentations kept.</summary>
    public const int EndedKept = 20;

    /// <summary>How long an ended presentation is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>The presentation.</summary>
    public required DocumentPresentation Presentation { get; init; }

    /// <summary>SHA-256 of the code, lower-case hexadecimal.</summary>
    public required string CodeHash { get; init; }

    /// <summary>What made the code out of the operation's key.</summary>
    public required byte[] Secret { get; init; }

    /// <summary>SHA-256 of the operation's key with that secret, lower-case hexadecimal.</summary>
    public required string KeyHash { get; init; }

    /// <summary>Digest of the operation's content.</summary>
    public required string Content { get; init; }

    /// <summary>The attempt that it was shown to: the one that may be answered again.</summary>
    public Guid? ShownTo { get; init; }

    /// <summary>Digest of what was shown.</summary>
    public string? AnswerDigest { get; init; }

    /// <summary>The presentations as they stand at an instant, without those that have ended too long ago or are too many.</summary>
    public static ImmutableArray<HeldPresentation> Settle(ImmutableArray<HeldPresentation> all, DateTimeOffset now)
    {
        var standing = all.Select(held => held with { Presentation = held.Presentation.At(now) }).ToArray();
        var kept = standing
            .Where(held => held.Presentation.EndedAt is { } ended && ended + Kept > now)
            .OrderByDescending(held => held.Presentation.EndedAt)
            .Take(EndedKept)
            .Select(held => held.Presentation.Id)
            .ToHashSet();
        return [.. standing.Where(held => held.Presentation.State == PresentationState.Waiting || kept.Contains(held.Presentation.Id))];
    }
}
