using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Hosting;
using Platform.Hosting.Cluster;
using Platform.Identity.Commands;
using Platform.Identity.Storage;
using Platform.Silo;
using Platform.Silo.Storage;

namespace Platform.Local.Kubernetes;

/// <summary>
/// The synthetic province in a cluster: the same people, systems and e-IDs as in one process, through the same doors. What a data folder keeps there, the Secret
/// <c>province</c> keeps here.
/// </summary>
internal static class FilledProvince
{
    private const string Kept = "province";
    private const string Keys = "/etc/platform/sector-systems";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly string[] Files = ["seed.json", "story.json", "people.json", "province.json"];

    public static async Task Ensure(ISecretStore cluster, int citizens, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("province-");
        var options = Options(folder.FullName, citizens);
        try
        {
            Directory.CreateSymbolicLink(options.File("keys"), Keys);
            foreach (var (name, text) in await cluster.Read(Kept, cancellation))
            {
                await File.WriteAllTextAsync(options.File(name), text, cancellation);
            }

            await FillWhenSilosAnswer(options, () => Keep(cluster, options, cancellation), cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Silos that have only just come may leave a first call without an answer; what is done already is not done again.
    private static async Task FillWhenSilosAnswer(LocalOptions options, Func<Task> keep, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await Fill(options, keep, cancellation);
                return;
            }
            catch (Exception fault) when (IsOnItsWay(fault) && !cancellation.IsCancellationRequested && TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                Console.WriteLine("The silos do not answer yet. They are asked again.");
                await Task.Delay(Pause, TimeProvider.System, cancellation);
            }
        }
    }

    // Silos cancel calls too, when they do not find a place for a grain in time.
    private static bool IsOnItsWay(Exception fault) => fault is TryAgainException or OrleansException or TimeoutException or OperationCanceledException;

    private static async Task Fill(LocalOptions options, Func<Task> keep, CancellationToken cancellation)
    {
        var waiting = new SchemaOptions { Migrate = false, Patience = TimeSpan.FromMinutes(10) };
        await using var database = await SiloHost.Open(options.PlatformDatabase, waiting, cancellation);
        var seeding = await Seeding.Ensure(options, database, TimeProvider.System, cancellation);
        await keep();

        using var silos = await ClusterReach.Start(cancellation);
        var grains = silos.Services.GetRequiredService<IGrainFactory>();
        await new Workbench(configure: null).Use(
            async identity =>
            {
                await identity.GetRequiredService<SharedSecrets>().Load(cancellation);
                await Registrations.Ensure(options, identity, cancellation);
                var people = seeding.Rows().Take(LocalProvince.PeopleLookedAt).Select(row => row.Record).ToArray();
                var adults = people.Where(LocalProvince.IsAdult).Take(LocalProvince.PeopleListed).ToArray();
                var examples = new Examples(grains, [.. people.Select(record => record.PersonalId)], TimeProvider.System);
                await ProvinceFile.Write(options, examples, adults, cancellation);
                var accounts = await DemoAccounts.Ensure(options, adults, grains, identity, cancellation);
                await keep();
                await DemoStory.Ensure(options, PersonalId.Parse(accounts[0].PersonalId), people[^1].PersonalId, grains, TimeProvider.System, cancellation);
                return 0;
            },
            cancellation);
        await keep();
        Console.WriteLine("The province is filled.");
    }

    private static async Task Keep(ISecretStore cluster, LocalOptions options, CancellationToken cancellation)
    {
        var kept = new Dictionary<string, string>();
        foreach (var name in Files.Where(name => File.Exists(options.File(name))))
        {
            kept[name] = await File.ReadAllTextAsync(options.File(name), cancellation);
        }

        await cluster.Add(Kept, kept, cancellation);
    }

    private static LocalOptions Options(string folder, int citizens) => new(folder, citizens, BasePort: 0, Setting(PlatformDatabase.ConfigurationKey))
    {
        Identity = Setting("Identity__Issuer"),
        Api = Setting("Portal__Api"),
        Portal = Setting("Portal__PublicAddress"),
    };

    private static string Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new CannotStartException($"Set {name} as it is for the program that it belongs to.");
}
