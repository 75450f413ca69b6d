using System.Globalization;
using System.Runtime.CompilerServices;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Intake;
using Platform.Hosting;
using Platform.Silo.Commands;
using Platform.Silo.Import;
using Platform.Silo.Storage;
using Platform.Synthetic;

namespace Platform.Local;

/// <summary>The synthetic people of the province: the same at every start, taken in once, and resumed if that was interrupted.</summary>
internal sealed record Seeding(int Seed, DateOnly AsOf, int Citizens, bool Done)
{
    private const int FixedSeed = 468;
    private const int ProblemsShown = 20;

    /// <summary>Makes sure that the database holds as many citizens as asked for; gives what they were made from.</summary>
    public static async Task<Seeding> Ensure(LocalOptions options, PlatformDatabase database, TimeProvider clock, CancellationToken cancellation)
    {
        var file = options.File("seed.json");
        var seeding = Read(file) ?? new Seeding(FixedSeed, CivilTime.Day(clock.GetUtcNow()), 0, Done: false);
        if (seeding.Done && seeding.Citizens >= options.Citizens)
        {
            return seeding;
        }

        seeding = seeding with { Citizens = Math.Max(seeding.Citizens, options.Citizens), Done = false };
        await File.WriteAllTextAsync(file, DomainJson.Write(seeding), cancellation);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Taking in {seeding.Citizens} synthetic citizens. If interrupted, the next start goes on."));
        var import = new CitizenImporter(database, clock).Import(Lines(seeding.Rows(), cancellation), cancellation);
        await ImportBar.Run(import, progress => (double)progress.Lines / seeding.Citizens, ProblemsShown);
        seeding = seeding with { Done = true };
        await File.WriteAllTextAsync(file, DomainJson.Write(seeding), cancellation);
        return seeding;
    }

    public IEnumerable<ImportRow> Rows() => SyntheticProvince.Generate(new SyntheticOptions { Citizens = Citizens, Seed = Seed, AsOf = AsOf });

    private static Seeding? Read(string file)
    {
        try
        {
            return File.Exists(file) ? DomainJson.Read<Seeding>(File.ReadAllText(file)) : null;
        }
        catch (System.Text.Json.JsonException exception)
        {
            throw new CannotStartException("seed.json in the data folder is damaged. Choose another folder with --data DIR, or delete this one to begin anew.", exception);
        }
    }

    private static async IAsyncEnumerable<ImportLine> Lines(IEnumerable<ImportRow> rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        long number = 0;
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new ImportLine(++number, row, null, null);
        }
    }
}
