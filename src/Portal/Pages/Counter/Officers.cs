using Platform.Portal.Api;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Sessions;

namespace Platform.Portal.Pages.Counter;

/// <summary>Whether somebody who is logged in may work at the counter.</summary>
public enum Standing
{
    /// <summary>An officer of the one-stop counter.</summary>
    Officer,

    /// <summary>The account does not have the role.</summary>
    NoRole,

    /// <summary>The account is not of level 2 any more.</summary>
    LevelTooLow,
}

/// <summary>
/// Asks the API whether an account has the officers' role at this moment. It is asked again before each dossier, because the token with which the sector
/// system acts for an officer says nothing of roles.
/// </summary>
sealed class Officers(ApiClient api)
{
    public async Task<Standing> StandingOf(PortalSession session, CancellationToken ct)
    {
        try
        {
            var answer = await api.For(session, ct).Get<OfficerRole>("v1/reports/role");
            // Whoever has no role at all is no staff to the API.
            return answer.Problem?.Code is "token.role-missing" or "token.wrong-kind" ? Standing.NoRole
                : answer.Require().Role == Procedure.Role ? Standing.Officer
                : Standing.NoRole;
        }
        catch (ApiFaultException fault) when (fault.Fault == ApiFault.LevelTooLow)
        {
            return Standing.LevelTooLow;
        }
    }
}
