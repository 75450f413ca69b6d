using Platform.Portal.Sessions;

namespace Platform.Portal.Login;

/// <summary>A login that this browser began and has not ended; only the browser knows it.</summary>
sealed record PendingLogin
{
    public required string Party { get; init; }

    public required string State { get; init; }

    public required string Nonce { get; init; }

    /// <summary>PKCE.</summary>
    public required string Verifier { get; init; }

    /// <summary>The key to which the code is bound.</summary>
    public required string Key { get; init; }

    /// <summary>Where to go on.</summary>
    public required string Return { get; init; }

    /// <summary>True if the person was not to be asked.</summary>
    public bool Silent { get; init; }
}

/// <summary>Pending logins, each in a cookie of its own, because people open several tabs.</summary>
sealed class PendingLogins(SafeCookies cookies)
{
    const int StateLength = 22;
    const int Most = 4;
    static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    public void Keep(HttpContext context, PendingLogin login)
    {
        var prefix = cookies.Name(Prefix);
        foreach (var old in context.Request.Cookies.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Skip(Most - 1))
        {
            context.Response.Cookies.Delete(old, cookies.Options());
        }
        cookies.Write(context, Prefix + login.State, login, Life);
    }

    /// <summary>The login with this state, which is then no longer pending.</summary>
    public PendingLogin? Take(HttpContext context, string? state, Party party)
    {
        if (state is not { Length: StateLength } || !state.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            return null;
        }
        var login = cookies.Read<PendingLogin>(context, Prefix + state);
        cookies.Delete(context, Prefix + state);
        return login is not null && login.State == state && login.Party == party.Name ? login : null;
    }

    const string Prefix = "portal-login-";
}
