using Platform.Load.Faults.Kinds;

namespace Platform.Load.Faults;

/// <summary>All faults, in the order in which they have their turn.</summary>
internal static class Catalogue
{
    /// <summary>The most telling of them, for a short run.</summary>
    private static readonly string[] Telling = ["split-brain", "silo-killed", "database-killed", "requests-repeated", "rolling-restart"];

    /// <summary>With <paramref name="older"/>, the folder of another version, its upgrade comes first: the stack begins with that version.</summary>
    public static IReadOnlyList<IFault> All(int seed, string? older = null) =>
    [
        .. older is null ? Array.Empty<IFault>() : [new Upgrade(older)],
        new Killed("silo-killed", "kill -9 of a silo", FaultTerms.Of(15, 8, 30), stack => stack.Silos[0]),
        new Killed("api-killed", "kill -9 of an API", FaultTerms.Of(10, 5, 10), stack => stack.Apis[0]),
        new Killed("identity-killed", "kill -9 of an identity server", FaultTerms.Of(10, 5, 10), stack => stack.Identities[0]),
        new DatabaseRestarted(),
        new DatabaseKilled(),
        new Frozen(),
        new CutNetwork("cut-from-database", "no packet between a silo and the database", FaultTerms.Of(25, 12, 60), fromDatabase: true),
        new CutNetwork("cut-between-silos", "no packet between the silos", FaultTerms.Of(25, 12, 60), fromDatabase: false),
        new SplitBrain(),
        new ClockAhead(),
        new SlowDisk(),
        new FullDisk(),
        new Repeated(seed),
        new RollingRestart(),
    ];

    public static IEnumerable<IFault> Short(int seed) => All(seed).Where(fault => Telling.Contains(fault.Name));
}
