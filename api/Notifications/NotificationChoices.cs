using System.Collections.Immutable;
using Platform.Api.Input;
using Platform.Contracts;

namespace Platform.Api.Notifications;

/// <summary>True for each kind that the citizen wants to be told of.</summary>
sealed record NotificationChoices : IChecked
{
    /// <summary>Something was released to a sector system.</summary>
    public required bool AccessPermitted { get; init; }

    /// <summary>A sector system asked in vain.</summary>
    public required bool AccessDenied { get; init; }

    /// <summary>A consent was given, refused or withdrawn.</summary>
    public required bool ConsentChanged { get; init; }

    /// <summary>A document came or changed.</summary>
    public required bool DocumentChanged { get; init; }

    /// <summary>A document expires soon.</summary>
    public required bool DocumentExpiring { get; init; }

    /// <summary>A report was answered.</summary>
    public required bool ReportAnswered { get; init; }

    /// <summary>A document that was shown was looked at.</summary>
    public required bool PresentationShown { get; init; }

    /// <summary>Identity claims went to a relying party.</summary>
    public required bool IdentityReleased { get; init; }

    public void Check(InputCheck check)
    {
    }

    public ImmutableArray<NotificationKind> Silenced()
    {
        (NotificationKind Kind, bool Told)[] choices =
        [
            (NotificationKind.AccessPermitted, AccessPermitted),
            (NotificationKind.AccessDenied, AccessDenied),
            (NotificationKind.ConsentChanged, ConsentChanged),
            (NotificationKind.DocumentChanged, DocumentChanged),
            (NotificationKind.DocumentExpiring, DocumentExpiring),
            (NotificationKind.ReportAnswered, ReportAnswered),
            (NotificationKind.PresentationShown, PresentationShown),
            (NotificationKind.IdentityReleased, IdentityReleased),
        ];
        return [.. choices.Where(choice => !choice.Told).Select(choice => choice.Kind)];
    }
}

/// <summary>How far the citizen has looked.</summary>
sealed record SeenNotifications : IChecked
{
    /// <summary>Everything up to this instant was seen.</summary>
    public required DateTimeOffset UpTo { get; init; }

    public void Check(InputCheck check)
    {
    }
}
