using System.CommandLine;
using Platform.Load.Peer.Import;
using Platform.Load.Peer.Sql;
using Platform.Load.Stack;

namespace Platform.Load.Commands;

/// <summary>Measures the import beside a bare COPY, and interrupts it.</summary>
internal static class ImportRateCommand
{
    public static Command Create()
    {
        var citizens = new Option<int>("--citizens") { Description = "Citizens of the file.", DefaultValueFactory = _ => 100_000 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of each.", DefaultValueFactory = _ => 3 };
        var command = new Command("import-rate", "The import of synthetic citizens beside a bare COPY of the same rows; one that is killed and resumed.") { citizens, rounds };
        command.SetAction((parsed, cancellation) => Run(parsed.GetValue(citizens), parsed.GetValue(rounds), cancellation));
        return command;
    }

    private static async Task<int> Run(int citizens, int rounds, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("platform-load-");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        }

        try
        {
            var places = new ThisMachine();
            await using var server = new PostgresNode(
                places.Database, await places.DatabaseFolder(folder.FullName, cancellation), places.AroundDatabase, new StackOptions().Postgres);
            await server.Create(cancellation);
            var rate = new ImportRate(server, folder.FullName, citizens, Console.WriteLine);
            await rate.Write(cancellation);
            var ratios = new List<(double Time, double Processor)>();
            for (var round = 0; round < rounds; round++)
            {
                ratios.Add(await rate.Round(round, cancellation));
            }

            Console.WriteLine($"import / COPY: time {ComparisonTable.Spread(ratios.Select(ratio => ratio.Time))}, CPU {ComparisonTable.Spread(ratios.Select(ratio => ratio.Processor))}");
            if (await rate.Interrupted(cancellation) is { } finding)
            {
                Console.Error.WriteLine(finding);
                return 1;
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
