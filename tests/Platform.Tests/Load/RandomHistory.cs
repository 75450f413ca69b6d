using Platform.Load.Histories;

namespace Platform.Tests.Load;

/// <summary>Histories that did happen, to a simulated citizen: overlapping calls, some of them without an answer.</summary>
internal static class RandomHistory
{
    private const int LongestCall = 20_000;

    /// <param name="seed">Tells the history.</param>
    /// <param name="count">Number of operations.</param>
    /// <param name="lostChanges">One of so many changes stays without an answer; who changes something asks again, so it is rare.</param>
    /// <param name="entangled">Whether consents may be for more than one thing, and given while another is being given; people do one thing after the other.</param>
    public static Operation[] Of(int seed, int count, int lostChanges = 100, bool entangled = true)
    {
        var dice = new Random(seed);
        var told = new List<(Operation Ask, long Effect)>();
        var consents = new List<(Guid Id, long Answered)>();
        var version = 0;
        var lastGrant = 0L;
        for (long now = 1000; told.Count < count; now += dice.Next(12_000))
        {
            // Who grants or withdraws knows what was answered before.
            var ask = Ask(dice, [.. consents.Where(consent => consent.Answered < now).Select(consent => consent.Id)], entangled, ref version) with
            {
                Id = told.Count,
                Called = now,
                Answered = now + 500 + dice.Next(LongestCall),
            };
            if (ask.Kind == OperationKind.Grant && !entangled && ask.Called <= lastGrant)
            {
                continue;
            }

            consents.RemoveAll(consent => ask.Kind == OperationKind.Withdraw && consent.Id == ask.Consent && dice.Next(3) > 0);
            if (ask is { Kind: OperationKind.Grant, Consent: { } consent })
            {
                lastGrant = ask.Answered!.Value;
                consents.Add((consent, ask.Answered!.Value));
            }

            told.Add((ask, dice.NextInt64(ask.Called, ask.Answered!.Value)));
        }

        var subject = new SimulatedCitizen();
        var history = new List<Operation>();
        foreach (var (ask, _) in told.OrderBy(operation => operation.Effect))
        {
            // What gets no answer happened or did not.
            var unanswered = dice.Next(ask.Kind is OperationKind.Disclose or OperationKind.Read ? 12 : lostChanges) == 0 && ask.Kind != OperationKind.Grant;
            if (unanswered && dice.Next(2) == 0)
            {
                history.Add(Unanswered(ask));
                continue;
            }

            var answer = subject.Do(ask);
            history.Add(unanswered ? Unanswered(ask) : answer);
        }

        return [.. history.OrderBy(operation => operation.Called)];
    }

    private static Operation Unanswered(Operation ask) => ask with { Answered = null, Outcome = OperationOutcome.Unknown, Code = "timeout" };

    private static Operation Ask(Random dice, Guid[] known, bool entangled, ref int version)
    {
        var ask = new Operation { Id = 0, Citizen = 0, Kind = OperationKind.Read, Instance = 0, Called = 0, Outcome = OperationOutcome.Done };
        return dice.Next(20) switch
        {
            < 3 => ask with
            {
                Kind = OperationKind.Grant,
                Consent = Guid.NewGuid(),
                Recipient = "dien-luc",
                Purpose = "electricity.contract",
                Targets = (entangled ? dice.Next(3) : 0) switch { 0 => [Told.Name], 1 => [Told.Born], _ => [Told.Name, Told.Born] },
                Uses = dice.Next(2) == 0 ? null : 1 + dice.Next(3),
            },
            < 6 when known.Length > 0 => ask with { Kind = OperationKind.Withdraw, Consent = known[dice.Next(known.Length)] },
            < 8 => ask with { Kind = OperationKind.Push, Version = ++version, Targets = [Told.Months] },
            < 10 => ask with { Kind = OperationKind.Disclose, Recipient = "bhxh-tinh", Purpose = "unemployment-benefit.payment", Targets = [Told.Months] },
            10 => ask with { Purpose = "ledger" },
            11 => ask with { Purpose = "accesses" },
            _ => ask with
            {
                Kind = OperationKind.Disclose,
                Recipient = "dien-luc",
                Purpose = "electricity.contract",
                Targets = entangled && dice.Next(3) == 0 ? [Told.Name, Told.Born] : [Told.Name],
            },
        };
    }
}
