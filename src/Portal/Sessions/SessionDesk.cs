using Microsoft.Extensions.Options;
using Platform.Portal.Login;

namespace Platform.Portal.Sessions;

/// <summary>The browser's sessions, one for each party: reads them, keeps their tokens fresh, and ends them.</summary>
sealed class SessionDesk(SafeCookies cookies, TokenRefresh refresh, IOptions<PortalOptions> options, TimeProvider clock)
{
    static readonly TimeSpan Ahead = TimeSpan.FromSeconds(45);
    static readonly TimeSpan Rewrite = TimeSpan.FromMinutes(1);

    /// <summary>The session as the cookie has it, if its time is not over; asks nobody.</summary>
    public PortalSession? Peek(HttpContext context, Party party) =>
        context.Features.Get<Current>() is { Session: { } current } && current.Party == party.Name ? current
        : cookies.Read<PortalSession>(context, Cookie(party)) is { } session && session.Party == party.Name && session.IdleEnds > clock.GetUtcNow() ? session
        : null;

    /// <summary>The session with tokens that are good for this request, or why there is none.</summary>
    public async Task<(PortalSession? Session, Absence Absence)> Find(HttpContext context, Party party)
    {
        var now = clock.GetUtcNow();
        if (cookies.Read<PortalSession>(context, Cookie(party)) is not { } session || session.Party != party.Name)
        {
            return (null, Absence.None);
        }
        if (session.IdleEnds <= now)
        {
            return (null, Absence.Idle);
        }
        if (session.AccessEnds - Ahead <= now)
        {
            try
            {
                if (await refresh.Renew(party, session, context.RequestAborted) is not { } renewed)
                {
                    Forget(context, party);
                    return (null, Absence.Lost);
                }
                session = renewed with { Written = default };
            }
            // While the token in hand is good, nobody needs to notice.
            catch (IdentityUnavailableException) when (session.AccessEnds > now)
            {
            }
        }
        if (now - session.Written >= Rewrite)
        {
            session = Write(context, party, session);
        }
        context.Features.Set(new Current(session));
        return (session, Absence.None);
    }

    /// <summary>Keeps a session from this click on.</summary>
    public PortalSession Write(HttpContext context, Party party, PortalSession session)
    {
        var now = clock.GetUtcNow();
        var kept = session with { Written = now, IdleEnds = now.AddMinutes(options.Value.IdleMinutes) };
        if (!cookies.Write(context, Cookie(party), kept))
        {
            throw new InvalidOperationException("The tokens of a session are too long for cookies.");
        }
        context.Features.Set(new Current(kept));
        return kept;
    }

    public void Forget(HttpContext context, Party party)
    {
        cookies.Delete(context, Cookie(party));
        context.Features.Set(new Current(null));
    }

    /// <summary>The session of this request, if a page asked for one.</summary>
    public static PortalSession? Of(HttpContext context) => context.Features.Get<Current>()?.Session;

    static string Cookie(Party party) => $"portal-{party.Name}";

    sealed record Current(PortalSession? Session);
}

/// <summary>Why nobody is logged in.</summary>
enum Absence
{
    /// <summary>There was no session.</summary>
    None,

    /// <summary>Nobody clicked for too long.</summary>
    Idle,

    /// <summary>The identity server no longer renews its tokens.</summary>
    Lost,
}
