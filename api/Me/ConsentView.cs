using System.Collections.Immutable;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;

namespace Platform.Api.Me;

/// <summary>A consent as it now stands.</summary>
sealed record ConsentView
{
    /// <summary>Identity of the consent.</summary>
    public required Guid Id { get; init; }

    /// <summary>Organisation that may receive.</summary>
    public required Named Recipient { get; init; }

    /// <summary>The purpose.</summary>
    public required Named Purpose { get; init; }

    /// <summary>What it covers.</summary>
    public required ImmutableArray<Named> Targets { get; init; }

    /// <summary>Granted, refused or withdrawn.</summary>
    public required ConsentState State { get; init; }

    /// <summary>When the citizen decided.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>First instant at which it counts.</summary>
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>First instant at which it no longer counts.</summary>
    public required DateTimeOffset ValidTo { get; init; }

    /// <summary>How often it may be used; null for no limit.</summary>
    public required FrequencyLimit? Limit { get; init; }

    /// <summary>For how many days the recipient may keep what it received.</summary>
    public required int DataLifeDays { get; init; }

    /// <summary>How it was given.</summary>
    public required ConsentEvidence Evidence { get; init; }

    /// <summary>When it was withdrawn.</summary>
    public required DateTimeOffset? WithdrawnAt { get; init; }

    public static ConsentView From(Consent consent, RuleBook book) => new()
    {
        Id = consent.Id,
        Recipient = Named.Of(consent.Recipient, book.Organisation(consent.Recipient)?.Name),
        Purpose = Named.Of(consent.Purpose, book.Purpose(consent.Purpose)?.Name),
        Targets = [.. consent.Targets.Select(target => Named.Of(target, AttributeCatalogue.Shipped.Label(target)))],
        State = consent.State,
        DecidedAt = consent.DecidedAt,
        ValidFrom = consent.ValidFrom,
        ValidTo = consent.ValidTo,
        Limit = consent.Limit,
        DataLifeDays = consent.DataLifeDays,
        Evidence = consent.Evidence,
        WithdrawnAt = consent.WithdrawnAt,
    };
}

/// <summary>A key with its name for people.</summary>
sealed record Named
{
    /// <summary>Stable key.</summary>
    public required string Key { get; init; }

    /// <summary>Name; the key itself where the book in force no longer has it.</summary>
    public required LocalText Label { get; init; }

    public static Named Of(string key, LocalText? label) => new() { Key = key, Label = label ?? new LocalText { Vi = key, En = key } };
}
