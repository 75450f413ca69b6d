using Platform.Contracts;
using Platform.Domain.Sharing;

namespace Platform.Tests.Api;

/// <summary>Answers of grains.</summary>
static class Answers
{
    public static readonly DateTimeOffset At = new(2026, 3, 2, 2, 15, 0, TimeSpan.Zero);

    public static DisclosedTarget Released(string target, params DisclosedValue[] values) => new()
    {
        Target = target,
        Released = true,
        Reason = Reason.Permitted,
        Rule = "insurance-renewal-identity",
        RuleVersion = 2,
        Article = "Decree 188/2025/NĐ-CP",
        Values = [.. values],
    };

    public static DisclosedTarget Denied(string target, Reason reason, params RemedyView[] remedies) => new()
    {
        Target = target,
        Released = false,
        Reason = reason,
        Remedies = [.. remedies],
    };

    public static DisclosureAnswer Disclosure(GrainCall call, Outcome outcome, params DisclosedTarget[] targets) => new()
    {
        Id = call.Argument<DisclosureCall>().Id,
        At = At,
        Outcome = outcome,
        Purpose = call.Argument<DisclosureCall>().Purpose,
        RuleBook = 1,
        LedgerSeq = 12,
        LedgerHash = new string('b', 64),
        Targets = [.. targets],
    };
}
