using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Platform.Portal.Login;

namespace Platform.Portal.Sessions;

/// <summary>Knows a person by the session in the browser's cookie, and sends whoever has none to log in; the scheme's name is the party's.</summary>
sealed class SessionScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logging, UrlEncoder encoder, Parties parties, SessionDesk sessions, SessionEnd end)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logging, encoder)
{
    Absence _absence;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        (var session, _absence) = await sessions.Find(Context, parties.Find(Scheme.Name));
        if (session is null)
        {
            return AuthenticateResult.NoResult();
        }
        var person = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, session.Name ?? "")], Scheme.Name));
        return AuthenticateResult.Success(new AuthenticationTicket(person, Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceAsync();
        await (await end.AskToLogIn(Context, parties.Find(Scheme.Name), _absence)).ExecuteAsync(Context);
    }
}
