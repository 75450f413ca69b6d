using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;
using Platform.Identity.Attempts;
using Platform.Identity.Audit;
using Platform.Identity.Factors;
using Platform.Identity.Pages.Account;
using Platform.Identity.Pages.Asking;
using Platform.Identity.Pages.Devices;
using Platform.Identity.Pages.Entry;
using Platform.Identity.Pages.Login;
using Platform.Identity.Sessions;
using Platform.Identity.Storage;
using Platform.Identity.Upstream;

namespace Platform.Identity.Pages.Shell;

static class PagesSetup
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<IOptions<IdentityOptions>>((forms, identity) =>
        {
            // X-Frame-Options is set for all pages alike.
            forms.SuppressXFrameOptionsHeader = true;
            forms.Cookie = new FormCookie(identity.Value.Issuer!.Scheme == Uri.UriSchemeHttps)
            {
                Name = SafeCookies.Name("eid-form", identity.Value),
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Path = "/",
                IsEssential = true,
            };
        });
        services.AddFactors();
        services.AddSingleton<IdentityAudit>();
        services.AddSingleton<AttemptStore>();
        services.AddSingleton<IPruned>(provider => provider.GetRequiredService<AttemptStore>());
        services.AddSingleton<KnownBrowsers>();
        services.AddSingleton<LoginAttempts>();
        services.AddSingleton<FreshLogins>();
        services.AddSingleton<DeviceCookie>();
        services.AddSingleton<OwnLogins>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<LoginEnd>();
        services.AddSingleton<AskingDoor>();
        services.AddSingleton<ConsentDesk>();
        services.AddSingleton<AccountDoor>();
        services.AddSingleton<WaysBack>();
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapGet("/assets/{name}", Assets.Serve);
        var pages = app.MapGroup("").AddEndpointFilterFactory((_, next) => context =>
            ActivatorUtilities.GetServiceOrCreateInstance<PageGate>(context.HttpContext.RequestServices).InvokeAsync(context, next));
        pages.MapLogin();
        pages.MapUpstream();
        pages.MapAsking();
        pages.MapEntry();
        pages.MapAccount();
        pages.MapDevices();
        pages.MapApp();
    }
}
