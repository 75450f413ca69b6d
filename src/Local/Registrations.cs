using Platform.Domain.Sharing;
using Platform.Identity.Clients;
using Platform.Identity.RelyingParties;

namespace Platform.Local;

/// <summary>Whom the identity server of the province knows: every sector system of the rule book, the portal and the officers' counter.</summary>
internal static class Registrations
{
    public const string Portal = "portal";
    public const string Counter = "counter";

    /// <summary>The sector system in whose name the counter asks.</summary>
    public const string CounterSystem = "one-stop";

    public static async Task Ensure(LocalOptions options, IServiceProvider identity, CancellationToken cancellation)
    {
        var clients = identity.GetRequiredService<SectorClients>();
        foreach (var system in RuleBook.Shipped.Systems)
        {
            await clients.Register(System(options, system), cancellation);
        }

        var parties = identity.GetRequiredService<RelyingParties>();
        await parties.Register(CitizensPortal(options), cancellation);
        await parties.Register(OfficersCounter(options), cancellation);
    }

    private static SectorClientRegistration System(LocalOptions options, SectorSystem system)
    {
        string[] scopes =
        [
            SectorScopes.DisclosuresRequest, SectorScopes.DisclosuresRead, SectorScopes.CatalogueRead,
            .. system.Pushes.IsEmpty ? Array.Empty<string>() : [SectorScopes.DocumentsPush],
            .. AsksOnConsent(system) ? [SectorScopes.ConsentsRequest] : Array.Empty<string>(),
        ];
        return new SectorClientRegistration(
            system.Id, system.Name.En, SystemKeys.PublicKeys(options, system.Id), scopes,
            // So that curl can ask; a real system is registered without this word.
            SenderConstrained: false);
    }

    private static bool AsksOnConsent(SectorSystem system) => RuleBook.Shipped.Rules.Any(rule =>
        rule.Effect == Effect.Permit
        && rule.When.OfType<ConsentCondition>().Any()
        && rule.When.OfType<SystemCondition>().Any(condition => condition.AnyOf.Contains(system.Id)));

    private static RelyingPartyRegistration CitizensPortal(LocalOptions options) => new()
    {
        ClientId = Portal,
        NameVi = "Cổng dịch vụ công của tỉnh",
        NameEn = "Provincial portal",
        RedirectUris = [options.PortalCallback],
        PostLogoutRedirectUris = [options.Portal, options.Portal + "logged-out"],
        Jwks = SystemKeys.PublicKeys(options, Portal),
        // People's own affairs only: nobody does an official's work through a login here.
        Scopes = [.. PersonScopes.All.Except(PersonScopes.Staff)],
    };

    private static RelyingPartyRegistration OfficersCounter(LocalOptions options) => new()
    {
        ClientId = Counter,
        NameVi = "Quầy một cửa",
        NameEn = "One-stop counter",
        RedirectUris = [options.CounterCallback],
        PostLogoutRedirectUris = [options.Portal + "counter/logged-out"],
        // Officials are no citizens here: the portal cannot tell that both are one person.
        Sector = Counter,
        Jwks = SystemKeys.PublicKeys(options, Counter),
        Scopes = [PersonScopes.OpenId, PersonScopes.OfflineAccess, "reports.answer"],
        MinLevel = 2,
        System = CounterSystem,
    };
}
