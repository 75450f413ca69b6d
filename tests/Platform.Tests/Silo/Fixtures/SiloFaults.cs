using System.Collections.Concurrent;
using Orleans.Storage;
using Platform.Domain.Ledger;
using Platform.Silo.Ledger;

namespace Platform.Tests.Silo.Fixtures;

/// <summary>What may go wrong below a silo. The functions stand around the real operation, which they may call or not.</summary>
internal sealed class SiloFaults
{
    /// <summary>Stands around the append of a batch.</summary>
    public Func<IReadOnlyList<LedgerEntry>, Func<Task<AppendedBatch>>, Task<AppendedBatch>>? Append { get; set; }

    /// <summary>Runs after a record was read and before the grain gets to see it.</summary>
    public Func<Task>? RecordRead { get; set; }

    /// <summary>If set, is given the name of each call of a grain and of each write of an account, in their order.</summary>
    public ConcurrentQueue<string>? Trace { get; set; }

    /// <summary>Runs after a record was written and before the grain knows.</summary>
    public Func<Task>? RecordWritten { get; set; }
}

internal sealed class FaultyAppender(ILedgerAppender inner, SiloFaults faults) : ILedgerAppender
{
    public Task<int> OpenLane(CancellationToken cancellation) => inner.OpenLane(cancellation);

    public Task<AppendedBatch> Append(int lane, long batch, byte[] previousDigest, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation)
    {
        Task<AppendedBatch> Real() => inner.Append(lane, batch, previousDigest, entries, cancellation);
        return faults.Append is { } fault ? fault(entries, Real) : Real();
    }
}

internal sealed class TracedCalls(SiloFaults faults) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod?.DeclaringType?.Assembly == typeof(Platform.Contracts.IEidAccountGrain).Assembly)
        {
            faults.Trace?.Enqueue(context.InterfaceMethod.Name);
        }

        return context.Invoke();
    }
}

internal sealed class FaultyStorage(IGrainStorage inner, SiloFaults faults) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await inner.ReadStateAsync(stateName, grainId, grainState);
        if (faults.RecordRead is { } fault)
        {
            await fault();
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        faults.Trace?.Enqueue($"write {stateName}");
        await inner.WriteStateAsync(stateName, grainId, grainState);
        if (faults.RecordWritten is { } fault)
        {
            await fault();
        }
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);

    public void Participate(ISiloLifecycle lifecycle) => ((ILifecycleParticipant<ISiloLifecycle>)inner).Participate(lifecycle);
}
