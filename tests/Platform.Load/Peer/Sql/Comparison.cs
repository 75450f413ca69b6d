using System.Diagnostics;
using Npgsql;

namespace Platform.Load.Peer.Sql;

/// <summary>How a comparison is run.</summary>
internal sealed record ComparisonOptions
{
    public required int Rounds { get; init; }

    public required TimeSpan Length { get; init; }

    /// <summary>Numbers of concurrent callers, one after the other in each round; with a rate, of connections.</summary>
    public required IReadOnlyList<int> Callers { get; init; }

    public required int Seed { get; init; }

    /// <summary>Requests a second at fixed instants; null: every caller asks again as soon as it is answered.</summary>
    public double? Rate { get; init; }
}

/// <summary>Rounds in turns: each contestant for the same time, with the same callers, about the same citizens, against the same database server.</summary>
internal sealed class Comparison(
    IReadOnlyList<Contestant> contestants, int postmaster, ComparisonOptions options, Func<Uri, RawRequest> request, IReadOnlyList<string> numbers)
{
    /// <summary>Says what was measured, round by round.</summary>
    public required Action<string> Tell { get; init; }

    /// <summary>Brings everybody into the state in which they will be measured: everybody asked about once, and long enough for code to be compiled well.</summary>
    public async Task Warm(TimeSpan length, CancellationToken cancellation)
    {
        foreach (var contestant in contestants)
        {
            var asked = await ClosedLoop.Sweep(contestant.Api, request(contestant.Api), numbers, options.Callers[0], cancellation);
            await ClosedLoop.Run(contestant.Api, request(contestant.Api), numbers, options.Callers[0], length, options.Seed, cancellation);
            Tell($"{contestant.Name} is warm: {asked.Released} released, {asked.Denied} denied, {asked.Failed} failed");
        }
    }

    public async Task<IReadOnlyList<Round>> Run(CancellationToken cancellation)
    {
        var rounds = new List<Round>();
        for (var number = 0; number < options.Rounds; number++)
        {
            foreach (var (callers, contestant) in from callers in options.Callers from contestant in contestants select (callers, contestant))
            {
                rounds.Add(await Measure(contestant, callers, options.Seed + number, cancellation));
                Tell(ComparisonTable.Line(rounds[^1]));
            }
        }

        return rounds;
    }

    private async Task<Round> Measure(Contestant contestant, int callers, int seed, CancellationToken cancellation)
    {
        // What the one before has left to be written out is not this one's work.
        await Execute(contestant.Database, "CHECKPOINT", cancellation);
        var rows = await Count(contestant, cancellation);
        var (own, server, began) = (OwnTime(contestant), ProcessorTime.OfTree(postmaster), Stopwatch.GetTimestamp());
        var tally = options.Rate is { } rate
            ? await OpenLoop.Run(contestant.Api, request(contestant.Api), numbers, callers, rate, options.Length, seed, cancellation)
            : await ClosedLoop.Run(contestant.Api, request(contestant.Api), numbers, callers, options.Length, seed, cancellation);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var perRequest = 1e6 / Math.Max(1, tally.Answers);
        var used = OwnTime(contestant).Zip(own, (after, before) => (after - before) * perRequest);
        server = (ProcessorTime.OfTree(postmaster) - server) * perRequest;
        return new Round
        {
            Contestant = contestant.Name,
            Callers = callers,
            Seconds = seconds,
            Released = tally.Released,
            Denied = tally.Denied,
            Failed = tally.Failed,
            MeanBytes = (double)tally.Bytes / Math.Max(1, tally.Answers + tally.Failed),
            P50 = tally.Milliseconds(0.5),
            P99 = tally.Milliseconds(0.99),
            P999 = tally.Milliseconds(0.999),
            Processes = [.. contestant.Processes.Select(process => process.Name).Zip(used)],
            DatabaseMicroseconds = server,
            Rows = await Count(contestant, cancellation) - rows,
        };
    }

    private static double[] OwnTime(Contestant contestant) => [.. contestant.Processes.Select(process => ProcessorTime.Of(process.Id))];

    private static async Task<long?> Count(Contestant contestant, CancellationToken cancellation)
    {
        if (contestant.Rows is null)
        {
            return null;
        }

        await using var command = contestant.Database.CreateCommand(contestant.Rows);
        command.CommandTimeout = 0;
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task Execute(NpgsqlDataSource database, string text, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(text);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
