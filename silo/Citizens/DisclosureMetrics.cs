using System.Diagnostics.Metrics;
using Platform.Domain.Sharing;

namespace Platform.Silo.Citizens;

/// <summary>What operators see of disclosures: how many had which outcome for which system, and how long deciding takes.</summary>
internal sealed class DisclosureMetrics
{
    /// <summary>Stands for every system that the rule book does not name: whoever has a token must not be able to make up labels.</summary>
    public const string Unregistered = "unregistered";

    private static readonly InstrumentAdvice<double> DecisionTimes = new() { HistogramBucketBoundaries = [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1] };

    private readonly Counter<int> _disclosures;
    private readonly Histogram<double> _decision;

    public DisclosureMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(SiloHost.Telemetry);
        _disclosures = meter.CreateCounter<int>("platform.disclosures", "{disclosure}", "Requests of sector systems that were decided, recorded and answered.");
        _decision = meter.CreateHistogram("platform.disclosure.decision.duration", "s", "Time to gather the facts and decide, without the ledger.", advice: DecisionTimes);
    }

    /// <summary>Whether times are worth taking.</summary>
    public bool TimesDecisions => _decision.Enabled;

    public void Decided(TimeSpan duration) => _decision.Record(duration.TotalSeconds);

    public void Answered(RuleBook book, string system, Outcome outcome)
    {
        if (_disclosures.Enabled)
        {
            _disclosures.Add(1, new("system", book.System(system)?.Id ?? Unregistered), new("outcome", Name(outcome)));
        }
    }

    public static string Name(Outcome outcome) => outcome switch
    {
        Outcome.Permitted => "permitted",
        Outcome.Denied => "denied",
        _ => "partly-permitted",
    };
}
