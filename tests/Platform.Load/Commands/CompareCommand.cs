using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Platform.Load.Peer.Guarantees;
using Platform.Load.Peer.Sql;

namespace Platform.Load.Commands;

/// <summary>Measures the province and both peers in turns on one database server.</summary>
internal static class CompareCommand
{
    private static readonly Option<int> Citizens = new("--citizens") { Description = "Citizens asked about.", DefaultValueFactory = _ => 10_000 };
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of each.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Length of a round.", DefaultValueFactory = _ => 8 };
    private static readonly Option<int> WarmUp = new("--warm-up") { Description = "Seconds of each before the first round.", DefaultValueFactory = _ => 10 };
    private static readonly Option<int[]> Callers = new("--callers")
    {
        Description = "Concurrent callers; several numbers with commas between them are measured one after the other in each round.",
        DefaultValueFactory = _ => [64],
        CustomParser = ReadCallers,
    };

    private static readonly Option<double?> Rate = new("--rate") { Description = "Requests a second at fixed instants, over as many connections as callers, instead of a closed loop." };
    private static readonly Option<int> Denied = new("--denied") { Description = "Percent of citizens who have withdrawn their consent.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Connections = new("--connections") { Description = "Connections of each peer to PostgreSQL.", DefaultValueFactory = _ => 32 };
    private static readonly Option<bool> Multiplexing = new("--multiplexing") { Description = "Let the tight peer share connections between requests." };
    private static readonly Option<bool> Certificates = new("--certificates") { Description = "Let API and silo show each other certificates, as between machines." };
    private static readonly Option<bool> Price = new("--price") { Description = "Also measure the province without ledger, and without decision and ledger." };
    private static readonly Option<bool> Tune = new("--tune") { Description = "Also measure both peers with half and twice the connections, and the tight one with shared connections." };
    private static readonly Option<Variant[]> Variants = new("--variant")
    {
        Description = "Also measure the province with these settings, on a database of its own: NAME:KEY=VALUE,KEY=VALUE; may be given more than once.",
        CustomParser = told => [.. told.Tokens.Select(token => Variant.Read(token.Value, told)).OfType<Variant>()],
    };

    private static readonly Option<int> Seed = new("--seed") { Description = "Decides who is asked about when.", DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var command = new Command("compare", "The disclosure of the province beside the same one on plain SQL: throughput, waits, processor time, rows written.")
        {
            Citizens, Rounds, Seconds, WarmUp, Callers, Rate, Denied, Connections, Multiplexing, Certificates, Price, Tune, Variants, Seed,
        };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        var people = new ComparedPeople(parsed.GetValue(Citizens), parsed.GetValue(Denied));
        Console.WriteLine($"{people.Numbers.Length} citizens; starting database, silo, API, identity server and both peers");
        await using var stack = await ComparedStack.Start(people, parsed.GetValue(Certificates), cancellation);
        await stack.AddPeer(PeerStyle.Plain, parsed.GetValue(Connections), multiplexing: false, cancellation);
        await stack.AddPeer(PeerStyle.Tight, parsed.GetValue(Connections), parsed.GetValue(Multiplexing), cancellation);
        foreach (var index in (int[])[0, people.Numbers.Length - 1])
        {
            if (await AnswerCheck.Differences(stack.Contestants, stack.Request, people.Numbers[index], cancellation) is { } difference)
            {
                Console.Error.WriteLine(difference);
                return 1;
            }
        }

        if (parsed.GetValue(Price))
        {
            await stack.AddWithout(Without.Ledger, cancellation);
            await stack.AddWithout(Without.Decision, cancellation);
        }

        if (parsed.GetValue(Tune))
        {
            foreach (var (style, connections) in from style in Enum.GetValues<PeerStyle>() from times in (double[])[0.5, 2] select (style, (int)(parsed.GetValue(Connections) * times)))
            {
                await stack.AddPeer(style, connections, multiplexing: false, cancellation);
            }

            await stack.AddPeer(PeerStyle.Tight, parsed.GetValue(Connections), multiplexing: true, cancellation);
        }

        foreach (var variant in parsed.GetValue(Variants) ?? [])
        {
            await stack.AddVariant(variant, cancellation);
        }

        var options = new ComparisonOptions
        {
            Rounds = parsed.GetValue(Rounds),
            Length = TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
            Callers = parsed.GetValue(Callers)!,
            Seed = parsed.GetValue(Seed),
            Rate = parsed.GetValue(Rate),
        };
        var comparison = new Comparison(stack.Contestants, stack.Postmaster, options, stack.Request, people.Numbers) { Tell = Console.WriteLine };
        await comparison.Warm(TimeSpan.FromSeconds(parsed.GetValue(WarmUp)), cancellation);
        var rounds = await comparison.Run(cancellation);
        foreach (var line in ComparisonTable.Ratios(rounds).Concat(ComparisonTable.Findings(rounds)))
        {
            Console.WriteLine(line);
        }

        return ComparisonTable.Findings(rounds).Any() ? 1 : 0;
    }

    private static int[] ReadCallers(ArgumentResult told)
    {
        var numbers = told.Tokens.SelectMany(token => token.Value.Split(',')).Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        if (!Array.TrueForAll(numbers, number => number is > 0 and <= 2000) || numbers.Distinct().Count() != numbers.Length)
        {
            told.AddError("--callers takes different numbers from 1 to 2000, with commas between them.");
        }

        return numbers;
    }
}
