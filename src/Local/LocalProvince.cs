using System.Net;
using Microsoft.Data.Sqlite;
using Orleans.Configuration;
using Platform.Api;
using Platform.Domain.Citizens;
using Platform.Hosting;
using Platform.Identity;
using Platform.Portal;
using Platform.Silo;
using Platform.Silo.Storage;

namespace Platform.Local;

/// <summary>The whole province in one process: silo and API in one host, identity in another, the portal in a third, on one data folder.</summary>
internal static class LocalProvince
{
    internal const int PeopleLookedAt = 400;
    internal const int PeopleListed = 12;

    public static async Task<int> Run(LocalOptions options, CancellationToken cancellation)
    {
        using var taken = DataFolder.Take(options);
        DataFolder.CheckPorts(options);
        CheckEmbedded(options);
        await using var database = await SiloHost.Open(options.PlatformDatabase, cancellation: cancellation);
        var seeding = await Seeding.Ensure(options, database, TimeProvider.System, cancellation);

        await using var api = BuildApi(options, database);
        await using var identity = IdentityHost.Build([], builder =>
        {
            Configure(builder, options, options.Identity);
            LeaveTelling(builder);
            builder.Services.AddSingleton(_ => api.Services.GetRequiredService<IGrainFactory>());
        });
        await api.StartAsync(cancellation);
        await identity.StartAsync(cancellation);
        await Registrations.Ensure(options, identity.Services, cancellation);
        await using var portal = PortalHost.Build([], builder =>
        {
            Configure(builder, options, options.Portal);
            LeaveTelling(builder);
        });
        await portal.StartAsync(cancellation);
        await Readiness.Wait([options.Identity, options.Api, options.Portal], cancellation);

        var people = seeding.Rows().Take(PeopleLookedAt).Select(row => row.Record).ToArray();
        var examples = new Examples(api.Services.GetRequiredService<IGrainFactory>(), [.. people.Select(record => record.PersonalId)], TimeProvider.System);
        var adults = people.Where(IsAdult).Take(PeopleListed).ToArray();
        await ProvinceFile.Write(options, examples, adults, cancellation);
        var accounts = await DemoAccounts.Ensure(options, adults, api.Services.GetRequiredService<IGrainFactory>(), identity.Services, cancellation);
        await DemoStory.Ensure(
            options, PersonalId.Parse(accounts[0].PersonalId), people[^1].PersonalId, api.Services.GetRequiredService<IGrainFactory>(), TimeProvider.System, cancellation);
        Greeting.Print(options, accounts);
        Console.WriteLine("ready");

        await WaitForEnd(api, cancellation);
        Console.WriteLine("Stopping: what was acknowledged is kept.");
        await portal.StopAsync(CancellationToken.None);
        await api.StopAsync(CancellationToken.None);
        await identity.StopAsync(CancellationToken.None);
        return 0;
    }

    private static WebApplication BuildApi(LocalOptions options, PlatformDatabase database) => ApiHost.Build([], builder =>
    {
        Configure(builder, options, options.Api);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(
                options.BasePort + SiloPorts.Silo, options.BasePort + SiloPorts.Gateway, primarySiloEndpoint: null, SiloHost.ServiceId, SiloHost.ServiceId);
            silo.Configure<EndpointOptions>(endpoints => endpoints.AdvertisedIPAddress = IPAddress.Loopback);
            silo.AddPlatformSilo(database);
        });
    });

    // Settings of the newcomer's own, in environment variables, win over these.
    private static void Configure(WebApplicationBuilder builder, LocalOptions options, string address)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Warning",
            // Its first look at a clock that ticks since boot is always a warning.
            ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",
            ["Identity:Issuer"] = options.Identity,
            ["Identity:Database"] = options.IdentityDatabase,
            ["Identity:KeyRingDirectory"] = options.File("identity-keys"),
            ["Api:TrustedIssuers:0:Issuer"] = options.Identity,
            ["Api:TrustedIssuers:0:Kinds:0"] = "system",
            ["Api:TrustedIssuers:0:Kinds:1"] = "person",
            ["Portal:PublicAddress"] = options.Portal,
            ["Portal:Identity"] = options.Identity,
            ["Portal:Api"] = options.Api,
            ["Portal:ClientId"] = Registrations.Portal,
            ["Portal:KeyFile"] = SystemKeys.Path(options, Registrations.Portal),
            ["Portal:Counter:ClientId"] = Registrations.Counter,
            ["Portal:Counter:KeyFile"] = SystemKeys.Path(options, Registrations.Counter),
            ["Portal:Counter:System"] = Registrations.CounterSystem,
            ["Portal:Counter:SystemKeyFile"] = SystemKeys.Path(options, Registrations.CounterSystem),
            ["Portal:KeyRingDirectory"] = options.File("portal-keys"),
        };
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = settings });
        builder.WebHost.UseUrls(address);
    }

    // What is measured and traced in a process is told by one of its hosts: by the others it would be told again, and a port is had once.
    private static void LeaveTelling(WebApplicationBuilder builder) => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Telemetry:Port"] = null,
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = null,
        ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = null,
    });

    private static void CheckEmbedded(LocalOptions options)
    {
        foreach (var file in new[] { options.File("province.db"), options.File("identity.db") }.Where(File.Exists))
        {
            try
            {
                using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
                connection.Open();
                using var check = connection.CreateCommand();
                check.CommandText = "SELECT count(*) FROM sqlite_master";
                check.ExecuteScalar();
            }
            catch (SqliteException exception)
            {
                throw new CannotStartException(
                    $"{Path.GetFileName(file)} in the data folder is damaged or locked. Stop what uses it; if it is damaged restore the folder from a copy, or choose another with --data DIR.",
                    exception);
            }
        }
    }

    internal static bool IsAdult(CitizenRecord record) =>
        record.Status == CitizenStatus.Active
        && PartialDate.TryParse(record.Attribute("profile.birthDate"), out var birth)
        && birth.HasReachedAge(18, CivilTime.Day(TimeProvider.System.GetUtcNow())) == Answer.Yes;

    private static async Task WaitForEnd(WebApplication app, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, app.Lifetime.ApplicationStopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
