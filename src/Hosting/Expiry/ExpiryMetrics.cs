using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace Platform.Hosting.Expiry;

/// <summary>One gauge for everything that expires: seconds that are left, below zero once it is too late.</summary>
public sealed class ExpiryMetrics : IHostedService
{
    public const string MeterName = "Platform.Hosting";
    public const string GaugeName = "platform.expires_in";

    readonly IEnumerable<Expiring> _expiring;
    readonly IServiceProvider _services;
    readonly TimeProvider _clock;

    public ExpiryMetrics(IEnumerable<Expiring> expiring, IServiceProvider services, IMeterFactory meters, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(meters);
        (_expiring, _services, _clock) = (expiring, services, clock);
        // The factory ends its meters.
        meters.Create(MeterName).CreateObservableGauge(GaugeName, Measure, "s", "Time that is left until something must have been renewed.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    IEnumerable<Measurement<double>> Measure() => _expiring
        .Select(one => (one.What, At: one.At(_services)))
        .Where(one => one.At is not null)
        .Select(one => new Measurement<double>((one.At!.Value - _clock.GetUtcNow()).TotalSeconds, new KeyValuePair<string, object?>("what", one.What)));
}
