using System.Diagnostics;
using OpenTelemetry;
using Platform.Hosting.Logging;

namespace Platform.Hosting.Telemetry;

/// <summary>
/// Stands before every exporter of traces. A span keeps the attributes that are listed here and no other: frameworks add keys of grains, which are
/// personal numbers, paths, addresses and messages of exceptions. What cannot be taken off a span, texts of its events and links, keeps it from being sent.
/// </summary>
sealed class SafeSpans : BaseProcessor<Activity>
{
    // Names, kinds and counts that come from code and configuration, never from a request's content.
    static readonly string[] Kept =
    [
        "http.request.method", "http.response.status_code", "http.route", "url.scheme", "network.protocol.version", "server.address", "server.port",
        "rpc.system", "rpc.service", "rpc.method", "db.system.name", "db.namespace", "db.operation.name", "db.response.status_code", "error.type",
        "platform.outcome", "platform.entries",
    ];

    public override void OnEnd(Activity data)
    {
        if (data.Events.Any(happened => happened.Tags.Any()) || data.Links.Any(link => link.Tags?.Any() == true))
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }

        foreach (var (name, value) in data.TagObjects.ToArray())
        {
            data.SetTag(name, Kept.Contains(name) ? Mask(value) : null);
        }

        foreach (var (name, _) in data.Baggage.ToArray())
        {
            data.SetBaggage(name, null);
        }

        data.DisplayName = LogMask.Apply(data.DisplayName);
        data.TraceStateString = null;
        data.SetStatus(data.Status);
    }

    static object? Mask(object? value) => value is string text ? LogMask.Apply(text) : value;
}
