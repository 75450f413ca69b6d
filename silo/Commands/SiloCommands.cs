using System.CommandLine;
using Platform.Hosting;
using Platform.Hosting.Health;
using Platform.Silo.Cluster;
using Platform.Silo.Dashboard;
using Platform.Silo.Ledger;
using Platform.Silo.Storage;

namespace Platform.Silo.Commands;

/// <summary>The command line: without a command the silo serves; with one, the schema is migrated, records are imported, ledgers verified or a restore is accepted.</summary>
internal static class SiloCommands
{
    public static RootCommand Create()
    {
        var root = new RootCommand("The platform's silo. Without a command it serves; settings come from variables such as Database and Ledger__Lanes.")
        {
            MigrateCommand.Create(),
            ImportCommand.Create(),
            VerifyCommand.Create(),
            AcceptRestoreCommand.Create(),
        };
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction(async (parsed, cancellation) =>
        {
            await Serve([.. parsed.UnmatchedTokens], cancellation);
            return 0;
        });
        return root;
    }

    public static Option<string> DatabaseOption() => new("--database")
    {
        Description = "sqlite:PATH or a PostgreSQL connection string; by default the variable Database.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(PlatformDatabase.ConfigurationKey) ?? "",
    };

    private static async Task Serve(string[] args, CancellationToken cancellation)
    {
        var builder = PlatformHosting.CreateBuilder(args);
        builder.AddPlatformHosting();
        var cluster = builder.Configuration.GetChecked<SiloOptions>(SiloOptions.Section);
        var dashboard = builder.Configuration.GetChecked<DashboardOptions>(DashboardOptions.Section);
        builder.AddDashboard(dashboard);
        var schema = builder.Configuration.GetChecked<SchemaOptions>(SchemaOptions.Section);
        await using var database = await SiloHost.Open(builder.Configuration[PlatformDatabase.ConfigurationKey], schema, cancellation);
        await using var witness = await SiloHost.OpenWitness(builder.Configuration.GetChecked<LedgerOptions>(LedgerOptions.Section).Witness, database, cancellation);
        builder.UseOrleans(silo =>
        {
            silo.JoinCluster(database, cluster);
            silo.AddPlatformSilo(database, witness);
        });
        await using var app = builder.Build();
        app.MapPlatformHealth();
        app.MapDashboard(dashboard);
        await app.RunAsync(cancellation);
    }
}
