using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Platform.Load;

/// <summary>A closed loop: every caller asks again as soon as it has its answer. It shows a rate and what a caller waits at that rate, no more.</summary>
internal static class DisclosureLoad
{
    private const string System = "insurance";

    public static async Task<int> Run(string data, int callers, TimeSpan length, CancellationToken cancellation)
    {
        var province = await RunningProvince.Read(data, cancellation);
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = callers, PooledConnectionLifetime = TimeSpan.FromMinutes(10) };
        using var http = new HttpClient(handler);
        var token = await province.Token(http, System, cancellation);
        var bodies = Bodies(province);
        var tallies = new Tally[callers];
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            tallies[caller] = await Ask(http, province.Api, token, bodies, caller, callers, started, length, cancellation);
        }));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var waits = tallies.SelectMany(tally => tally.Waits).Order().ToArray();
        Print(tallies, waits, elapsed, callers);
        return tallies.Sum(tally => tally.Failed) == 0 ? 0 : 1;
    }

    private static string[] Bodies(RunningProvince province)
    {
        var example = province.Example(System);
        return
        [
            .. province.Citizens().Select(person =>
            {
                var body = JsonNode.Parse(example)!;
                body["subject"]!["personalId"] = person;
                return body.ToJsonString();
            }),
        ];
    }

    private static async Task<Tally> Ask(
        HttpClient http, string api, string token, string[] bodies, int caller, int callers, long started, TimeSpan length, CancellationToken cancellation)
    {
        var tally = new Tally();
        for (var turn = caller; Stopwatch.GetElapsedTime(started) < length; turn += callers)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, api + "v1/disclosures")
            {
                Content = new StringContent(bodies[turn % bodies.Length], Encoding.UTF8, "application/json"),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var asked = Stopwatch.GetTimestamp();
            using var answer = await http.SendAsync(request, cancellation);
            await answer.Content.LoadIntoBufferAsync(cancellation);
            tally.Waits.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            tally.Count(answer.StatusCode);
        }

        return tally;
    }

    private static void Print(Tally[] tallies, double[] waits, TimeSpan elapsed, int callers)
    {
        string At(double share) => waits.Length == 0 ? "-" : waits[(int)(share * (waits.Length - 1))].ToString("0.0", CultureInfo.InvariantCulture);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{callers} callers, {elapsed.TotalSeconds:0.0} s: {tallies.Sum(tally => tally.Released)} released, {tallies.Sum(tally => tally.Denied)} denied, {tallies.Sum(tally => tally.Failed)} failed; {waits.Length / elapsed.TotalSeconds:0} a second; wait ms p50 {At(0.5)}, p99 {At(0.99)}, most {At(1)}"));
    }

    private sealed class Tally
    {
        public List<double> Waits { get; } = [];

        public long Released { get; private set; }

        public long Denied { get; private set; }

        public long Failed { get; private set; }

        public void Count(HttpStatusCode status)
        {
            switch (status)
            {
                case HttpStatusCode.OK:
                    Released++;
                    break;
                case HttpStatusCode.Forbidden:
                    Denied++;
                    break;
                default:
                    Failed++;
                    break;
            }
        }
    }
}
