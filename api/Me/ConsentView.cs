using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;

namespace Platform.Api.Me;

/// <summary>A consent as it now stands.</summary>
record ConsentView
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

    /// <summary>How often something was released on it.</summary>
    public required ConsentUses Uses { get; init; }

    public static ConsentView From(Consent consent, ConsentUse? use, RuleBook book) => new()
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
        Uses = new ConsentUses { Count = use?.Count ?? 0, LastAt = use?.LastAt },
    };
}

/// <summary>A consent with the words on which the citizen decided.</summary>
sealed record ConsentDetail : ConsentView
{
    [SetsRequiredMembers]
    public ConsentDetail(ConsentView consent, ConsentPast? past) : base(consent) =>
        (Text, Entries) = (past?.Text, past is null ? [] : [.. past.Entries.Select(ConsentEntry.From)]);

    /// <summary>The text that was shown, as the ledger has it; null if the channel could not send one.</summary>
    public required string? Text { get; init; }

    /// <summary>Where the ledger has the decision and its withdrawal, oldest first; the same positions and hashes as in GET /v1/me/ledger.</summary>
    public required ImmutableArray<ConsentEntry> Entries { get; init; }
}

/// <summary>Where the ledger has a decision on a consent.</summary>
sealed record ConsentEntry
{
    /// <summary>Position.</summary>
    public required long Seq { get; init; }

    /// <summary>consent.granted, consent.refused or consent.withdrawn.</summary>
    public required string Kind { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Hash of the entry, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    public static ConsentEntry From(ConsentMark mark) => new() { Seq = mark.Seq, Kind = mark.Kind, At = mark.At, Hash = mark.Hash };
}

/// <summary>How often a consent was used.</summary>
sealed record ConsentUses
{
    /// <summary>Releases that rest on it.</summary>
    public required int Count { get; init; }

    /// <summary>The latest of them.</summary>
    public required DateTimeOffset? LastAt { get; init; }
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
