namespace Platform.Load.Faults.Kinds;

/// <summary>One silo's wall clock is twenty seconds ahead of everybody's, which is within what is allowed; its monotonic clock is right.</summary>
internal sealed class ClockAhead : IFault
{
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(20);
    private static readonly string[] Names = ["LD_PRELOAD", "FAKETIME", "DONT_FAKE_MONOTONIC"];

    public string Name => "clock-ahead";

    public string What => "one silo's clock 20 s ahead";

    public FaultTerms Terms { get; } = FaultTerms.Of(30, 10, 10);

    public string? Missing() => Library() is null ? "libfaketime (package faketime)" : null;

    public Task Prepare(FaultSite site, CancellationToken cancellation)
    {
        var settings = site.Stack.Silos[0].Settings;
        foreach (var (name, value) in Names.Zip([Library()!, $"+{Ahead.TotalSeconds}s", "1"]))
        {
            settings[name] = value;
        }

        return Again(site, cancellation);
    }

    // It is all in how the silo was started.
    public Task Begin(FaultSite site, CancellationToken cancellation) => Task.CompletedTask;

    public Task End(FaultSite site, CancellationToken cancellation) => Task.CompletedTask;

    public async Task Restore(FaultSite site, CancellationToken cancellation)
    {
        foreach (var name in Names)
        {
            site.Stack.Silos[0].Settings.Remove(name);
        }

        await Again(site, cancellation);

        // By their instants entries are told to belong to a run: until everybody's clock has passed the last of these, they would be taken for the next one's.
        await Task.Delay(Ahead, TimeProvider.System, cancellation);
    }

    private static async Task Again(FaultSite site, CancellationToken cancellation)
    {
        var silo = site.Stack.Silos[0];
        site.Supervisor.Hold(silo);
        await silo.Interrupt(cancellation);
        await silo.Start(cancellation);
        site.Supervisor.Release(silo);
    }

    private static string? Library() => Directory.Exists("/usr/lib")
        ? Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu").Select(folder => Path.Combine(folder, "faketime", "libfaketime.so.1")).FirstOrDefault(File.Exists)
        : null;
}
