using System.Collections.Immutable;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;

namespace Platform.Domain.Sharing;

/// <summary>How the official behind a request stands to the citizen.</summary>
public enum Relation
{
    /// <summary>Not known: no official, or one without a personal ID.</summary>
    Unknown = 0,

    /// <summary>Neither the citizen nor of the household.</summary>
    Other = 1,

    /// <summary>The citizen in person.</summary>
    Self = 2,

    /// <summary>A member of the citizen's household.</summary>
    Household = 3,
}

/// <summary>Everything about the citizen that a decision may depend on; recorded with it, so that it can be replayed.</summary>
public sealed record SharingFacts
{
    /// <summary>Whether the province holds a record of the subject.</summary>
    public required bool SubjectKnown { get; init; }

    /// <summary>Whether the sector system was suspended.</summary>
    public required bool SystemSuspended { get; init; }

    /// <summary>True if the system has had all the releases of its day, over all citizens; else null.</summary>
    public bool? SystemQuotaExhausted { get; init; }

    /// <summary>Life-cycle state of the citizen's number.</summary>
    public CitizenStatus Status { get; init; } = CitizenStatus.Active;

    /// <summary>Whether the citizen is specially protected.</summary>
    public bool Protected { get; init; }

    /// <summary>Commune of permanent residence, if known.</summary>
    public string? Commune { get; init; }

    /// <summary>How the official stands to the citizen.</summary>
    public Relation Relation { get; init; }

    /// <summary>The citizen's consents to the organisation of the system, for any purpose.</summary>
    public ImmutableArray<ConsentFact> Consents { get; init; } = [];

    /// <summary>How often the system had something released about the citizen, per purpose.</summary>
    public ImmutableArray<UsageFact> Usage { get; init; } = [];

    /// <summary>Takes from a record, and from what the ledger counts, what a decision on the request may depend on.</summary>
    public static SharingFacts Project(
        CitizenRecord? record, DisclosureRequest request, RuleBook book, UsageCounts usage, bool systemSuspended, PersonalId? official, DateTimeOffset now)
    {
        var organisation = book.System(request.System)?.Organisation;
        return new SharingFacts
        {
            SubjectKnown = record is not null,
            SystemSuspended = systemSuspended,
            Status = record?.Status ?? CitizenStatus.Active,
            Protected = record?.Protected ?? false,
            Commune = record?.Attribute("residence.permanent.commune"),
            Relation = RelationOf(record, official),
            Consents = record is null || organisation is null
                ? []
                : [.. record.Consents.Where(consent => consent.Recipient == organisation).Select(consent => ConsentFact.From(consent, usage, now))],
            Usage = usage.OfSystem(request.System, now),
        };
    }

    private static Relation RelationOf(CitizenRecord? record, PersonalId? official)
    {
        if (record is null || official is not { } number)
        {
            return Relation.Unknown;
        }

        if (number == record.PersonalId)
        {
            return Relation.Self;
        }

        return record.Attribute("household.members")?.Contains(number.Reveal(), StringComparison.Ordinal) == true ? Relation.Household : Relation.Other;
    }
}

/// <summary>A consent as a decision sees it.</summary>
public sealed record ConsentFact
{
    /// <summary>Identity of the consent.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its purpose.</summary>
    public required string Purpose { get; init; }

    /// <summary>What it covers.</summary>
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>Granted, refused or withdrawn.</summary>
    public required ConsentState State { get; init; }

    /// <summary>First instant at which it counts.</summary>
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>First instant at which it no longer counts.</summary>
    public required DateTimeOffset ValidTo { get; init; }

    /// <summary>Its frequency limit, if any.</summary>
    public FrequencyLimit? Limit { get; init; }

    /// <summary>Uses so far in the current period of the limit.</summary>
    public int Used { get; init; }

    /// <summary>Takes from a consent what a decision depends on.</summary>
    public static ConsentFact From(Consent consent, UsageCounts usage, DateTimeOffset now) => new()
    {
        Id = consent.Id,
        Purpose = consent.Purpose,
        Targets = consent.Targets,
        State = consent.State,
        ValidFrom = consent.ValidFrom,
        ValidTo = consent.ValidTo,
        Limit = consent.Limit,
        Used = consent.Limit is { } limit ? usage.OfConsent(consent.Id, limit.Per, now) : 0,
    };
}

/// <summary>Releases to the asking system under one purpose, in the current day, month and year.</summary>
public sealed record UsageFact(string Purpose, int Day, int Month, int Year);
