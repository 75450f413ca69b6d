using System.Text.Json;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Load.Checking.Answers;

namespace Platform.Load.Checking.Ledgers;

/// <summary>One ledger, read in its order: what it says, what is wrong with it in itself, and how the citizen stood before the run.</summary>
internal sealed class CitizenLedger(PersonalId subject, DateTimeOffset startedAt)
{
    private const int MostFindings = 3;
    private readonly Replay _replay = new(subject);
    private readonly List<Line> _lines = [];
    private readonly List<(string Rule, long Seq, string What)> _findings = [];
    private LedgerHead _head = LedgerHead.Empty;

    public PersonalId Subject => subject;

    public IReadOnlyList<Line> Lines => _lines;

    public IReadOnlyList<(string Rule, long Seq, string What)> Findings => _findings;

    /// <summary>The newest position.</summary>
    public long Head => _head.Seq;

    /// <summary>The last position before the run.</summary>
    public long Before { get; private set; }

    public Beginning Beginning { get; private set; } = Beginning.Nothing;

    public void Add(LedgerEntry entry)
    {
        Chain(entry);
        _head = entry.Head;
        try
        {
            var body = Body.Of(entry);
            if (_replay.Next(entry, body) is var (rule, what))
            {
                Find(rule, entry.Seq, what);
            }

            _lines.Add(Line.From(entry, body));
        }
        catch (JsonException)
        {
            Find("entry.unreadable", entry.Seq, "The entry's body is not that of its kind.");
        }

        if (entry.At < startedAt)
        {
            Before = entry.Seq;
            Beginning = Begin();
        }
    }

    private void Chain(LedgerEntry entry)
    {
        var hash = LedgerEntry.ComputeHash(entry.Subject, entry.Seq, entry.Id, entry.Kind, entry.At, entry.Tag, entry.Body, entry.PrevHash.Span);
        if (entry.Seq != _head.Seq + 1)
        {
            Find("chain.gap", entry.Seq, $"Position {_head.Seq + 1} of the ledger is missing.");
        }
        else if (!entry.PrevHash.Span.SequenceEqual(_head.Hash.Span))
        {
            Find("chain.fork", entry.Seq, "The entry does not follow the one before it.");
        }

        if (!entry.Hash.Span.SequenceEqual(hash))
        {
            Find("chain.hash", entry.Seq, "The entry's hash is not that of its content.");
        }
    }

    private void Find(string rule, long seq, string what)
    {
        if (_findings.Count < MostFindings)
        {
            _findings.Add((rule, seq, what));
        }
    }

    private Beginning Begin()
    {
        var held = _replay.Record.Consents.Where(consent => consent.State == ConsentState.Granted).Select(consent => new HeldConsent(
            Search.BeforeTheRun, consent.Id, consent.Recipient, consent.Purpose, consent.Targets, Left(consent)));
        return new Beginning(
            CitizenModel.Empty with { InForce = [.. held.Where(consent => consent.Left is not <= 0)], Head = Before },
            [.. _replay.Record.Consents.Select(consent => consent.Id)]);
    }

    private int? Left(Consent consent) =>
        consent.Limit is not { } limit ? null : limit.Count - _replay.Usage.OfConsent(consent.Id, Period.Total, startedAt);
}
