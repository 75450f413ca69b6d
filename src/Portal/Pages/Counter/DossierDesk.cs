using Platform.Portal.Api;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Login;
using Platform.Portal.Sessions;

namespace Platform.Portal.Pages.Counter;

/// <summary>Asks for a dossier's data in the name of an officer, as the one-stop system.</summary>
sealed class DossierDesk(Officers officers, TokenExchange exchange, ApiClient api)
{
    const string Scope = "disclosures.request";

    /// <summary>What was decided; a standing other than officer, or a problem, means that nobody was asked for anything.</summary>
    public async Task<Asked> Ask(PortalSession session, DossierForm form, string proof)
    {
        // Not tied to the request that came first: a second click waits for the same answer.
        var ct = CancellationToken.None;
        if (await officers.StandingOf(session, ct) is var standing and not Standing.Officer)
        {
            return new Asked(standing, null, null);
        }
        var system = await exchange.ActFor(session, Scope, ct);
        var body = new
        {
            subject = new { personalId = form.Number },
            purpose = Procedure.Purpose,
            attributes = form.Attributes.ToArray(),
            predicates = form.Predicates.ToArray(),
            caseReference = form.Case,
            official = new { role = Procedure.Role, unit = form.Unit },
        };
        var (disclosure, problem) = await api.AskOnce<Disclosure>(system, "v1/disclosures", body, proof, ct);
        return problem?.Code == "disclosure.denied"
            ? new Asked(Standing.Officer, ApiClient.Rest<Disclosure>(problem), null)
            : new Asked(Standing.Officer, disclosure, problem);
    }
}

/// <summary>How asking for a dossier's data went.</summary>
sealed record Asked(Standing Standing, Disclosure? Disclosure, ApiProblem? Problem);
