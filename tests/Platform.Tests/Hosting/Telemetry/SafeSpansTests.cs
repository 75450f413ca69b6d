using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Platform.Hosting.Telemetry;
using Xunit;

namespace Platform.Tests.Hosting.Telemetry;

/// <summary>Whatever a framework or a mistake puts on a span: what names a person does not leave the process.</summary>
public sealed class SafeSpansTests : IDisposable
{
    const string Number = "067200012345";
    const string Token = "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsxIn0.eyJpc3MiOiJiaHhoIiwic3ViIjoiYmh4aCJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ";

    readonly ActivitySource _source = new(Guid.NewGuid().ToString());
    readonly List<Activity> _exported = [];
    readonly TracerProvider _traces;

    public SafeSpansTests() => _traces = Sdk.CreateTracerProviderBuilder()
        .AddSource(_source.Name)
        .AddProcessor(new SafeSpans())
        .AddInMemoryExporter(_exported)
        .Build();

    public void Dispose()
    {
        _traces.Dispose();
        _source.Dispose();
    }

    [Theory]
    [InlineData("rpc.orleans.target_id", "citizen/" + Number)]
    [InlineData("rpc.orleans.source_id", "citizen/" + Number)]
    [InlineData("orleans.grain.id", "citizen/" + Number)]
    [InlineData("exception.message", "Key (subject)=(" + Number + ") exists")]
    [InlineData("exception.stacktrace", "at NGUYỄN VĂN A")]
    [InlineData("url.path", "/people/A")]
    [InlineData("url.query", "?name=A")]
    [InlineData("url.full", "https://a/?name=A")]
    [InlineData("user_agent.original", "A")]
    [InlineData("client.address", "192.0.2.1")]
    [InlineData("db.query.text", "SELECT 1")]
    [InlineData("enduser.id", "A")]
    public void An_attribute_that_is_not_known_to_be_harmless_is_taken_off(string name, string value)
    {
        _source.StartActivity("work")!.SetTag(name, value).SetTag("rpc.method", "Disclose").Stop();

        Assert.Equal([KeyValuePair.Create<string, object?>("rpc.method", "Disclose")], Assert.Single(_exported).TagObjects);
    }

    [Fact]
    public void What_a_kept_attribute_or_a_name_may_hold_is_masked_like_a_log()
    {
        var span = _source.StartActivity($"citizen {Number}")!;
        span.DisplayName = $"GET /people/{Number}";
        span.SetTag("http.route", $"/people/{Number}").SetTag("error.type", Token).SetTag("http.response.status_code", 500).Stop();

        var exported = Assert.Single(_exported);
        Assert.Equal("GET /people/067*****2345", exported.DisplayName);
        Assert.Equal(["/people/067*****2345", "[token]", 500], exported.TagObjects.Select(tag => tag.Value));
    }

    [Fact]
    public void Baggage_state_and_the_text_of_a_fault_are_taken_off()
    {
        var span = _source.StartActivity("work")!;
        span.TraceStateString = $"vendor={Number}";
        span.SetBaggage("citizen", Number).SetStatus(ActivityStatusCode.Error, $"no {Number}").Stop();

        var exported = Assert.Single(_exported);
        Assert.Equal((ActivityStatusCode.Error, null, null), (exported.Status, exported.StatusDescription, exported.TraceStateString));
        Assert.Empty(exported.Baggage);
    }

    [Fact]
    public void A_span_whose_events_or_links_bring_texts_along_is_not_sent()
    {
        var failed = _source.StartActivity("failed")!;
        failed.AddException(new InvalidOperationException(Number)).Stop();
        _source.StartActivity("linked", ActivityKind.Internal, default(ActivityContext), links: [new(failed.Context, new() { ["citizen"] = Number })])!.Stop();
        _source.StartActivity("other")!.AddEvent(new("first-response")).Stop();

        Assert.Equal(["other"], _exported.Select(span => span.OperationName));
    }
}
