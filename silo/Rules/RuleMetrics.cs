using System.Diagnostics.Metrics;

namespace Platform.Silo.Rules;

/// <summary>What operators see of the rule book's lease and of the quotas of systems.</summary>
internal sealed class RuleMetrics
{
    private readonly Meter _meter;
    private readonly Counter<int> _chunks;
    private readonly Counter<int> _exhausted;

    public RuleMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(SiloHost.Telemetry);
        _chunks = _meter.CreateCounter<int>("platform.quota.taken", "{release}", "Releases that this silo took out of a system's quota of the day, to give away.");
        _exhausted = _meter.CreateCounter<int>("platform.quota.exhausted", "{request}", "Requests that found the system's quota of the day used up.");
    }

    /// <summary>Gives nothing as long as nothing was ever confirmed.</summary>
    public void WatchLease(Func<TimeSpan?> age, TimeSpan lease)
    {
        _meter.CreateObservableGauge(
            "platform.rules.lease.age",
            () => age() is { } since ? [new Measurement<double>(since.TotalSeconds)] : Array.Empty<Measurement<double>>(),
            "s",
            "Time since it was confirmed which rule book is current; at the lease's length decisions stop.");
        _meter.CreateObservableGauge("platform.rules.lease.length", () => lease.TotalSeconds, "s", "The lease as configured.");
    }

    public void Taken(string system, int releases) => _chunks.Add(releases, new KeyValuePair<string, object?>("system", system));

    public void Exhausted(string system) => _exhausted.Add(1, new KeyValuePair<string, object?>("system", system));
}
