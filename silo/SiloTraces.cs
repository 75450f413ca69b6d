using System.Diagnostics;

namespace Platform.Silo;

/// <summary>The silo's own spans: what is decided and what is written. No span is made of what nobody samples, and none says about whom it is.</summary>
internal sealed class SiloTraces : IDisposable
{
    private readonly ActivitySource _source = new(SiloHost.Telemetry);

    /// <summary>Deciding about one request.</summary>
    public Activity? Decide() => _source.StartActivity("decide");

    /// <summary>One commit for many requests: in the trace of the first that is sampled, linked with the others.</summary>
    public Activity? Commit(IReadOnlyList<Activity> requests, int entries)
    {
        if (requests.Count == 0)
        {
            return null;
        }

        var batch = _source.StartActivity(
            ActivityKind.Internal, requests[0].Context, links: requests.Skip(1).Select(request => new ActivityLink(request.Context)), name: "ledger commit");
        return batch?.SetTag("platform.entries", entries);
    }

    public void Dispose() => _source.Dispose();
}
