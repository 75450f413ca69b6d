using System.Collections.Immutable;

namespace Platform.Domain.Consents;

/// <summary>The requests that one citizen's record holds: how many may wait, and how long what has ended stays to be seen.</summary>
public static class ConsentRequests
{
    /// <summary>Requests that may wait for one citizen.</summary>
    public const int MostWaiting = 20;

    /// <summary>Of these, as many may be one system's.</summary>
    public const int MostOfSystem = 3;

    /// <summary>Ended requests kept; of one system, so that none pushes out what others asked, at most <see cref="EndedKeptOfSystem"/>.</summary>
    public const int EndedKept = 30;

    /// <summary>Ended requests of one system kept.</summary>
    public const int EndedKeptOfSystem = 10;

    /// <summary>How long a request waits.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(14);

    /// <summary>How long an ended request is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>The requests as they stand at an instant, without those that have ended too long ago or are too many, oldest first.</summary>
    public static ImmutableArray<ConsentRequest> Settle(ImmutableArray<ConsentRequest> requests, DateTimeOffset now)
    {
        var standing = requests.Select(request => request.At(now)).ToArray();
        var kept = standing
            .Where(request => request.EndedAt is { } ended && ended + Kept > now)
            .OrderByDescending(request => request.EndedAt)
            .GroupBy(request => request.System)
            .SelectMany(ofSystem => ofSystem.Take(EndedKeptOfSystem))
            .OrderByDescending(request => request.EndedAt)
            .Take(EndedKept)
            .Select(request => request.Id)
            .ToHashSet();
        return [.. standing.Where(request => request.State == ConsentRequestState.Waiting || kept.Contains(request.Id))];
    }

    /// <summary>Whether one more request of the system may wait.</summary>
    public static bool HaveRoom(ImmutableArray<ConsentRequest> requests, string system, DateTimeOffset now)
    {
        var waiting = requests.Where(request => request.At(now).State == ConsentRequestState.Waiting).ToArray();
        return waiting.Length < MostWaiting && waiting.Count(request => request.System == system) < MostOfSystem;
    }

    /// <summary>The requests with one of them in its new form.</summary>
    public static ImmutableArray<ConsentRequest> With(ImmutableArray<ConsentRequest> requests, ConsentRequest changed) =>
        [.. requests.Select(request => request.Id == changed.Id ? changed : request)];
}
