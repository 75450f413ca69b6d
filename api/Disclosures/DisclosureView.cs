using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Platform.Api.Problems;
using Platform.Contracts;
using Platform.Domain.Sharing;

namespace Platform.Api.Disclosures;

/// <summary>A recorded disclosure.</summary>
sealed record DisclosureView
{
    /// <summary>Identity of the disclosure and of its ledger entry.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Permitted, partly permitted or denied.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Purpose code of the request.</summary>
    public required string Purpose { get; init; }

    /// <summary>Number of the rule book that was applied.</summary>
    public required int RuleBook { get; init; }

    /// <summary>Where the citizen finds it.</summary>
    public required LedgerPosition Ledger { get; init; }

    /// <summary>One row per target, in the order asked.</summary>
    public required ImmutableArray<DisclosedItem> Items { get; init; }

    public static DisclosureView From(DisclosureAnswer answer, bool withValues) => new()
    {
        Id = answer.Id,
        At = answer.At,
        Outcome = answer.Outcome,
        Purpose = answer.Purpose,
        RuleBook = answer.RuleBook,
        Ledger = new LedgerPosition { Seq = answer.LedgerSeq, Hash = answer.LedgerHash },
        Items = [.. answer.Targets.Select(target => DisclosedItem.From(target, withValues))],
    };
}

/// <summary>A wholly denied disclosure: it was recorded, and nothing was released.</summary>
sealed record DisclosureDenied : Problem
{
    [SetsRequiredMembers]
    internal DisclosureDenied(DisclosureView view)
        : base(ErrorCodes.DisclosureDenied) =>
        (Id, At, Outcome, Purpose, RuleBook, Ledger, Items) = (view.Id, view.At, view.Outcome, view.Purpose, view.RuleBook, view.Ledger, view.Items);

    /// <summary>Identity of the disclosure and of its ledger entry.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Denied.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Purpose code of the request.</summary>
    public required string Purpose { get; init; }

    /// <summary>Number of the rule book that was applied.</summary>
    public required int RuleBook { get; init; }

    /// <summary>Where the citizen finds it.</summary>
    public required LedgerPosition Ledger { get; init; }

    /// <summary>One row per target, in the order asked.</summary>
    public required ImmutableArray<DisclosedItem> Items { get; init; }
}

/// <summary>A place in a citizen's ledger.</summary>
sealed record LedgerPosition
{
    /// <summary>Position, from 1 without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>Hash of the entry, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }
}
