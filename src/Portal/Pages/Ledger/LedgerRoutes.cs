using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Ledger;

/// <summary>The ledger, to be checked here or anywhere else without trusting the server.</summary>
static class LedgerRoutes
{
    public static void MapLedger(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Addresses.Ledger, Show);
        routes.MapGet(Addresses.LedgerDownload, Download);
    }

    static async Task<IResult> Show(Visit visit) => visit.Page<LedgerPage, LedgerPlace>(new(await LedgerHead.Read(visit.Api), FileName(visit)));

    static async Task<IResult> Download(Visit visit, ILogger<LedgerDownload> log)
    {
        var subject = visit.Api.Get<Record>("v1/me");
        var head = LedgerHead.Read(visit.Api);
        await Task.WhenAll(subject, head);
        return new LedgerDownload(visit.Api, (await subject).Require().PersonalId, await head, FileName(visit), log);
    }

    static string FileName(Visit visit) => $"{visit.T("so-truy-cap", "ledger")}-{Words.DayOf(visit.Now):yyyy-MM-dd}.ndjson";
}

/// <summary>What the page shows of the ledger, and what its file is called today.</summary>
public sealed record LedgerPlace(LedgerHead Head, string FileName);
