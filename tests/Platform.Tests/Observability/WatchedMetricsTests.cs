using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Platform.Hosting;
using Platform.Hosting.Telemetry;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Observability;

/// <summary>What operators are told to watch is what the code measures, and the other way round.</summary>
public sealed partial class WatchedMetricsTests(PostgresServer postgres) : KernelTest(postgres)
{
    private static readonly string Folder = Path.Combine(Root(), "k8s", "observability");
    private static readonly string Readme = File.ReadAllText(Path.Combine(Folder, "README.md"));
    private static readonly string[] Watching = [File.ReadAllText(Path.Combine(Folder, "alerts.yaml")), File.ReadAllText(Path.Combine(Folder, "dashboard.json"))];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void The_table_names_exactly_the_instruments_that_the_code_makes()
    {
        var made = new[] { "api", "silo", "src" }
            .SelectMany(room => Directory.EnumerateFiles(Path.Combine(Root(), room), "*.cs", SearchOption.AllDirectories))
            .Select(File.ReadAllText)
            .Where(text => text.Contains(nameof(IMeterFactory), StringComparison.Ordinal))
            .SelectMany(text => InstrumentName().Matches(text).Select(match => match.Groups[1].Value))
            .Distinct();

        Assert.Equal(made.Order(StringComparer.Ordinal), Table().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_metric_of_an_alert_or_of_the_dashboard_is_in_the_tables()
    {
        var known = Table().Values.Concat(Framework()).ToArray();

        var watched = Watching.SelectMany(text => MetricName().Matches(text).Select(match => match.Value)).Select(Base).Distinct().ToArray();

        Assert.True(watched.Length > 20);
        Assert.All(watched, name => Assert.Contains(known, metric => metric == name || (metric.EndsWith('*') && name.StartsWith(metric[..^1], StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_alert_has_its_section_in_the_runbook_and_every_section_an_alert()
    {
        var sections = Section().Matches(Readme).Select(match => match.Groups[1].Value.ToLowerInvariant()).Except(["settings", "metrics"]).ToArray();
        var named = RunbookLink().Matches(Watching[0]).Select(match => match.Groups[1].Value).ToArray();

        Assert.Equal(AlertName().Count(Watching[0]), named.Length);
        Assert.Equal(sections.Order(StringComparer.Ordinal), named.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_scraper_sees_the_metrics_under_the_names_of_the_table_and_no_number_of_a_citizen()
    {
        var published = new ConcurrentQueue<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                published.Enqueue(instrument);
            },
        };
        var port = FreePorts.Next();
        var builder = WebApplication.CreateBuilder([$"--Telemetry:Port={port}"]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddPlatformHosting();
        builder.Logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.None);
        await using var watched = builder.Build();
        await watched.StartAsync(Ct);
        listener.Start();
        var province = await NewProvince(DatabaseKind.Sqlite);
        await province.Import(Person.Record(1, Person.Consent()));
        var silo = await province.Start();
        await silo.Sector(Person.Id(1)).Disclose(Person.Call());
        await silo.Sector(Person.Id(1)).Disclose(Person.Call() with { System = "067085000001", Purpose = "067085000001" });

        using var scraper = new HttpClient();
        var scraped = await scraper.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), Ct);

        var table = Table();
        var ours = published.Where(instrument => instrument.Meter.Name.StartsWith(PlatformTelemetry.Names, StringComparison.Ordinal)).ToArray();
        Assert.All(ours, instrument => Assert.Equal(PrometheusName(instrument), table[instrument.Name]));
        var theirs = published
            .Where(instrument => instrument.Meter.Name == PlatformTelemetry.OrleansMeter && PlatformTelemetry.OrleansKept.Contains(instrument.Name))
            .DistinctBy(instrument => instrument.Name)
            .ToArray();
        Assert.Equal(PlatformTelemetry.OrleansKept.Order(StringComparer.Ordinal), theirs.Select(instrument => instrument.Name).Order(StringComparer.Ordinal));
        Assert.All(theirs, instrument => Assert.Contains(PrometheusName(instrument), Framework()));
        var seen = ScrapedName().Matches(scraped).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Empty(seen.Where(name => name.StartsWith("platform_", StringComparison.Ordinal)).Except(table.Values));
        Assert.Superset(
            new HashSet<string>
            {
                "platform_disclosures_total", "platform_disclosure_decision_duration_seconds", "platform_ledger_commit_duration_seconds",
                "platform_ledger_batch_size", "platform_ledger_queue_depth", "platform_rules_lease_age_seconds", "platform_rules_lease_length_seconds",
                "orleans_catalog_activations", "dotnet_process_memory_working_set_bytes",
            },
            seen);
        var counted = scraped.Split('\n').Where(line => line.StartsWith("platform_disclosures_total{", StringComparison.Ordinal)).ToArray();
        Assert.Contains(counted, line => line.Contains("system=\"electricity\"", StringComparison.Ordinal) && line.Contains("outcome=\"permitted\"", StringComparison.Ordinal));
        Assert.Contains(counted, line => line.Contains("system=\"unregistered\"", StringComparison.Ordinal) && line.Contains("outcome=\"denied\"", StringComparison.Ordinal));
        Assert.DoesNotMatch("[a-z]=\"[0-9]{12}\"", scraped);
    }

    private static Dictionary<string, string> Table() => TableRow().Matches(Readme).ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);

    private static string[] Framework() => [.. FrameworkName().Matches(Readme).Select(match => match.Groups[1].Value)];

    private static string PrometheusName(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        var counts = type.Contains("Counter", StringComparison.Ordinal) && !type.Contains("UpDown", StringComparison.Ordinal);
        return instrument.Name.Replace('.', '_').Replace('-', '_') + (instrument.Unit == "s" ? "_seconds" : "") + (counts ? "_total" : "");
    }

    private static string Base(string name) => HistogramPart().Replace(name, "");

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex("\"(platform\\.[a-z_.]+)\"")]
    private static partial Regex InstrumentName();

    [GeneratedRegex(@"^\| `(platform\.[a-z_.]+)` \| `(platform_[a-z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"`((?:http|kestrel|orleans|dotnet)_[a-z_*]+)`")]
    private static partial Regex FrameworkName();

    [GeneratedRegex(@"\b(?:platform|http|kestrel|orleans|dotnet)_[a-z_]+\b(?=[\[{) ]|\\?""|$)", RegexOptions.Multiline)]
    private static partial Regex MetricName();

    [GeneratedRegex("_(?:bucket|count|sum)$")]
    private static partial Regex HistogramPart();

    [GeneratedRegex("^## ([A-Za-z]+)$", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex("- alert: ")]
    private static partial Regex AlertName();

    [GeneratedRegex(@"runbook: k8s/observability/README\.md#([a-z]+)")]
    private static partial Regex RunbookLink();

    [GeneratedRegex("^# TYPE ([a-z_]+) ", RegexOptions.Multiline)]
    private static partial Regex ScrapedName();
}
