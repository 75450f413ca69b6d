using Platform.Identity.Clients;
using Platform.Identity.RelyingParties;
using Register = Platform.Identity.RelyingParties.RelyingParties;

namespace Platform.Identity.Admin;

/// <summary>What administrators do with sector systems and relying parties.</summary>
static class ClientRoutes
{
    const int MostActs = 500;

    public static void MapClientAdministration(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/admin").RequireAuthorization(AdminPolicies.Clients);
        group.MapGet("/systems", async (SectorClients clients, CancellationToken ct) => TypedResults.Ok(await clients.List(ct)));
        group.MapGet("/relying-parties", async (Register parties, CancellationToken ct) => TypedResults.Ok(await parties.List(ct)));
        group.MapPut("/systems", (SectorClientRegistration body, AdminCaller caller, SectorClients clients, AdminAudit audit, CancellationToken ct) =>
            Change(caller, "system.register", body.ClientId, audit, () => clients.Register(body, ct), ct));
        group.MapPut("/relying-parties", (RelyingPartyRegistration body, AdminCaller caller, Register parties, AdminAudit audit, CancellationToken ct) =>
            Change(caller, "relying-party.register", body.ClientId, audit, () => parties.Register(body, ct), ct));
        group.MapPost("/clients/{clientId}/disable", (string clientId, AdminCaller caller, SectorClients clients, AdminAudit audit, CancellationToken ct) =>
            SetEnabled(caller, clientId, false, clients, audit, ct));
        group.MapPost("/clients/{clientId}/enable", (string clientId, AdminCaller caller, SectorClients clients, AdminAudit audit, CancellationToken ct) =>
            SetEnabled(caller, clientId, true, clients, audit, ct));
        group.MapGet("/audit", async (AdminAudit audit, CancellationToken ct, string after = "", int count = 100) =>
            TypedResults.Ok(await audit.Read(after, Math.Clamp(count, 1, MostActs), ct)));
    }

    static async Task<IResult> Change(AdminCaller caller, string action, string target, AdminAudit audit, Func<Task> change, CancellationToken ct)
    {
        try
        {
            await change();
        }
        catch (RegistrationRefusedException refusal)
        {
            await audit.Keep(caller, action, target[..Math.Min(target.Length, 64)], AdminAnswers.RegistrationRefused, ct);
            return AdminAnswers.Refuse(AdminAnswers.RegistrationRefused, refusal.Message);
        }
        await audit.Keep(caller, action, target, null, ct);
        return TypedResults.NoContent();
    }

    static async Task<IResult> SetEnabled(AdminCaller caller, string clientId, bool enabled, SectorClients clients, AdminAudit audit, CancellationToken ct)
    {
        var refusal = await clients.SetEnabled(clientId, enabled, ct) ? null : AdminAnswers.ClientUnknown;
        await audit.Keep(caller, enabled ? "client.enable" : "client.disable", clientId[..Math.Min(clientId.Length, 64)], refusal, ct);
        return refusal is null ? TypedResults.NoContent() : AdminAnswers.Refuse(refusal);
    }
}
