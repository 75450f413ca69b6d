using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;
using Platform.Api;
using Platform.Hosting.Telemetry;
using Platform.Tests.Api;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Observability;

/// <summary>One disclosure from the API to the database, as it is sent to a collector of traces.</summary>
public sealed partial class DisclosureTraceTests(PostgresServer postgres) : KernelTest(postgres)
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_disclosure_is_one_trace_from_the_API_to_the_ledger_and_names_nobody(DatabaseKind kind)
    {
        var (spans, ledger) = await Traced(kind, fault: false);

        var trace = spans.Where(span => span.TraceId.ToHexString() == TraceId).ToArray();
        Assert.Equal(2, ledger);
        Assert.Equal("POST /v1/disclosures/", Assert.Single(trace, span => span.Kind == ActivityKind.Server && span.Source.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)).DisplayName);
        Assert.Contains(trace, span => span.Kind == ActivityKind.Server && span.DisplayName.EndsWith("/Disclose", StringComparison.Ordinal));
        var decide = Assert.Single(trace, span => span.DisplayName == "decide");
        Assert.Equal([KeyValuePair.Create("platform.outcome", (string?)"permitted")], decide.Tags);
        var commit = Assert.Single(trace, span => span.DisplayName == "ledger commit");
        Assert.Equal(1, commit.GetTagItem("platform.entries"));
        Assert.Equal(kind == DatabaseKind.Postgres, trace.Any(span => span.Source.Name == "Npgsql" && span.ParentSpanId == commit.SpanId));
        NamesNobody(spans);
    }

    [Theory, EachDatabase]
    public async Task A_fault_on_the_way_names_nobody_either(DatabaseKind kind)
    {
        var (spans, ledger) = await Traced(kind, fault: true);

        Assert.Equal(1, ledger);
        var commit = spans.Where(span => span.TraceId.ToHexString() == TraceId && span.DisplayName == "ledger commit").ToArray();
        Assert.NotEmpty(commit);
        Assert.All(commit, span => Assert.Equal(typeof(IOException).FullName, span.GetTagItem("error.type")));
        NamesNobody(spans);
    }

    private async Task<(Activity[] Spans, int Entries)> Traced(DatabaseKind kind, bool fault)
    {
        var citizen = Person.Id(1);
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1, Person.Consent()));
        var silo = await province.Start(null, ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector.invalid"));
        if (fault)
        {
            silo.Faults.Append = (entries, _) => throw new IOException($"Key (subject)=({entries[0].Subject}) of {Person.Record(1).Attribute(Person.Name)}");
        }

        var spans = new List<Activity>();
        var systems = new TestIssuer("https://systems.test/");
        var api = ApiHost.Build([], builder =>
        {
            builder.WebHost.UseTestServer();
            ApiServer.Configure(builder, new FakeGrains(), systems, new TestIssuer("https://people.test/"));
            builder.Services.AddSingleton(silo.Services.GetRequiredService<IGrainFactory>());
            builder.Services.AddPlatformTraces(1, traces => traces.AddInMemoryExporter(spans));
        });
        await using (api)
        {
            await api.StartAsync(Ct);
            using var client = api.GetTestClient();
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/disclosures");
            request.Headers.Authorization = new("Bearer", systems.System(Person.System, "disclosures.request"));
            request.Headers.Add("traceparent", $"00-{TraceId}-b7ad6b7169203331-01");
            request.Headers.Add("tracestate", $"vendor={citizen.Reveal()}");
            request.Headers.Add("baggage", $"citizen={citizen.Reveal()}");
            request.Headers.TryAddWithoutValidation("User-Agent", citizen.Reveal());
            request.Content = new StringContent(
                $$"""{"subject":{"personalId":"{{citizen.Reveal()}}"},"purpose":"{{Person.Purpose}}","attributes":["{{Person.Name}}"]}""", null, "application/json");
            using var answer = await client.SendAsync(request, Ct);
            Assert.Equal(fault ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK, answer.StatusCode);
            using var lost = await client.GetAsync(new Uri($"/v1/people/{citizen.Reveal()}?citizen={citizen.Reveal()}", UriKind.Relative), Ct);
            await silo.Stop();
        }

        return ([.. spans], (await province.Ledger(citizen)).Count);
    }

    private static void NamesNobody(Activity[] spans)
    {
        Assert.NotEmpty(spans);
        foreach (var span in spans)
        {
            string?[] texts =
            [
                span.DisplayName, span.StatusDescription, span.TraceStateString,
                .. span.TagObjects.SelectMany(tag => new[] { tag.Key, $"{tag.Value}" }),
                .. span.Baggage.SelectMany(item => new[] { item.Key, item.Value }),
                .. span.Events.SelectMany(happened => happened.Tags.Select(tag => $"{tag.Value}").Append(happened.Name)),
                .. span.Links.SelectMany(link => (link.Tags ?? []).Select(tag => $"{tag.Value}").Append(link.Context.TraceState)),
            ];
            Assert.DoesNotContain(texts, text => text is not null && (TwelveDigits().IsMatch(text) || text.Contains("NGUYỄN", StringComparison.OrdinalIgnoreCase)));
        }
    }

    [GeneratedRegex("[0-9]{12}")]
    private static partial Regex TwelveDigits();
}
