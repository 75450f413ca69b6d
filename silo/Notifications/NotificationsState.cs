using System.Collections.Immutable;
using Platform.Contracts;

namespace Platform.Silo.Notifications;

/// <summary>What a citizen chose and saw; everything else about notifications is worked out when it is asked for.</summary>
public sealed record NotificationsState
{
    /// <summary>Kinds not to be told.</summary>
    public ImmutableArray<NotificationKind> Silenced { get; init; } = [];

    /// <summary>Seen up to here (UTC).</summary>
    public DateTimeOffset? SeenUpTo { get; init; }
}
