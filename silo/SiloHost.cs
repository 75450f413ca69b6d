using Orleans.Configuration;
using Platform.Hosting;
using Platform.Hosting.Health;
using Platform.Silo.Accounts;
using Platform.Silo.Citizens;
using Platform.Silo.Ledger;
using Platform.Silo.Rules;
using Platform.Silo.Storage;

namespace Platform.Silo;

/// <summary>Composes a silo: the process of its own and the whole province in one process are built from the same parts.</summary>
public static class SiloHost
{
    /// <summary>Stable name of the service; part of every stored key.</summary>
    public const string ServiceId = "platform";

    /// <summary>Brings schema and first rule book into a database; done before a silo starts, by as many silos at once as there are.</summary>
    public static async Task Prepare(PlatformDatabase database)
    {
        await Migrator.Migrate(database, TimeProvider.System);
        await ShippedRules.Install(new LedgerStore(database), Appender(database, TimeProvider.System), TimeProvider.System);
    }

    /// <summary>Opens and prepares a database; one that cannot be opened ends in a sentence.</summary>
    public static async Task<PlatformDatabase> Open(string? text)
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
            await Prepare(database);
            return database;
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or InvalidOperationException or InvalidDataException)
        {
            await database.DisposeAsync();
            throw new CannotStartException(
                $"The database cannot be used: {exception.Message} Check that it is reachable, not locked by another process, and not damaged.", exception);
        }
    }

    /// <summary>Adds grains, storage, ledger and rules on a database; clustering is the caller's.</summary>
    public static void AddPlatformSilo(this ISiloBuilder silo, PlatformDatabase database)
    {
        var services = silo.Services;
        silo.Configure<ClusterOptions>(options =>
        {
            options.ServiceId = ServiceId;
            options.ClusterId = ServiceId;
        });

        // An activation that lost its place hands its callers on; under contention that happens to one call several times in a row.
        silo.Configure<SiloMessagingOptions>(options => options.MaxForwardCount = 20);
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
        services.AddSingleton<LedgerStore>();
        services.AddSingleton(provider => Appender(database, provider.GetRequiredKeyedService<TimeProvider>(SiloClock.Key)));
        services.AddSingleton<LedgerWriter>();
        services.AddSingleton<RuleBookLease>();

        // Ahead of Orleans, so that they stop after it: what the last callers are waiting for is still written.
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(provider => provider.GetRequiredService<LedgerWriter>()));
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(provider => provider.GetRequiredService<RuleBookLease>()));
        services.AddHealthChecks().AddCheck<SiloReadiness>("silo", tags: [HealthEndpoints.Ready]);
    }

    internal static ILedgerAppender Appender(PlatformDatabase database, TimeProvider clock) =>
        database.IsPostgres ? new PostgresLedgerAppender(database, clock) : new SqliteLedgerAppender(database, clock);
}
