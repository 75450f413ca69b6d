using Platform.Load.Faults.Ground;
using Platform.Load.Stack;

namespace Platform.Load.Faults;

/// <summary>What faults are done to.</summary>
/// <param name="Stack">The processes.</param>
/// <param name="Laboratory">Networks and disk.</param>
/// <param name="Supervisor">Whoever starts again what has ended.</param>
/// <param name="Hold">How long this fault lasts.</param>
internal sealed record FaultSite(ProvinceStack Stack, Laboratory Laboratory, Supervisor Supervisor, TimeSpan Hold)
{
    /// <summary>How long a process serves before the next one leaves, as an orchestrator waits.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    /// <summary>Processes leave politely and come back, one after the other.</summary>
    public async Task RestartInTurn(IEnumerable<StackProcess> processes, CancellationToken cancellation)
    {
        foreach (var process in processes)
        {
            Supervisor.Hold(process);
            if (await process.Interrupt(cancellation) is var exit and not 0)
            {
                throw new StackException($"{process.Name} was told to leave and ended with {exit}.");
            }

            await process.Start(cancellation);
            Supervisor.Release(process);
            await Task.Delay(Settled, TimeProvider.System, cancellation);
        }
    }
}
