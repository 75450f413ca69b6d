using System.Threading.Channels;
using Platform.Load.Open;

namespace Platform.Load.Peer.Sql;

/// <summary>Requests at instants fixed beforehand, whether or not the last was answered; what a request waits for a free connection counts as its wait.</summary>
internal static class OpenLoop
{
    private const double Second = 1_000_000;

    public static async Task<Tally> Run(
        Uri api, RawRequest request, IReadOnlyList<string> numbers, int connections, double rate, TimeSpan length, int seed, CancellationToken cancellation)
    {
        var clock = new RunClock(TimeProvider.System);
        var due = Channel.CreateUnbounded<Arrival>(new UnboundedChannelOptions { SingleWriter = true });
        var asking = Enumerable.Range(0, connections).Select(_ => Ask(api, request, numbers, clock, due.Reader, cancellation)).ToArray();
        await Task.Factory.StartNew(
            () =>
            {
                new Pacer(clock, Pacer.Sleep).Run(Arrivals(rate, length, numbers.Count, seed), arrival => due.Writer.TryWrite(arrival), cancellation);
                due.Writer.Complete();
            },
            cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Tally.Sum(await Task.WhenAll(asking));
    }

    private static IEnumerable<Arrival> Arrivals(double rate, TimeSpan length, int citizens, int seed)
    {
        var random = new Random(seed);
        double at = 0;
        for (long number = 0; (at += -Math.Log(1 - random.NextDouble()) * Second / rate) < length.TotalMicroseconds; number++)
        {
            yield return new Arrival(number, (long)at, Workload.Consented, random.Next(citizens), 0, 0);
        }
    }

    private static async Task<Tally> Ask(
        Uri api, RawRequest request, IReadOnlyList<string> numbers, RunClock clock, ChannelReader<Arrival> due, CancellationToken cancellation)
    {
        using var connection = await RawConnection.Open(api, cancellation);
        var (copy, tally) = (request.Copy(), new Tally());
        await foreach (var arrival in due.ReadAllAsync(cancellation))
        {
            request.Name(copy, numbers[arrival.Citizen]);
            var (status, bytes) = await connection.Ask(copy, cancellation);
            tally.Count(status, bytes, TimeSpan.FromMicroseconds(clock.Now - arrival.At));
        }

        return tally;
    }
}
