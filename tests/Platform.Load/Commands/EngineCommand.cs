using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Load.Open;
using Platform.Load.Stack;

namespace Platform.Load.Commands;

/// <summary>What the load program itself costs, measured on a server that does nothing.</summary>
internal static class EngineCommand
{
    private const string Answer = """
        {"id":"01a21b44-2994-7816-a664-06042099a0c9","at":"2026-11-27T04:29:41.000000Z","outcome":"permitted","purpose":"electricity.contract","ruleBook":1,
         "ledger":{"seq":15,"hash":"006ff58773c36130865269c8b8c40f3ab4495d787a608e594dbb7643a0cdb186"},
         "items":[{"target":"profile.fullName","outcome":"released","value":"NGUYEN VAN AN","text":null,"held":true,"values":null,"source":"residence","asOf":"2026-03-02T09:15:00Z",
         "rule":{"id":"electricity-contract-identity","version":1,"article":"Law 91/2025/QH15 art. 9; Law 26/2023/QH15 art. 10"},"consentId":"01a21b44-2a7d-7379-875c-89d3ed53527d",
         "reason":"permitted","remedies":[],"explanation":{"vi":"Họ và tên được cung cấp vì công dân đã đồng ý.","en":"Full name is released because the citizen has consented."}}]}
        """;

    public static Command Create()
    {
        var callers = RunOptions.Bounded("--callers", "Callers of the closed loop.", 32, 1, 10_000);
        var seconds = RunOptions.Bounded("--seconds", "Length of each measurement.", 5, 1, 600);
        var rate = RunOptions.Bounded("--rate", "Rate of the open loop.", 5000d, 1, 1_000_000);
        var serve = new Option<int?>("--serve") { Description = "Port at which to be the server that does nothing.", Hidden = true };
        var command = new Command("engine", "Measures how many requests this program can issue and record, and what one costs.") { callers, seconds, rate, serve };
        command.SetAction(async (parsed, cancellation) => parsed.GetValue(serve) is { } port
            ? await Serve(port, cancellation)
            : await Measure(parsed.GetValue(callers), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rate), cancellation));
        return command;
    }

    private static async Task<int> Serve(int port, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        await using var app = builder.Build();
        app.MapPost("/v1/disclosures", () => Results.Text(Answer, "application/json"));
        await app.StartAsync(cancellation);
        Console.WriteLine("ready");
        await ((IHost)app).WaitForShutdownAsync(cancellation);
        return 0;
    }

    private static async Task<int> Measure(int callers, TimeSpan length, double rate, CancellationToken cancellation)
    {
        var port = Ports.Block(1);
        using var server = await Launcher.Start(
            [], ["dotnet", typeof(EngineCommand).Assembly.Location, "engine", "--serve", port.ToString(CultureInfo.InvariantCulture)], new Dictionary<string, string>(), Environment.CurrentDirectory);
        await server.StandardOutput.ReadLineAsync(cancellation);
        var target = new LoadTarget
        {
            Apis = [new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"))],
            Citizens = [.. Enumerable.Range(0, 1000).Select(index => string.Create(CultureInfo.InvariantCulture, $"{index:000000000000}"))],
            PersonToken = _ => "none",
            AskToken = (_, _, _) => Task.FromResult((new string('t', 700), TimeProvider.System.GetUtcNow().AddHours(1))),
            Identities = 1,
        };
        var options = new LoadOptions { Mix = Mix.Of(Workload.Consented), Length = length, WarmUp = TimeSpan.FromSeconds(2), Hot = 1000 };
        await Tell("closed loop, nothing recorded", target, options with { Callers = callers, Record = false }, cancellation);
        await Tell("closed loop, recorded", target, options with { Callers = callers }, cancellation);
        await Tell("open loop, recorded", target, options with { Rate = rate }, cancellation);
        server.Kill();
        return 0;
    }

    private static async Task Tell(string name, LoadTarget target, LoadOptions options, CancellationToken cancellation)
    {
        await using var run = await LoadRun.Start(target, options, cancellation);
        await run.Through;
        var result = await run.Stop();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-30} {result.All.AnsweredPerSecond,7:0}/s, {result.All.Failed} failed, {result.All.Asked - result.All.Sent} not sent, p50 {result.All.Latency.P50:0.00} ms, p99 {result.All.Latency.P99:0.00} ms; {result.ProcessorPerOperation:0.0} µs of processor each, started {result.Lateness.P50:0.00} ms (p50), {result.Lateness.P99:0.00} ms (p99) late"));
    }
}
