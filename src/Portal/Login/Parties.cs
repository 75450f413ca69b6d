using Microsoft.Extensions.Options;

namespace Platform.Portal.Login;

/// <summary>A name under which the identity server knows the portal, and the key that proves it.</summary>
record Registration(string ClientId, ClientKey Key);

/// <summary>A relying party: who logs in through it, with which rights, and where its pages begin.</summary>
sealed record Party(string Name, string ClientId, ClientKey Key, string Scope, string Root) : Registration(ClientId, Key)
{
    public const string Citizen = "citizen";
    public const string Counter = "counter";

    public string LoginPath => Root + "login";

    /// <summary>Where the identity server sends the browser with a code.</summary>
    public string CallbackPath => Root + "signed-in";

    public string LogoutPath => Root + "logout";

    /// <summary>Where the identity server sends the browser after logout.</summary>
    public string LoggedOutPath => Root + "logged-out";

    public string EndedPath => Root + "session-ended";

    /// <summary>The first page after login.</summary>
    public string HomePath => Name == Citizen ? "/overview" : "/counter";
}

/// <summary>The portal's registrations: the citizens' one and, where there is a counter, the officers'.</summary>
sealed class Parties
{
    public const string Level2 = "urn:vn:eid:level:2";
    const string CitizenScope = "openid offline_access me.read me.consents me.write me.account";
    const string CounterScope = "openid offline_access reports.answer";

    public Parties(IOptions<PortalOptions> options)
    {
        var portal = options.Value;
        Citizen = new Party(Party.Citizen, portal.ClientId!, new ClientKey(portal.KeyFile!), CitizenScope, "/");
        Counter = portal.Counter is { } counter
            ? new Party(Party.Counter, counter.ClientId!, new ClientKey(counter.KeyFile!), CounterScope, "/counter/")
            : null;
        System = portal.Counter is { } desk ? new Registration(desk.System!, new ClientKey(desk.SystemKeyFile!)) : null;
    }

    public Party Citizen { get; }

    public Party? Counter { get; }

    /// <summary>The sector system that asks in the name of officers.</summary>
    public Registration? System { get; }

    public IEnumerable<Party> All => Counter is null ? [Citizen] : [Citizen, Counter];

    public Party Find(string name) => All.First(party => party.Name == name);
}
