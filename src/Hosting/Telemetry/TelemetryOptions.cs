using System.ComponentModel.DataAnnotations;

namespace Platform.Hosting.Telemetry;

/// <summary>What a process tells its operators; section <c>Telemetry</c>. Without settings it measures nothing and sends nothing.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>The port for <c>/metrics</c> and health and nothing else, on all addresses; without it there are no metrics.</summary>
    [Range(1, 65535, ErrorMessage = "Set Telemetry:Port to a port from 1 to 65535, or leave it out.")]
    public int? Port { get; set; }

    /// <summary>The share of traces that is kept, where traces are sent anywhere.</summary>
    [Range(0, 1, ErrorMessage = "Set Telemetry:TraceRatio to a share from 0 to 1, for instance 0.01.")]
    public double TraceRatio { get; set; } = 0.01;
}
