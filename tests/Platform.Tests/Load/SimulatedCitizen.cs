using System.Collections.Immutable;
using Platform.Load.Histories;

namespace Platform.Tests.Load;

/// <summary>A citizen as plainly as can be told, one operation after the other: what the checker must agree with, written without it.</summary>
internal sealed class SimulatedCitizen
{
    private readonly List<Given> _consents = [];
    private long _version;
    private long _head;
    private long _access;

    public SimulatedCitizen Copy()
    {
        var copy = new SimulatedCitizen { _version = _version, _head = _head, _access = _access };
        copy._consents.AddRange(_consents.Select(consent => consent with { }));
        return copy;
    }

    /// <summary>Does what is asked and gives the answer.</summary>
    public Operation Do(Operation asked)
    {
        var ask = asked with { Outcome = OperationOutcome.Done, Code = null };
        switch (ask.Kind)
        {
            case OperationKind.Grant:
                _consents.Add(new Given(ask.Consent!.Value, ask.Targets, ask.Uses));
                _head++;
                return ask;
            case OperationKind.Withdraw:
                if (_consents.Find(consent => consent.Id == ask.Consent) is not { } held)
                {
                    return ask with { Outcome = OperationOutcome.Refused, Code = "consent.unknown" };
                }

                _head += held.Ended ? 0 : 1;
                held.Ended = true;
                return ask;
            case OperationKind.Push:
                _head += ask.Version > _version ? 1 : 0;
                if (ask.Version < _version)
                {
                    return ask with { Outcome = OperationOutcome.Refused, Code = "document.version-old" };
                }

                _version = ask.Version!.Value;
                return ask;
            case OperationKind.Read:
                return ask with { Version = ask.Purpose == "accesses" ? _access : _head };
            default:
                return Disclose(ask);
        }
    }

    private Operation Disclose(Operation ask)
    {
        var seq = _access = ++_head;
        var answer = ask with { Seq = seq, Entry = Guid.NewGuid(), Hash = new string('b', 64) };
        if (ask.Recipient == "bhxh-tinh")
        {
            return answer with { Released = ask.Targets, Version = _version };
        }

        var chosen = ask.Targets.Select(target => (target, consent: _consents.Find(consent => !consent.Ended && consent.Left > 0 && consent.Targets.Contains(target)))).ToArray();
        var used = chosen.Select(choice => choice.consent).OfType<Given>().DistinctBy(consent => consent.Id).ToArray();
        foreach (var consent in used)
        {
            consent.Left--;
        }

        return used.Length == 0
            ? answer with { Outcome = OperationOutcome.Refused, Code = "disclosure.denied" }
            : answer with { Released = [.. chosen.Where(choice => choice.consent is not null).Select(choice => choice.target)], ConsentsUsed = [.. used.Select(consent => consent.Id)] };
    }

    private sealed record Given(Guid Id, ImmutableArray<string> Targets, int? Uses)
    {
        public int Left { get; set; } = Uses ?? int.MaxValue;

        public bool Ended { get; set; }
    }
}
