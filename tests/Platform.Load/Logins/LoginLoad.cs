using System.Diagnostics;
using System.Globalization;

namespace Platform.Load.Logins;

/// <summary>Logins and machine tokens as fast as they are answered, at the province and, in the same run and in turns, at the peer.</summary>
internal static class LoginLoad
{
    private const int Rounds = 3;

    public static async Task<int> Run(string data, string? nodeModules, int callers, TimeSpan length, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        var province = await ProvinceTarget.Read(http, data, cancellation);
        await using var peer = nodeModules is null ? null : await PeerProcess.Start(http, data, nodeModules, province, cancellation);
        LoginTarget[] targets = peer is null ? [province] : [province, peer.Target];
        var results = new List<(string Name, string What, double Rate, double P50, double P99, int Failed)>();
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var target in targets)
            {
                var logins = await Measure(target, callers, length, (caller, stop) => caller.Login(stop), cancellation);
                var tokens = await Measure(target, callers, length, (caller, stop) => caller.MachineToken(stop), cancellation);
                if (round > 0)
                {
                    // The first round warms up.
                    results.Add((target.Name, "logins", logins.Rate, logins.P50, logins.P99, logins.Failed));
                    results.Add((target.Name, "tokens", tokens.Rate, tokens.P50, tokens.P99, tokens.Failed));
                }
            }
        }

        foreach (var group in results.GroupBy(result => (result.What, result.Name)))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{group.Key.What,-7} {group.Key.Name,-14} {string.Join(" / ", group.Select(one => one.Rate.ToString("F0", CultureInfo.InvariantCulture)))} a second, p50 {group.Average(one => one.P50):F1} ms, p99 {group.Max(one => one.P99):F1} ms, {group.Sum(one => one.Failed)} failed"));
        }

        if (peer is not null)
        {
            foreach (var what in results.GroupBy(result => result.What))
            {
                var ratios = what.Where(one => one.Name == province.Name).Zip(what.Where(one => one.Name == peer.Target.Name), (ours, theirs) => ours.Rate / theirs.Rate);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what.Key}: ratio to the peer {ratios.Min():F2} to {ratios.Max():F2}"));
            }
        }

        return results.All(result => result.Failed == 0) ? 0 : 1;
    }

    private static async Task<(double Rate, double P50, double P99, int Failed)> Measure(
        LoginTarget target, int callers, TimeSpan length, Func<LoginCaller, CancellationToken, Task> step, CancellationToken cancellation)
    {
        var waits = new List<double>[callers];
        var failed = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async index =>
        {
            waits[index] = [];
            using var caller = new LoginCaller(target, index);
            while (Stopwatch.GetElapsedTime(started) < length)
            {
                var asked = Stopwatch.GetTimestamp();
                try
                {
                    await step(caller, cancellation);
                    waits[index].Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                }
                catch (RefusedException refused)
                {
                    if (Interlocked.Increment(ref failed) == 1)
                    {
                        Console.Error.WriteLine(refused.Message);
                    }
                }
            }
        }));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var all = waits.SelectMany(one => one).Order().ToArray();
        return all.Length == 0 ? (0, 0, 0, failed) : (all.Length / elapsed, all[all.Length / 2], all[(int)(all.Length * 0.99)], failed);
    }
}
