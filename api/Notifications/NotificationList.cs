using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Sharing;

namespace Platform.Api.Notifications;

/// <summary>What the citizen is told, and of what.</summary>
sealed record NotificationList
{
    /// <summary>Items of this list that were not seen.</summary>
    public required int Unseen { get; init; }

    /// <summary>The newest 100, newest first.</summary>
    public required ImmutableArray<NotificationItem> Items { get; init; }

    /// <summary>Every kind, and whether it is told.</summary>
    public required ImmutableArray<NotificationChoice> Choices { get; init; }

    public static NotificationList From(NotificationsView view, RuleBook book)
    {
        var items = view.Items.Select(item => NotificationItem.From(item, view.SeenUpTo, book)).ToImmutableArray();
        return new NotificationList { Unseen = items.Count(item => !item.Seen), Items = items, Choices = NotificationChoice.All(view.Silenced) };
    }
}

/// <summary>One notification.</summary>
sealed record NotificationItem
{
    /// <summary>Identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it happened; for a document that expires, from when it is told.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What it is about.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>Whether it was seen.</summary>
    public required bool Seen { get; init; }

    /// <summary>In one line.</summary>
    public required LocalText Title { get; init; }

    /// <summary>In a sentence or two.</summary>
    public required LocalText Text { get; init; }

    /// <summary>Where to look further.</summary>
    public required NotificationLink Link { get; init; }

    public static NotificationItem From(NotificationView item, DateTimeOffset? seenUpTo, RuleBook book)
    {
        var (title, text) = NotificationTexts.Of(item, book);
        return new NotificationItem
        {
            Id = item.Id,
            At = item.At,
            Kind = item.Kind,
            Seen = item.At <= seenUpTo,
            Title = title,
            Text = text,
            Link = NotificationLink.Of(item),
        };
    }
}

/// <summary>What kind of thing a notification leads to.</summary>
enum NotificationTarget
{
    /// <summary>An access; id is the ledger entry.</summary>
    Access = 1,

    /// <summary>A consent.</summary>
    Consent = 2,

    /// <summary>A request for consent.</summary>
    Request = 3,

    /// <summary>A document; id is its kind.</summary>
    Document = 4,

    /// <summary>A report.</summary>
    Report = 5,

    /// <summary>The account's security; no id.</summary>
    Security = 6,
}

/// <summary>Where to look further.</summary>
sealed record NotificationLink
{
    /// <summary>What it leads to.</summary>
    public required NotificationTarget Type { get; init; }

    /// <summary>Which one; never a number of a person.</summary>
    public required string? Id { get; init; }

    public static NotificationLink Of(NotificationView item) => item.Kind switch
    {
        NotificationKind.ConsentChanged => To(NotificationTarget.Consent, item.Subject?.ToString()),
        NotificationKind.ConsentRequested => To(NotificationTarget.Request, item.Subject?.ToString()),
        NotificationKind.DocumentChanged or NotificationKind.DocumentExpiring => To(NotificationTarget.Document, item.Document),
        NotificationKind.ReportAnswered => To(NotificationTarget.Report, item.Subject?.ToString()),
        NotificationKind.AccountSecurity => To(NotificationTarget.Security, null),
        _ => To(NotificationTarget.Access, item.Subject?.ToString()),
    };

    static NotificationLink To(NotificationTarget type, string? id) => new() { Type = type, Id = id };
}

/// <summary>Whether the citizen is told of one kind.</summary>
sealed record NotificationChoice
{
    /// <summary>The kind.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>Its name.</summary>
    public required LocalText Label { get; init; }

    /// <summary>Whether it is told.</summary>
    public required bool Told { get; init; }

    /// <summary>Whether it is told whatever the citizen chooses.</summary>
    public required bool Mandatory { get; init; }

    public static ImmutableArray<NotificationChoice> All(ImmutableArray<NotificationKind> silenced) =>
    [
        .. Enum.GetValues<NotificationKind>().Select(kind => new NotificationChoice
        {
            Kind = kind,
            Label = NotificationTexts.Label(kind),
            Told = NotificationKinds.IsMandatory(kind) || !silenced.Contains(kind),
            Mandatory = NotificationKinds.IsMandatory(kind),
        }),
    ];
}
