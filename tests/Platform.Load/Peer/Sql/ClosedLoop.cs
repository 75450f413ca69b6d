using System.Diagnostics;

namespace Platform.Load.Peer.Sql;

/// <summary>Callers who each ask again as soon as they are answered, about citizens in a random order that the seed decides.</summary>
internal static class ClosedLoop
{
    /// <summary>Asks for so long; gives what was answered and how long each took.</summary>
    public static async Task<Tally> Run(Uri api, RawRequest request, IReadOnlyList<string> numbers, int callers, TimeSpan length, int seed, CancellationToken cancellation)
    {
        var end = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
        var tallies = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(
            () => Ask(api, request, numbers, new Random(HashCode.Combine(seed, caller)), end, cancellation), cancellation)));
        return Tally.Sum(tallies);
    }

    /// <summary>Asks about everybody once, so that whatever is kept of them is there.</summary>
    public static async Task<Tally> Sweep(Uri api, RawRequest request, IReadOnlyList<string> numbers, int callers, CancellationToken cancellation)
    {
        var next = -1;
        var tallies = await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            using var connection = await RawConnection.Open(api, cancellation);
            var (copy, tally) = (request.Copy(), new Tally());
            while (Interlocked.Increment(ref next) is var index && index < numbers.Count)
            {
                await One(connection, request, copy, numbers[index], tally, cancellation);
            }

            return tally;
        }));
        return Tally.Sum(tallies);
    }

    private static async Task<Tally> Ask(Uri api, RawRequest request, IReadOnlyList<string> numbers, Random random, long end, CancellationToken cancellation)
    {
        using var connection = await RawConnection.Open(api, cancellation);
        var (copy, tally) = (request.Copy(), new Tally());
        while (Stopwatch.GetTimestamp() < end)
        {
            await One(connection, request, copy, numbers[random.Next(numbers.Count)], tally, cancellation);
        }

        return tally;
    }

    private static async Task One(RawConnection connection, RawRequest request, byte[] copy, string number, Tally tally, CancellationToken cancellation)
    {
        request.Name(copy, number);
        var asked = Stopwatch.GetTimestamp();
        var (status, bytes) = await connection.Ask(copy, cancellation);
        tally.Count(status, bytes, Stopwatch.GetElapsedTime(asked));
    }
}
