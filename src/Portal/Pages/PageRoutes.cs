using Platform.Portal.Login;
using Platform.Portal.Pages.Accesses;
using Platform.Portal.Pages.Consents;
using Platform.Portal.Pages.Counter;
using Platform.Portal.Pages.Documents;
using Platform.Portal.Pages.Home;
using Platform.Portal.Pages.Ledger;
using Platform.Portal.Pages.MyRecord;
using Platform.Portal.Pages.Notifications;
using Platform.Portal.Pages.Reports;
using Platform.Portal.Pages.Requests;
using Platform.Portal.Pages.Security;
using Platform.Portal.Pages.Shell;
using Platform.Portal.Pages.Verify;

namespace Platform.Portal.Pages;

/// <summary>All pages. Each room maps its own: citizens' pages under the citizens' policy, public ones say so.</summary>
static class PageRoutes
{
    public static void MapPages(this WebApplication app)
    {
        app.MapShell();
        foreach (var party in app.Services.GetRequiredService<Parties>().All)
        {
            app.MapLogin(party);
        }
        var open = app.MapGroup("").AllowAnonymous();
        open.MapHome();
        open.MapVerify();
        open.MapLocked();

        var citizen = app.MapGroup("").RequireAuthorization(Party.Citizen).AddEndpointFilter(PageGate.Check).AddEndpointFilter(Notices.Count);
        citizen.MapOverview();
        citizen.MapRecord();
        citizen.MapReports();
        citizen.MapDocuments();
        citizen.MapShowing();
        citizen.MapAccesses();
        citizen.MapConsents();
        citizen.MapRequests();
        citizen.MapLedger();
        citizen.MapSecurity();
        citizen.MapNotifications();

        if (app.Services.GetRequiredService<Parties>().Counter is not null)
        {
            app.MapGroup("").RequireAuthorization(Party.Counter).AddEndpointFilter(PageGate.Check).MapCounter();
        }
    }
}
