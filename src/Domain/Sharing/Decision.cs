using System.Collections.Immutable;

namespace Platform.Domain.Sharing;

/// <summary>The outcome of a disclosure as a whole.</summary>
public enum Outcome
{
    /// <summary>Everything asked for is released.</summary>
    Permitted = 1,

    /// <summary>Some of it is released.</summary>
    PartlyPermitted = 2,

    /// <summary>Nothing is released.</summary>
    Denied = 3,
}

/// <summary>The decision on one target, which explains itself.</summary>
public sealed record TargetDecision
{
    /// <summary>The target as asked for.</summary>
    public required string Target { get; init; }

    /// <summary>Whether it is released.</summary>
    public required bool Released { get; init; }

    /// <summary>Why.</summary>
    public required Reason Reason { get; init; }

    /// <summary>The rule that decided, if one did.</summary>
    public string? Rule { get; init; }

    /// <summary>Version of that rule.</summary>
    public int? RuleVersion { get; init; }

    /// <summary>The article that the rule carries out.</summary>
    public string? Article { get; init; }

    /// <summary>The consent that the release rests on, if one is needed.</summary>
    public Guid? Consent { get; init; }

    /// <summary>For a refusal: the changes that together turn it around; never empty there.</summary>
    public ImmutableArray<Remedy> Remedies { get; init; } = [];
}

/// <summary>The explained outcome of a request under one rule book.</summary>
public sealed record Decision
{
    /// <summary>Permitted, partly permitted or denied.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Number of the rule book that was applied.</summary>
    public required int RuleBook { get; init; }

    /// <summary>One decision per target, in the order asked.</summary>
    public required ImmutableArray<TargetDecision> Targets { get; init; }

    /// <summary>The consents used, each once.</summary>
    public IEnumerable<Guid> ConsentsUsed() => Targets.Where(target => target.Released && target.Consent is not null).Select(target => target.Consent!.Value).Distinct();
}
