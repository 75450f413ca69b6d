using Platform.Load.Stack;

namespace Platform.Load.Faults.Kinds;

/// <summary>A program is taken away at once, as <c>kill -9</c> does, and started again after a while.</summary>
internal sealed class Killed(string name, string what, FaultTerms terms, Func<ProvinceStack, StackProcess> victim) : IFault
{
    public string Name => name;

    public string What => what;

    public FaultTerms Terms => terms;

    public Task Begin(FaultSite site, CancellationToken cancellation)
    {
        site.Supervisor.Hold(victim(site.Stack));
        return victim(site.Stack).Kill(cancellation);
    }

    public Task End(FaultSite site, CancellationToken cancellation)
    {
        site.Supervisor.Release(victim(site.Stack));
        return Task.CompletedTask;
    }
}
