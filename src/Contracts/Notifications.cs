using System.Collections.Immutable;

namespace Platform.Contracts;

/// <summary>What a citizen is told of, and what the citizen chose to be told; the grain key is the 12-digit personal ID.</summary>
[Alias("notifications"), GrainInterfaceType("notifications")]
public interface INotifications : IGrainWithStringKey
{
    /// <summary>The newest 100 of the chosen kinds, newest first, put together from the ledger, the record and the account.</summary>
    [Alias("get-notifications")]
    Task<NotificationsView> GetNotifications();

    /// <summary>Sets which kinds the citizen does not want to be told of; what is mandatory is told all the same.</summary>
    [Alias("set-silenced")]
    Task SetSilenced(ImmutableArray<NotificationKind> kinds);

    /// <summary>Everything up to an instant counts as seen, at most up to now; an earlier instant than before changes nothing.</summary>
    [Alias("mark-seen")]
    Task<DateTimeOffset> MarkSeen(DateTimeOffset upTo);
}

/// <summary>What a notification is about.</summary>
public enum NotificationKind
{
    /// <summary>A sector system received something.</summary>
    AccessPermitted = 1,

    /// <summary>A sector system asked in vain.</summary>
    AccessDenied = 2,

    /// <summary>A consent was given, refused or withdrawn.</summary>
    ConsentChanged = 3,

    /// <summary>A sector system asks for consent; always told.</summary>
    ConsentRequested = 4,

    /// <summary>A source brought a document or a new version of one.</summary>
    DocumentChanged = 5,

    /// <summary>A document expires within 30 days, or did within the last 30.</summary>
    DocumentExpiring = 6,

    /// <summary>An official answered a report.</summary>
    ReportAnswered = 7,

    /// <summary>Somebody looked at a document that the citizen showed.</summary>
    PresentationShown = 8,

    /// <summary>A relying party received identity claims at a login.</summary>
    IdentityReleased = 9,

    /// <summary>Something happened to the account that the holder should know; always told.</summary>
    AccountSecurity = 10,
}

/// <summary>Which kinds are told whatever the citizen chose.</summary>
public static class NotificationKinds
{
    /// <summary>Those that protect the citizen or wait for an answer.</summary>
    public static bool IsMandatory(NotificationKind kind) => kind is NotificationKind.ConsentRequested or NotificationKind.AccountSecurity;
}

/// <summary>Notifications, and how they are to be told.</summary>
[GenerateSerializer, Immutable, Alias("notifications-view")]
public sealed record NotificationsView
{
    /// <summary>Newest first.</summary>
    [Id(0)]
    public required ImmutableArray<NotificationView> Items { get; init; }

    /// <summary>Kinds that the citizen does not want to be told of.</summary>
    [Id(1)]
    public required ImmutableArray<NotificationKind> Silenced { get; init; }

    /// <summary>Everything up to here was seen (UTC); null if nothing was yet.</summary>
    [Id(2)]
    public DateTimeOffset? SeenUpTo { get; init; }
}

/// <summary>One notification: the facts out of which its words are made.</summary>
[GenerateSerializer, Immutable, Alias("notification")]
public sealed record NotificationView
{
    /// <summary>Identity: the ledger entry, or made from what it is about.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>When it happened or, for a document, from when it is told (UTC).</summary>
    [Id(1)]
    public required DateTimeOffset At { get; init; }

    /// <summary>What it is about.</summary>
    [Id(2)]
    public required NotificationKind Kind { get; init; }

    /// <summary>The access, consent, request or report to look at.</summary>
    [Id(3)]
    public Guid? Subject { get; init; }

    /// <summary>Sector system, if one is involved.</summary>
    [Id(4)]
    public string? System { get; init; }

    /// <summary>Organisation that a consent is for, if it is about one.</summary>
    [Id(5)]
    public string? Organisation { get; init; }

    /// <summary>Purpose code, if there is one.</summary>
    [Id(6)]
    public string? Purpose { get; init; }

    /// <summary>Name of the relying party, if one is involved.</summary>
    [Id(7)]
    public string? Party { get; init; }

    /// <summary>Document kind, if it is about a document.</summary>
    [Id(8)]
    public string? Document { get; init; }

    /// <summary>For a document that expires: the first instant (UTC) after its last day.</summary>
    [Id(9)]
    public DateTimeOffset? Until { get; init; }

    /// <summary>What happened more exactly: the ledger kind, or the code of the account's history.</summary>
    [Id(10)]
    public required string Event { get; init; }
}
