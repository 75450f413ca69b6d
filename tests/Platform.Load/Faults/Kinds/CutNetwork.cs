namespace Platform.Load.Faults.Kinds;

/// <summary>A silo's packets to and from the database, or the other silo, vanish; nobody is told.</summary>
internal sealed class CutNetwork(string name, string what, FaultTerms terms, bool fromDatabase) : IFault
{
    public string Name => name;

    public string What => what;

    public FaultTerms Terms => terms;

    public Task Begin(FaultSite site, CancellationToken cancellation) => fromDatabase
        ? site.Laboratory.Cut(0, site.Laboratory.Database, site.Stack.Postgres.Port, cancellation)
        : site.Laboratory.Cut(0, site.Laboratory.Silo(1), null, cancellation);

    public Task End(FaultSite site, CancellationToken cancellation) => site.Laboratory.Heal(0, cancellation);
}
