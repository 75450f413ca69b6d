using Platform.Identity.Pages.Shell;
using Platform.Identity.Sessions;

namespace Platform.Identity.Pages.Asking;

/// <summary>Lets only the person answer who has authenticated for the very request.</summary>
sealed class AskingDoor(BrowserSessions sessions)
{
    public async Task<IResult?> Open(Visit visit)
    {
        var interaction = visit.Interaction;
        visit.Current = await sessions.Current(visit.Http);
        if (interaction.Cancelled)
        {
            return visit.GoOn(Addresses.Continue);
        }
        if (visit.Current is { } current && (interaction.AuthenticatedSession is not { } session || session == current.Session.Id))
        {
            return null;
        }
        await visit.Save(interaction with { AuthenticatedSession = null, Login = null });
        return visit.GoOn(Addresses.Login);
    }
}
