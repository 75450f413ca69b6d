using System.Collections.Immutable;

namespace Platform.Portal.Api.Shapes;

/// <summary>A sector system's question whether it may receive something.</summary>
public sealed record ConsentRequest
{
    public required Guid Id { get; init; }

    public required Named System { get; init; }

    public required Named Organisation { get; init; }

    public required Named Purpose { get; init; }

    /// <summary>What would be done with the data; null where the rules in force no longer have the purpose.</summary>
    public LocalText? Description { get; init; }

    public LocalText? Ground { get; init; }

    public required ImmutableArray<RequestTarget> Targets { get; init; }

    /// <summary>For how many days it asks.</summary>
    public required int Days { get; init; }

    /// <summary>For how many days it would keep what it receives.</summary>
    public required int DataLifeDays { get; init; }

    public UseLimit? Limit { get; init; }

    public string? CaseReference { get; init; }

    public string? Note { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it stops waiting.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary><c>waiting</c>, <c>granted</c>, <c>refused</c>, <c>expired</c> or <c>cancelled</c>.</summary>
    public required string State { get; init; }

    /// <summary>When it stopped waiting.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The consent, given or refused, that the decision made.</summary>
    public Guid? Consent { get; init; }

    /// <summary>The exact words of the consent; only where one waiting request is asked for that can be decided.</summary>
    public StatementText? Text { get; init; }
}

/// <summary>One thing that a request asks for.</summary>
public sealed record RequestTarget
{
    public required string Target { get; init; }

    public required LocalText Label { get; init; }

    public required bool Sensitive { get; init; }

    /// <summary>Whether the person allowed it.</summary>
    public bool Chosen { get; init; }
}

/// <summary>How often something may be used.</summary>
public sealed record UseLimit
{
    public required int Count { get; init; }

    /// <summary><c>day</c>, <c>month</c>, <c>year</c>, or <c>total</c>.</summary>
    public required string Per { get; init; }
}

/// <summary>The words to which a person agrees, exactly as they are hashed.</summary>
public sealed record StatementText
{
    public required string Language { get; init; }

    public required string Version { get; init; }

    public required string Hash { get; init; }

    public required string Paragraphs { get; init; }
}
