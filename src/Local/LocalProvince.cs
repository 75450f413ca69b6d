using System.Net;
using Microsoft.Data.Sqlite;
using Orleans.Configuration;
using Platform.Api;
using Platform.Domain.Citizens;
using Platform.Domain.Sharing;
using Platform.Hosting;
using Platform.Identity;
using Platform.Identity.Clients;
using Platform.Identity.RelyingParties;
using Platform.Silo;
using Platform.Silo.Storage;

namespace Platform.Local;

/// <summary>The whole province in one process: silo and API in one host, identity in another, on one data folder.</summary>
internal static class LocalProvince
{
    private const int PeopleLookedAt = 400;
    private const int PeopleListed = 10;

    public static async Task<int> Run(LocalOptions options, CancellationToken cancellation)
    {
        using var taken = DataFolder.Take(options);
        DataFolder.CheckPorts(options);
        CheckEmbedded(options);
        await using var database = await SiloHost.Open(options.PlatformDatabase);
        var seeding = await Seeding.Ensure(options, database, TimeProvider.System, cancellation);

        await using var api = BuildApi(options, database);
        await using var identity = IdentityHost.Build([], builder =>
        {
            Configure(builder, options);
            builder.Services.AddSingleton(_ => api.Services.GetRequiredService<IGrainFactory>());
        });
        await api.StartAsync(cancellation);
        await identity.StartAsync(cancellation);
        await RegisterSystems(options, identity, cancellation);
        await RegisterPortal(options, identity, cancellation);
        await Readiness.Wait([options.Identity, options.Api], cancellation);

        var people = seeding.Rows().Take(PeopleLookedAt).Select(row => row.Record).ToArray();
        var examples = new Examples(api.Services.GetRequiredService<IGrainFactory>(), [.. people.Select(record => record.PersonalId)], TimeProvider.System);
        var adults = people.Where(IsAdult).Take(PeopleListed).ToArray();
        await ProvinceFile.Write(options, examples, adults, cancellation);
        var accounts = await DemoAccounts.Ensure(options, adults, api.Services.GetRequiredService<IGrainFactory>(), identity.Services, cancellation);
        Greeting.Print(options, accounts);
        Console.WriteLine("ready");

        await WaitForEnd(api, cancellation);
        Console.WriteLine("Stopping: what was acknowledged is kept.");
        await api.StopAsync(CancellationToken.None);
        await identity.StopAsync(CancellationToken.None);
        return 0;
    }

    private static WebApplication BuildApi(LocalOptions options, PlatformDatabase database) => ApiHost.Build([], builder =>
    {
        Configure(builder, options);
        builder.WebHost.UseUrls(options.Api);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(
                options.BasePort + SiloPorts.Silo, options.BasePort + SiloPorts.Gateway, primarySiloEndpoint: null, SiloHost.ServiceId, SiloHost.ServiceId);
            silo.Configure<EndpointOptions>(endpoints => endpoints.AdvertisedIPAddress = IPAddress.Loopback);
            silo.AddPlatformSilo(database);
        });
    });

    // Settings of the newcomer's own, in environment variables, win over these.
    private static void Configure(WebApplicationBuilder builder, LocalOptions options)
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
        };
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = settings });
        builder.WebHost.UseUrls(options.Identity);
    }

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

    private static async Task RegisterSystems(LocalOptions options, WebApplication identity, CancellationToken cancellation)
    {
        var clients = identity.Services.GetRequiredService<SectorClients>();
        foreach (var system in RuleBook.Shipped.Systems)
        {
            string[] scopes = [SectorScopes.DisclosuresRequest, SectorScopes.DisclosuresRead, SectorScopes.CatalogueRead];
            await clients.Register(
                new SectorClientRegistration(
                    system.Id, system.Name.En, SystemKeys.PublicKeys(options, system.Id), system.Pushes.IsEmpty ? scopes : [.. scopes, SectorScopes.DocumentsPush],
                    // So that curl can ask; a real system is registered without this word.
                    SenderConstrained: false),
                cancellation);
        }
    }

    // The portal's place: what logs people in there needs no other registration than this.
    private static Task RegisterPortal(LocalOptions options, WebApplication identity, CancellationToken cancellation) =>
        identity.Services.GetRequiredService<RelyingParties>().Register(
            new RelyingPartyRegistration
            {
                ClientId = LocalOptions.PortalId,
                NameVi = "Cổng dịch vụ công của tỉnh",
                NameEn = "Provincial portal",
                RedirectUris = [options.PortalCallback],
                PostLogoutRedirectUris = [options.Portal],
                Jwks = SystemKeys.PublicKeys(options, LocalOptions.PortalId),
                Scopes = PersonScopes.All,
            },
            cancellation);

    private static bool IsAdult(CitizenRecord record) =>
        record.Status == CitizenStatus.Active
        && PartialDate.TryParse(record.Attribute("profile.birthDate"), out var birth)
        && birth.HasReachedAge(18, CivilTime.Day(TimeProvider.System.GetUtcNow())) == Answer.Yes;

    private static async Task WaitForEnd(WebApplication app, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, app.Lifetime.ApplicationStopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
