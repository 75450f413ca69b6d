using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Load.Checking;
using Platform.Load.Checking.Answers;
using Platform.Load.Checking.Ledgers;
using Platform.Silo.Citizens;
using Xunit;
using Operation = Platform.Load.Histories.Operation;

namespace Platform.Tests.Load;

/// <summary>One citizen's ledger and the answers that belong to it, as an honest silo makes them; both can be changed before they are compared.</summary>
internal sealed class ToldLedger
{
    private const int Step = 1_000;
    private static readonly DateTimeOffset Began = new(2026, 3, 2, 3, 0, 0, TimeSpan.Zero);
    private static readonly PersonalId Subject = PersonalId.Parse("067090000017");
    private CitizenRecord _record = new() { PersonalId = Subject };
    private UsageCounts _usage = UsageCounts.None;
    private LedgerHead _head = LedgerHead.Empty;
    private long _now;

    public List<LedgerEntry> Entries { get; } = [];

    public List<Operation> Operations { get; } = [];

    public Guid Grant(int? uses = null)
    {
        _now += Step;
        var consent = new Consent
        {
            Id = Guid.CreateVersion7(At),
            Recipient = "dien-luc",
            Purpose = "electricity.contract",
            Targets = [Told.Name],
            State = ConsentState.Granted,
            DecidedAt = At,
            ValidFrom = At,
            ValidTo = At.AddDays(30),
            Limit = uses is { } count ? new FrequencyLimit { Count = count, Per = Period.Total } : null,
            DataLifeDays = 30,
            Evidence = new ConsentEvidence { Channel = "portal", IdentityLevel = 2, TextVersion = "1", Language = "vi", TextHash = new string('a', 64) },
        };
        _record = _record.WithConsent(consent);
        Append(LedgerKinds.ConsentGranted, Guid.NewGuid(), "", new ConsentBody(consent, _record.Digest()));
        Add(new Told().Grant(consent.Id, 0, uses: uses));
        return consent.Id;
    }

    public void Withdraw(Guid consent)
    {
        _now += Step;
        _record = _record.WithoutConsent(consent, At);
        Append(LedgerKinds.ConsentWithdrawn, Guid.NewGuid(), "", new ConsentBody(_record.Consents.First(held => held.Id == consent), _record.Digest()));
        Add(new Told().Withdraw(consent, 0));
    }

    public void Push(int version)
    {
        _now += Step;
        Append(LedgerKinds.DocumentPut, Guid.NewGuid(), "", new DocumentBody("insurance", "socialInsurance", "insurance", version, new string('c', 64), _record.Digest()));
        Add(new Told().Push(version, 0));
    }

    /// <summary>Asks; <paramref name="mistaken"/> is a silo that decides on other facts than it has.</summary>
    public LedgerEntry Ask(Func<SharingFacts, SharingFacts>? mistaken = null)
    {
        _now += Step;
        var request = new DisclosureRequest { Id = Guid.CreateVersion7(At), System = "electricity", Purpose = "electricity.contract", Targets = [Told.Name] };
        var facts = SharingFacts.Project(_record, request, RuleBook.Shipped, _usage, systemSuspended: false, null, At);
        facts = mistaken is null ? facts : mistaken(facts);
        var decision = SharingRules.Decide(request, facts, RuleBook.Shipped, At);
        var tag = decision.Outcome == Outcome.Denied ? "" : UsageCounts.Tag(request.System, request.Purpose, decision.ConsentsUsed());
        _usage = _usage.Add(tag, CivilTime.Day(At));
        var entry = Append(LedgerKinds.Disclosure, request.Id, tag, new DisclosureBody(request, facts, decision, null));
        Add(new Told().Ask(0, seq: entry.Seq, on: [.. decision.ConsentsUsed()]).Last(ask => ask with { Entry = entry.Id, Hash = Convert.ToHexStringLower(entry.Hash.Span) }));
        return entry;
    }

    /// <summary>Changes the latest answer.</summary>
    public void Answer(Func<Operation, Operation> change) => Operations[^1] = change(Operations[^1]);

    public CheckReport Check(params ReadOnlySpan<Operation> more)
    {
        var ledger = new CitizenLedger(Subject, Began);
        foreach (var entry in Entries)
        {
            ledger.Add(entry);
        }

        var history = Told.History([.. Operations, .. more]);
        return HistoryCheck.Run(history with { Header = history.Header with { StartedAt = Began } }, Entries.Count == 0 ? [] : [ledger], SearchBounds.Usual, _ => Subject);
    }

    public void IsAccepted()
    {
        var report = Check();
        Assert.True(report.ExitCode == CheckReport.Clean, Told.Text(report));
    }

    public void IsRejected(string rule)
    {
        var report = Check();
        Assert.True(report.Violations.Any(violation => violation.Rule == rule), Told.Text(report));
    }

    private DateTimeOffset At => Began.AddMicroseconds(_now + (Step / 2));

    private LedgerEntry Append<TBody>(string kind, Guid id, string tag, TBody body)
    {
        var entry = LedgerEntry.Extend(_head, Subject.Reveal(), new EntryDraft { Id = id, Kind = kind, At = At, Tag = tag, Body = DomainJson.Write(body) });
        Entries.Add(entry);
        _head = entry.Head;
        return entry;
    }

    private void Add(Told told) => Operations.Add(told.Operations[0] with { Id = Operations.Count, Called = _now, Answered = _now + Step - 1 });
}
