using System.CommandLine;
using System.Net;
using Orleans.Configuration;
using Platform.Hosting;
using Platform.Hosting.Health;
using Platform.Silo.Storage;

namespace Platform.Silo.Commands;

/// <summary>The command line: without a command the silo serves; with one, records are imported or ledgers verified.</summary>
internal static class SiloCommands
{
    public static RootCommand Create()
    {
        var root = new RootCommand("The platform's silo. Without a command it serves; settings come from variables such as Database and Ledger__Lanes.")
        {
            ImportCommand.Create(),
            VerifyCommand.Create(),
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
        var builder = WebApplication.CreateBuilder(args);
        builder.AddPlatformHosting();
        await using var database = await SiloHost.Open(builder.Configuration[PlatformDatabase.ConfigurationKey]);
        var cluster = builder.Configuration.GetSection("Cluster");
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(
                cluster.GetValue("SiloPort", EndpointOptions.DEFAULT_SILO_PORT),
                cluster.GetValue("GatewayPort", EndpointOptions.DEFAULT_GATEWAY_PORT),
                primarySiloEndpoint: null,
                SiloHost.ServiceId,
                SiloHost.ServiceId);
            silo.Configure<EndpointOptions>(options => options.AdvertisedIPAddress = IPAddress.Loopback);
            silo.AddPlatformSilo(database);
        });
        await using var app = builder.Build();
        app.MapPlatformHealth();
        await app.RunAsync(cancellation);
    }
}
