using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Counter;

/// <summary>The officers' pages at the one-stop counter.</summary>
static class CounterRoutes
{
    public static void MapCounter(this IEndpointRouteBuilder routes)
    {
        var officers = routes.MapGroup("").AddEndpointFilter(OfficerGate.Check);
        officers.MapGet(Addresses.Counter, (Visit visit) => visit.Page<CounterHomePage, NoModel>(NoModel.Instance));
        officers.MapGet(Addresses.CounterDossier, DossierRoutes.Show);
        officers.MapGet(Addresses.CounterReports, ReportDesk.Show);
        officers.MapPost(Addresses.CounterReports + "/{id:guid}", ReportDesk.Answer);

        // It asks after the role itself, together with what it asks for, so that nothing that was typed is lost.
        routes.MapPost(Addresses.CounterDossier, DossierRoutes.Ask);
    }
}
