using System.Collections.Immutable;

namespace Platform.Load.Open.Work;

/// <summary>Who carries out which workload.</summary>
internal static class Works
{
    public static ImmutableDictionary<Workload, IWork> For(LoadOptions options, Parts parts, CancellationToken ended)
    {
        var identity = new IdentityAsking(parts.Target.Identities, options.Retry, parts.Clock.Time, ended);
        IWork Make(Workload workload) => workload switch
        {
            Workload.Consented => new Disclosing(parts, Terms.Consented),
            Workload.Lawful => new Disclosing(parts, Terms.Lawful),
            Workload.Pushed => new Disclosing(parts, Terms.Pushed),
            Workload.Change => new Consenting(parts),
            Workload.Push => new Pushing(parts),
            Workload.Ledger => new Reading(parts, ledger: true),
            Workload.Accesses => new Reading(parts, ledger: false),
            Workload.Login => new LoggingIn(parts.Target, identity, ended),
            _ => new TokenTaking(parts.Target, identity, options.Patience, ended),
        };
        return options.Mix.Weights.Select(one => one.Workload).ToImmutableDictionary(workload => workload, Make);
    }
}
