using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Orleans.Configuration;
using Orleans.Storage;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Hosting.Logging;
using Platform.Silo;
using Platform.Silo.Accounts;
using Platform.Silo.Citizens;
using Platform.Silo.Ledger;
using Platform.Silo.Rules;
using Platform.Silo.Storage;
using Platform.Silo.Witness;
using Platform.Tests.Hosting;

namespace Platform.Tests.Silo.Fixtures;

/// <summary>A silo that knows no other: two of them over one database hold two live activations of one citizen.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private const int MostGrains = 1000;
    private readonly IHost _host;
    private readonly HeadWitness? _witness;
    private bool _stopped;

    private TestSilo(IHost host, PlatformDatabase database, HeadWitness? witness, SiloFaults faults, RecordedLogs logs) =>
        (_host, Database, _witness, Faults, Logs) = (host, database, witness, faults, logs);

    /// <summary>The silo's own way to the database.</summary>
    public PlatformDatabase Database { get; }

    public SiloFaults Faults { get; }

    public RecordedLogs Logs { get; }

    public IServiceProvider Services => _host.Services;

    public RuleBookLease Lease => Services.GetRequiredService<RuleBookLease>();

    public LedgerWriter Writer => Services.GetRequiredService<LedgerWriter>();

    public IRuleBooks Rules => Grains.GetGrain<IRuleBooks>(IRuleBooks.Key);

    public IDisclosureArchive Archive => Grains.GetGrain<IDisclosureArchive>(0);

    public IPresentationDesk Presentations => Grains.GetGrain<IPresentationDesk>(0);

    public IConsentRequestDesk Desk => Grains.GetGrain<IConsentRequestDesk>(0);

    public IReportQueue Reports => Grains.GetGrain<IReportQueue>(0);

    private IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public static async Task<TestSilo> Start(string database, TimeProvider? clock, Dictionary<string, string?>? settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        var logs = new RecordedLogs();
        builder.Logging.AddMaskedLogging();
        builder.Logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.None).AddProvider(logs);

        var opened = PlatformDatabase.Open(database);
        HeadWitness? witness;
        try
        {
            witness = await SiloHost.OpenWitness(builder.Configuration["Ledger:Witness"], opened, CancellationToken.None);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }

        var faults = new SiloFaults();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePorts.Next(), FreePorts.Next());
            // A starved machine fires timers late; nothing here depends on noticing a dead silo.
            silo.Configure<ClusterMembershipOptions>(options => options.LivenessEnabled = false);

            // Room for a million grains is nine megabytes that every start of a silo would have to clear and collect.
            silo.Configure<GrainDirectoryOptions>(options => options.CacheSize = MostGrains);
            silo.AddPlatformSilo(opened, witness);
            silo.Services.AddSingleton<ILedgerAppender>(provider => new FaultyAppender(
                SiloHost.Appender(opened, provider.GetRequiredKeyedService<TimeProvider>(SiloClock.Key), witness), faults));
            Decorate(silo.Services, CitizenGrain.Storage, faults);
            Decorate(silo.Services, AccountStore.Storage, faults);
            silo.AddIncomingGrainCallFilter(new TracedCalls(faults));
            if (clock is not null)
            {
                silo.Services.AddKeyedSingleton(SiloClock.Key, clock);
            }
        });
        var host = builder.Build();
        await host.StartAsync();
        var started = new TestSilo(host, opened, witness, faults, logs);
        await started.Lease.Renew();
        return started;
    }

    public ICitizenDisclosures Sector(PersonalId citizen) => Grains.GetGrain<ICitizenDisclosures>(citizen.Reveal());

    public ICitizenSelf Self(PersonalId citizen) => Grains.GetGrain<ICitizenSelf>(citizen.Reveal());

    public ICitizenHistory History(PersonalId citizen) => Grains.GetGrain<ICitizenHistory>(citizen.Reveal());

    public INotifications Notifications(PersonalId citizen) => Grains.GetGrain<INotifications>(citizen.Reveal());

    public ICitizenSources Source(PersonalId citizen) => Grains.GetGrain<ICitizenSources>(citizen.Reveal());

    /// <summary>Cuts the silo off from its database for good.</summary>
    public async Task CutOff()
    {
        if (Database.IsPostgres)
        {
            await Database.DisposeAsync();
            return;
        }

        await using var connection = new SqliteConnection(Database.ConnectionString);
        File.Delete(Path.GetDirectoryName(connection.DataSource)!);
        SqliteConnection.ClearPool(connection);
    }

    public async Task Stop()
    {
        if (!_stopped)
        {
            _stopped = true;
            await _host.StopAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _host.Dispose();
        await (_witness?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Database.DisposeAsync();
    }

    private static void Decorate(IServiceCollection services, string name, SiloFaults faults)
    {
        var storage = services.Last(service => service.ServiceType == typeof(IGrainStorage) && Equals(service.ServiceKey, name));
        services.Remove(storage);
        services.AddKeyedSingleton<IGrainStorage>(
            name,
            (provider, key) => new FaultyStorage((IGrainStorage)storage.KeyedImplementationFactory!(provider, key), faults));
    }
}
