using System.Collections.Immutable;
using System.Net;
using Platform.Load.Logins;
using Platform.Load.Open.Work;
using Platform.Load.Stack;

namespace Platform.Load.Open;

/// <summary>A stack of the program's own as a target.</summary>
internal static class StackTarget
{
    /// <summary>The citizens that a run may use, with their place in the stack's list: adults without consents of their own.</summary>
    public static ImmutableArray<StackCitizen> Citizens(ProvinceStack stack) => [.. stack.Citizens.Where(citizen => citizen.IsAdult && citizen.IsFresh)];

    public static async Task<LoadTarget> Of(ProvinceStack stack, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        var login = await ProvinceTarget.Of(http, stack.Issuer, stack.Data, stack.PortalCallback, Terms.Lawful.System, cancellation);
        string[] citizens = [.. Citizens(stack).Select(citizen => citizen.PersonalId.Reveal())];
        return new LoadTarget
        {
            Apis = [.. stack.ApiAddresses.Select(address => new Uri(address))],
            Citizens = [.. citizens],
            PersonToken = citizen => stack.People.Citizen(citizens[citizen]),
            AskToken = (system, identity, stop) => stack.Sectors.Ask(system, stack.IdentityAddresses[identity], stop),
            Identities = stack.IdentityAddresses.Count,
            Login = login with { Instances = [.. stack.IdentityAddresses.Select(address => IPEndPoint.Parse(new Uri(address).Authority))] },
            People = stack.Accounts.Count,
        };
    }
}
