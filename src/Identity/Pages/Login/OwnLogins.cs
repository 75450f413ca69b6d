using Platform.Identity.Interactions;
using Platform.Identity.Pages.Shell;

namespace Platform.Identity.Pages.Login;

/// <summary>Logins for this server's own pages.</summary>
sealed class OwnLogins(InteractionStore interactions, TimeProvider clock)
{
    /// <summary>Sends the person to log in, and back to a page of ours.</summary>
    public async Task<IResult> Start(Visit visit, string returnPath, int level = 1, bool again = false)
    {
        var now = clock.GetUtcNow();
        var started = await interactions.Start(
            visit.Http,
            new Interaction
            {
                ClientId = "",
                ClientName = visit.T("Trang tài khoản của bạn", "Your account page"),
                Language = visit.Language,
                NeededLevel = level,
                Reauthenticate = again,
                Parameters = "",
                ReturnPath = Addresses.IsLocal(returnPath) ? returnPath : Addresses.Account,
                CreatedAt = now,
                ExpiresAt = now + InteractionStore.Lifetime,
            },
            visit.Ct);
        return Visit.Go(Addresses.With(Addresses.Login, started.Handle));
    }
}
