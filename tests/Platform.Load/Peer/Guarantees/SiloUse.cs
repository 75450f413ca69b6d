using System.Runtime;

namespace Platform.Load.Peer.Guarantees;

/// <summary>What a test silo has used: heap after a full collection, working set, and commands sent to the database so far.</summary>
internal sealed record SiloUse(long Heap, long WorkingSet, long Commands)
{
    public const string Path = "/test/use";

    public static SiloUse Now(long commands)
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return new SiloUse(GC.GetTotalMemory(forceFullCollection: false), Environment.WorkingSet, commands);
    }
}
