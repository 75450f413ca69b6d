using Orleans.Concurrency;
using Platform.Contracts;
using Platform.Silo.Ledger;

namespace Platform.Silo.Reports;

/// <summary>Leads officials to open reports and keeps from them whose they are.</summary>
[GrainType("report-queue"), StatelessWorker]
internal sealed class ReportQueueGrain(ReportLedger reports) : Grain, IReportQueue
{
    private const int MostItems = 100;

    public async Task<OpenReportPage> GetOpen(int count, Guid? after, ReportOfficial official)
    {
        var wanted = Math.Clamp(count, 1, MostItems);
        var open = await LedgerReading.OrTryAgain(() => reports.Open(wanted + 1, after, official.PersonalId));
        var shown = open.Take(wanted).ToArray();

        // What was answered since the queue was read is left out.
        var items = await Task.WhenAll(shown.Select(report => GrainFactory.GetGrain<ICitizenReports>(report.Subject).ReadReport(report.Report, official)));
        return new OpenReportPage
        {
            Items = [.. items.OfType<OpenReport>()],
            Next = open.Length > wanted ? shown[^1].Report : null,
        };
    }

    public async Task<ReportAnswer> Answer(AnswerReportCall call) =>
        await LedgerReading.OrTryAgain(() => reports.SubjectOf(call.Report)) is { } subject
            ? await GrainFactory.GetGrain<ICitizenReports>(subject).AnswerReport(call)
            : new ReportAnswer { Refusal = Refusals.ReportUnknown };
}
