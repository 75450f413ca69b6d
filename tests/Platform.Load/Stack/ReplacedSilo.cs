using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Platform.Hosting;
using Platform.Hosting.Health;
using Platform.Silo;
using Platform.Silo.Cluster;
using Platform.Silo.Storage;

namespace Platform.Load.Stack;

/// <summary>The real silo, put together from the product's own parts, with some of them replaced: the product has no switch for that and must not have one.</summary>
internal static class ReplacedSilo
{
    public static async Task<int> Run(Action<ISiloBuilder> replace, Action<WebApplication> map, CancellationToken cancellation)
    {
        var builder = PlatformHosting.CreateBuilder();
        builder.AddPlatformHosting();
        var cluster = builder.Configuration.GetChecked<SiloOptions>(SiloOptions.Section);
        await using var database = await SiloHost.Open(builder.Configuration[PlatformDatabase.ConfigurationKey], cancellation: cancellation);
        builder.UseOrleans(silo =>
        {
            silo.JoinCluster(database, cluster);
            silo.AddPlatformSilo(database);
            replace(silo);
        });
        await using var app = builder.Build();
        app.MapPlatformHealth();
        map(app);
        await using (cancellation.Register(app.Lifetime.StopApplication))
        {
            await app.RunAsync();
        }

        return 0;
    }
}
