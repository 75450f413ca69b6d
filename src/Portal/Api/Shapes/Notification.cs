using System.Collections.Immutable;

namespace Platform.Portal.Api.Shapes;

/// <summary>What the person was told, newest first, and what they want to be told.</summary>
public sealed record NotificationList
{
    public required int Unseen { get; init; }

    public required ImmutableArray<Notification> Items { get; init; }

    public required ImmutableArray<NotificationChoice> Choices { get; init; }
}

/// <summary>One thing that the person was told.</summary>
public sealed record Notification
{
    public required DateTimeOffset At { get; init; }

    public required string Kind { get; init; }

    public required bool Seen { get; init; }

    public required LocalText Title { get; init; }

    public required LocalText Text { get; init; }

    public NotificationLink? Link { get; init; }
}

/// <summary>The thing that a notification is about.</summary>
public sealed record NotificationLink
{
    /// <summary><c>access</c>, <c>consent</c>, <c>request</c>, <c>document</c>, <c>report</c> or <c>security</c>.</summary>
    public required string Type { get; init; }

    public string? Id { get; init; }
}

/// <summary>Whether the person wants to be told of something.</summary>
public sealed record NotificationChoice
{
    public required string Kind { get; init; }

    public required LocalText Label { get; init; }

    public required bool Told { get; init; }

    /// <summary>Told whether it is wanted or not.</summary>
    public required bool Mandatory { get; init; }
}
