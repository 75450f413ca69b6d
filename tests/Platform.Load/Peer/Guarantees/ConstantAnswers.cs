using Platform.Contracts;
using Platform.Domain.Sharing;

namespace Platform.Load.Peer.Guarantees;

/// <summary>Answers a disclosure in the grain's place: as many values as were asked for, of about the length that they have.</summary>
internal sealed class ConstantAnswers : IIncomingGrainCallFilter
{
    private const string Rule = "bank-account-identity";
    private static readonly Guid Consent = Guid.CreateVersion7(DateTimeOffset.UnixEpoch);
    private static readonly Rule Permit = RuleBook.Shipped.Rules.Single(rule => rule.Id == Rule);
    private static readonly string Hash = new('0', 64);

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.Request.GetArgumentCount() != 1 || context.Request.GetArgument(0) is not DisclosureCall call)
        {
            return context.Invoke();
        }

        context.Result = Answer(call);
        return Task.CompletedTask;
    }

    private static DisclosureAnswer Answer(DisclosureCall call) => new()
    {
        Id = call.Id,
        At = TimeProvider.System.GetUtcNow(),
        Outcome = Outcome.Permitted,
        RuleBook = 1,
        Purpose = call.Purpose,
        LedgerSeq = 1,
        LedgerHash = Hash,
        Targets =
        [
            .. call.Targets.Select(target => new DisclosedTarget
            {
                Target = target,
                Released = true,
                Reason = Reason.Permitted,
                Rule = Permit.Id,
                RuleVersion = Permit.Version,
                Article = Permit.Article,
                Consent = Consent,
                Values = [new DisclosedValue { Text = "2000-01-01", Source = "population", AsOf = DateTimeOffset.UnixEpoch }],
            }),
        ],
    };
}
