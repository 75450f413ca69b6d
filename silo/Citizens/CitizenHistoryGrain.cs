using System.Collections.Immutable;
using Orleans.Concurrency;
using Platform.Contracts;
using Platform.Domain;
using Platform.Silo.Ledger;
using Platform.Silo.Reports;

namespace Platform.Silo.Citizens;

/// <summary>Reads what is durable and holds nothing, so it never waits for the citizen's own activation, nor that for it.</summary>
[GrainType("citizen-history"), StatelessWorker]
internal sealed class CitizenHistoryGrain(AccessLedger ledger, ReportLedger reports) : Grain, ICitizenHistory
{
    private const int MostEntries = 200;
    private const int MostReports = 200;

    private string Subject => this.GetPrimaryKeyString();

    public async Task<AccessPage> GetAccesses(AccessQuery query)
    {
        var count = Math.Clamp(query.Count, 1, MostEntries);
        var (rows, asked) = await LedgerReading.OrTryAgain(() => ledger.Page(Subject, query with { Count = count }));
        var shown = rows.Take(count).ToImmutableArray();
        return new AccessPage
        {
            Entries = [.. shown.Select(row => Entry(row, asked.TryGetValue(row.Id, out var report) ? report : null))],
            Next = rows.Length > count ? shown[^1].Seq : null,
        };
    }

    public async Task<AccessEntry?> FindAccess(Guid id)
    {
        var (row, asked) = await LedgerReading.OrTryAgain(() => ledger.Find(Subject, id));
        return row is null ? null : Entry(row, asked);
    }

    public Task<ImmutableArray<AccessTally>> CountAccesses() => LedgerReading.OrTryAgain(() => ledger.Count(Subject));

    public Task<ImmutableArray<ConsentUse>> CountConsentUses() => LedgerReading.OrTryAgain(() => ledger.ConsentUses(Subject));

    public async Task<ConsentPast?> FindConsent(Guid consent)
    {
        var rows = await LedgerReading.OrTryAgain(() => ledger.Consent(Subject, consent));
        var bodies = rows.Select(row => DomainJson.Read<ConsentBody>(row.Body)).ToArray();
        return bodies is [] ? null : new ConsentPast
        {
            Consent = DomainJson.Write(bodies[^1].Consent),
            Text = bodies.Select(body => body.Text).FirstOrDefault(text => text is not null),
            Entries = [.. rows.Select(row => new ConsentMark { Seq = row.Seq, Kind = row.Kind, At = row.At, Hash = row.Hash })],
        };
    }

    public async Task<ImmutableArray<ReportView>> GetReports() =>
    [
        .. KnownReport.In(await LedgerReading.OrTryAgain(() => reports.Of(Subject)))
            .Reverse()
            .Take(MostReports)
            .Select(report => report.View()),
    ];

    private static AccessEntry Entry(AccessRow row, Guid? asked)
    {
        var entry = new AccessEntry
        {
            Seq = row.Seq,
            Id = row.Id,
            At = row.At,
            Source = row.Source,
            SourceName = row.SourceName,
            Outcome = row.Outcome,
            Asked = asked,
        };
        if (row.Source.Kind == AccessKind.IdentityReleased)
        {
            return entry with { Shown = DomainJson.Read<IdentityBody>(row.Body).Claims };
        }

        if (row.Source.Kind == AccessKind.PresentationShown)
        {
            return entry with { Shown = DomainJson.Read<PresentationBody>(row.Body).Presentation.Attributes };
        }

        var body = DomainJson.Read<DisclosureBody>(row.Body);
        return entry with
        {
            Purpose = body.Request.Purpose,
            CaseReference = body.Request.CaseReference,
            OfficialRole = body.Request.Official?.Role,
            OfficialUnit = body.Request.Official?.Unit,
            Targets = DisclosureAnswers.Targets(body.Decision, default),
        };
    }
}
