using Microsoft.Extensions.DependencyInjection;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Local;
using Platform.Synthetic;

namespace Platform.Load.Stack;

/// <summary>Fills a new stack: citizens by the silo's own import; sector systems, the portal and e-IDs by the identity server's own parts.</summary>
internal static class StackPeople
{
    /// <summary>Takes the synthetic citizens in and gives all of them, and the records of the first adults.</summary>
    public static async Task<(IReadOnlyList<StackCitizen> Citizens, IReadOnlyList<CitizenRecord> Adults)> Import(
        StackOptions options, string database, string folder, CancellationToken cancellation)
    {
        var file = Path.Combine(folder, "citizens.ndjson");
        var citizens = new List<StackCitizen>(options.Citizens);
        var adults = new List<CitizenRecord>();
        var province = new SyntheticOptions { Citizens = options.Citizens, Seed = options.Seed, AsOf = CivilTime.Day(TimeProvider.System.GetUtcNow()) };
        await using (var writer = new StreamWriter(file))
        {
            foreach (var row in SyntheticProvince.Generate(province))
            {
                await writer.WriteLineAsync(DomainJson.Write(row).AsMemory(), cancellation);
                var citizen = StackCitizen.Of(citizens.Count, row.Record);
                citizens.Add(citizen);
                if (citizen.IsAdult && adults.Count < options.Accounts)
                {
                    adults.Add(row.Record);
                }
            }
        }

        await Launcher.Run([], ["dotnet", Programs.File(Programs.Silo, options.Older), "import", file, "--database", database], folder, cancellation: cancellation);
        File.Delete(file);
        return (citizens, adults);
    }

    /// <summary>
    /// Registers every sector system of the rule book and the portal, and opens e-IDs of level 2 through the grains, as the province in one process does:
    /// an identity server of this program's own on the common database, for as long as that takes.
    /// </summary>
    public static async Task<IReadOnlyList<DemoAccount>> Register(
        StackSettings settings, LocalOptions files, IReadOnlyList<CitizenRecord> adults, CancellationToken cancellation)
    {
        await using var identity = Identity.IdentityHost.Build([], builder =>
        {
            foreach (var (name, value) in settings.Identity($"http://127.0.0.1:{Ports.Block(1)}/"))
            {
                builder.Configuration[name.Replace("__", ":", StringComparison.Ordinal)] = value;
            }

            builder.Configuration["Identity:MigrateSchema"] = "true";
            builder.Configuration["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning";
            Hosting.Cluster.ClusterClient.AddClusterClient(builder);
        });
        await identity.StartAsync(cancellation);
        await Registrations.Ensure(files, identity.Services, cancellation);
        var accounts = await DemoAccounts.Ensure(files, adults, identity.Services.GetRequiredService<IGrainFactory>(), identity.Services, cancellation);
        await identity.StopAsync(cancellation);
        return accounts;
    }
}
