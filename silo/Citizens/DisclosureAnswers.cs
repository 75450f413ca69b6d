using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;

namespace Platform.Silo.Citizens;

internal static class DisclosureAnswers
{
    public static DisclosureAnswer From(
        LedgerEntry entry, DisclosureRequest request, Decision decision, ImmutableArray<ImmutableArray<DisclosedValue>> values) => new()
        {
            Id = entry.Id,
            At = entry.At,
            Outcome = decision.Outcome,
            RuleBook = decision.RuleBook,
            Purpose = request.Purpose,
            LedgerSeq = entry.Seq,
            LedgerHash = Convert.ToHexStringLower(entry.Hash.Span),
            Targets = Targets(decision, values),
        };

    /// <summary>One row per target; without values where none are given.</summary>
    public static ImmutableArray<DisclosedTarget> Targets(Decision decision, ImmutableArray<ImmutableArray<DisclosedValue>> values) =>
        [.. decision.Targets.Select((target, index) => From(target, values.IsDefault ? [] : values[index]))];

    private static DisclosedTarget From(TargetDecision target, ImmutableArray<DisclosedValue> values) => new()
    {
        Target = target.Target,
        Released = target.Released,
        Reason = target.Reason,
        Rule = target.Rule,
        RuleVersion = target.RuleVersion,
        Article = target.Article,
        Consent = target.Consent,
        Remedies = [.. target.Remedies.Select(remedy => new RemedyView { Kind = remedy.Kind, Value = remedy.Value, Detail = remedy.Detail })],
        Values = values,
    };
}
