using System.Data.Common;
using System.Net.Sockets;
using Orleans.Configuration;
using Platform.Hosting;
using Platform.Hosting.Health;
using Platform.Hosting.Telemetry;
using Platform.Silo.Accounts;
using Platform.Silo.Citizens;
using Platform.Silo.Ledger;
using Platform.Silo.Notifications;
using Platform.Silo.Reports;
using Platform.Silo.Rules;
using Platform.Silo.Storage;
using Platform.Silo.Witness;

namespace Platform.Silo;

/// <summary>Composes a silo: the process of its own and the whole province in one process are built from the same parts.</summary>
public static class SiloHost
{
    /// <summary>Stable name of the service; part of every stored key.</summary>
    public const string ServiceId = Hosting.Cluster.ClusterOptions.ServiceId;

    /// <summary>Name of the silo's meter and of the source of its activities.</summary>
    internal const string Telemetry = PlatformTelemetry.Names + "Silo";

    internal const int MostWaiting = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Brings schema and first rule book into a database; done before a silo starts, by as many silos at once as there are.</summary>
    public static async Task Prepare(PlatformDatabase database, bool migrate = true)
    {
        await (migrate ? Migrator.Migrate(database, TimeProvider.System) : Migrator.Check(database));
        await ShippedRules.Install(new LedgerStore(database), Appender(database, TimeProvider.System), TimeProvider.System);
    }

    /// <summary>Opens and prepares a database; one that cannot be opened, and does not come while there is patience, ends in a sentence.</summary>
    public static async Task<PlatformDatabase> Open(string? text, SchemaOptions? schema = null, CancellationToken cancellation = default)
    {
        PlatformDatabase database;
        try
        {
            database = PlatformDatabase.Open(text);
        }
        catch (InvalidOperationException refusal)
        {
            throw new CannotStartException(refusal.Message, refusal);
        }

        try
        {
            await PrepareWhenItIsThere(database, schema ?? new SchemaOptions(), cancellation);
            return database;
        }
        catch (Exception exception) when (exception is DbException or SocketException or InvalidOperationException or InvalidDataException)
        {
            await database.DisposeAsync();
            throw new CannotStartException(
                $"The database cannot be used: {exception.Message} Check that it is reachable, not locked by another process, and not damaged.", exception);
        }
    }

    private static async Task PrepareWhenItIsThere(PlatformDatabase database, SchemaOptions schema, CancellationToken cancellation)
    {
        var asked = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await Prepare(database, schema.Migrate);
                return;
            }
            catch (Exception fault) when (IsOnItsWay(fault) && TimeProvider.System.GetElapsedTime(asked) < schema.Patience)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellation);
            }
        }
    }

    private static bool IsOnItsWay(Exception fault) => fault is DbException { IsTransient: true } or SocketException or SchemaMissingException;

    /// <summary>Opens the witness that is named, if one is, and compares: a database that was set back ends in a sentence.</summary>
    internal static async Task<HeadWitness?> OpenWitness(string? text, PlatformDatabase database, CancellationToken cancellation)
    {
        if (text == HeadWitness.Nowhere)
        {
            return null;
        }

        var witness = await HeadWitness.Open(text, database, TimeProvider.System, cancellation);
        try
        {
            await (witness?.Begin(cancellation) ?? HeadWitness.RefuseToForget(database));
            return witness;
        }
        catch (Exception exception)
        {
            await (witness?.DisposeAsync() ?? ValueTask.CompletedTask);
            if (exception is System.Data.Common.DbException)
            {
                throw new CannotStartException(
                    $"The database and the witness of its heads cannot be compared: {exception.Message} Check that both are reachable.", exception);
            }

            throw;
        }
    }

    /// <summary>Adds grains, storage, ledger and rules on a database; clustering is the caller's.</summary>
    public static void AddPlatformSilo(this ISiloBuilder silo, PlatformDatabase database) => silo.AddPlatformSilo(database, witness: null);

    /// <summary>The same with a witness of the ledger's heads, which is the caller's too.</summary>
    internal static void AddPlatformSilo(this ISiloBuilder silo, PlatformDatabase database, HeadWitness? witness)
    {
        var services = silo.Services;
        silo.Configure<ClusterOptions>(options => options.ServiceId = ServiceId);

        if (PlatformTelemetry.SendsTraces(silo.Configuration))
        {
            silo.AddActivityPropagation();
        }

        // An activation that lost its place hands its callers on; under contention that happens to one call several times in a row.
        // And for one citizen only so many calls wait: who comes later is told to come back instead of waiting until nobody waits for the answer.
        silo.Configure<SiloMessagingOptions>(options => (options.MaxForwardCount, options.MaxEnqueuedRequestsHardLimit) = (20, MostWaiting));
        silo.AddAdoNetGrainStorage(CitizenGrain.Storage, options =>
        {
            options.Invariant = database.Invariant;
            options.ConnectionString = database.ConnectionString;
            options.GrainStorageSerializer = new DomainStorageSerializer();
        });

        silo.AddAdoNetGrainStorage(AccountStore.Storage, options =>
        {
            options.Invariant = database.Invariant;
            options.ConnectionString = database.ConnectionString;
            options.GrainStorageSerializer = new DomainStorageSerializer();
        });
        silo.Configure<GrainCollectionOptions>(options => options.ClassSpecificCollectionAge[typeof(DpopProofsGrain).FullName!] = DpopProofsGrain.Life);

        services.AddKeyedSingleton(SiloClock.Key, TimeProvider.System);
        services.AddSingleton<AccountStore>();
        services.AddSingleton(database);
        services.AddCheckedOptions<LedgerOptions>(LedgerOptions.Section)
            .PostConfigure(options => options.Lanes = database.IsPostgres ? options.Lanes : 1);
        services.AddCheckedOptions<RuleOptions>(RuleOptions.Section);
        services.AddSingleton<SiloTraces>();
        services.AddSingleton<LedgerMetrics>();
        services.AddSingleton<DisclosureMetrics>();
        services.AddSingleton<RuleMetrics>();
        services.AddSingleton<LedgerStore>();
        services.AddSingleton<AccessLedger>();
        services.AddSingleton<ReportLedger>();
        services.AddSingleton<NotificationLedger>();
        services.AddSingleton(provider => Appender(database, provider.GetRequiredKeyedService<TimeProvider>(SiloClock.Key), witness));
        services.AddSingleton<LedgerWriter>();
        services.AddSingleton<RuleBookLease>();
        services.AddSingleton<SystemQuotas>();

        // Ahead of Orleans, so that they stop after it: what the last callers are waiting for is still written.
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(provider => provider.GetRequiredService<LedgerWriter>()));
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(provider => provider.GetRequiredService<RuleBookLease>()));
        if (witness is not null)
        {
            services.AddSingleton(witness);
            services.Insert(0, ServiceDescriptor.Singleton<IHostedService, HeadWatch>());
        }

        services.AddHealthChecks().AddCheck<SiloReadiness>("silo", tags: [HealthEndpoints.Ready]);
    }

    internal static ILedgerAppender Appender(PlatformDatabase database, TimeProvider clock, HeadWitness? witness = null)
    {
        ILedgerAppender appender = database.IsPostgres ? new PostgresLedgerAppender(database, clock) : new SqliteLedgerAppender(database, clock);
        return witness is null ? appender : new WitnessedAppender(appender, witness);
    }
}
