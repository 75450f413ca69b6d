using System.CommandLine;
using System.Globalization;
using Npgsql;
using Platform.Load.Peer.Growth;
using Platform.Load.Peer.Guarantees;
using Platform.Load.Peer.Sql;

namespace Platform.Load.Commands;

/// <summary>Measures whether the province gets slower as it grows: the same requests about the same few citizens among more and more others.</summary>
internal static class GrowthCommand
{
    // Every append is counted by the statement that makes it; counting ten million rows after each round would measure the counting.
    private const string Appended = "SELECT coalesce(sum(entries), 0)::bigint FROM ledger_batch";

    private static readonly Option<int[]> Sizes = new("--sizes") { Description = "Citizens of each database.", DefaultValueFactory = _ => [10_000, 100_000, 1_000_000], AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int> Entries = new("--entries") { Description = "Ledger rows of each citizen.", DefaultValueFactory = _ => 10 };
    private static readonly Option<int> Working = new("--working") { Description = "Citizens asked about.", DefaultValueFactory = _ => 5000 };
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of each.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Length of a round.", DefaultValueFactory = _ => 8 };
    private static readonly Option<int> Callers = new("--callers") { Description = "Concurrent callers.", DefaultValueFactory = _ => 64 };

    public static Command Create()
    {
        var command = new Command("growth", "Disclosures about the same citizens in provinces of different sizes, in turns.") { Sizes, Entries, Working, Rounds, Seconds, Callers };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        var people = new ComparedPeople(parsed.GetValue(Working), deniedPercent: 0);
        await using var stack = await ComparedStack.Start(new ComparedPeople(1, deniedPercent: 0), certificates: false, cancellation);
        var (contestants, provinces, databases) = (new List<Contestant>(), new List<SideProvince>(), new List<NpgsqlDataSource>());
        try
        {
            foreach (var size in parsed.GetValue(Sizes)!)
            {
                var text = await stack.Stack.Postgres.CreateDatabase(string.Create(CultureInfo.InvariantCulture, $"province_{size}"), cancellation);
                databases.Add(NpgsqlDataSource.Create(text));
                await ComparedStack.Import(stack.Stack, people, text, cancellation);
                await Filler.Fill(databases[^1], size - people.Numbers.Length, parsed.GetValue(Entries), cancellation);
                provinces.Add(await SideProvince.Start(stack.Stack, text, new Dictionary<string, string>(), cancellation));
                contestants.Add(new Contestant(size.ToString(CultureInfo.InvariantCulture), provinces[^1].Api, provinces[^1].Processes, databases[^1], Appended));
                Console.WriteLine($"{size} citizens, {parsed.GetValue(Entries)} ledger rows each (filler but for {people.Numbers.Length})");
            }

            var options = new ComparisonOptions
            {
                Rounds = parsed.GetValue(Rounds),
                Length = TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
                Callers = [parsed.GetValue(Callers)],
                Seed = 1,
            };
            // The largest stands first: it is what is divided by the others.
            contestants.Reverse();
            var comparison = new Comparison(contestants, stack.Postmaster, options, stack.Request, people.Numbers) { Tell = Console.WriteLine };
            await comparison.Warm(TimeSpan.FromSeconds(15), cancellation);
            var rounds = await comparison.Run(cancellation);
            foreach (var line in ComparisonTable.Ratios(rounds).Concat(ComparisonTable.Findings(rounds)))
            {
                Console.WriteLine(line);
            }

            return ComparisonTable.Findings(rounds).Any() ? 1 : 0;
        }
        finally
        {
            foreach (var province in provinces)
            {
                await province.DisposeAsync();
            }

            foreach (var database in databases)
            {
                await database.DisposeAsync();
            }
        }
    }
}
