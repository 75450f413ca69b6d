using System.Collections.Immutable;
using System.Globalization;
using Npgsql;
using Platform.Domain.Intake;
using Platform.Load.Peer.Guarantees;
using Platform.Load.Stack;
using Platform.Synthetic;

namespace Platform.Load.Peer.Sql;

/// <summary>One silo and one API as processes, and both styles of the peer, on one database server that holds the same citizens for all of them.</summary>
internal sealed class ComparedStack : IAsyncDisposable
{
    private const string Ledger = "SELECT count(*) FROM ledger WHERE kind = 'disclosure'";
    private const string Audit = "SELECT count(*) FROM peer.audit";
    private readonly ProvinceStack _stack;
    private readonly List<LoadProcess> _peers = [];
    private readonly List<SideProvince> _tests = [];
    private readonly List<NpgsqlDataSource> _databases = [];

    private ComparedStack(ProvinceStack stack, ComparedPeople people)
    {
        (_stack, People) = (stack, people);
        Database = NpgsqlDataSource.Create(stack.Database);
        Contestants = [new Contestant("real", new Uri(stack.ApiAddresses[0]), [("api", stack.Apis[0].Id), ("silo", stack.Silos[0].Id)], Database, Ledger)];
    }

    public ComparedPeople People { get; }

    public NpgsqlDataSource Database { get; }

    public int Postmaster => _stack.Postgres.Id;

    public ImmutableArray<Contestant> Contestants { get; private set; }

    public ProvinceStack Stack => _stack;

    /// <summary>Starts the stack and fills it; contestants other than the province are added afterwards.</summary>
    public static async Task<ComparedStack> Start(ComparedPeople people, bool certificates, CancellationToken cancellation)
    {
        var stack = await ProvinceStack.Start(
            new StackOptions { Silos = 1, Apis = 1, Identities = 1, Citizens = 10, Accounts = 0, Certificates = certificates }, cancellation);
        var compared = new ComparedStack(stack, people);
        try
        {
            await compared.Fill(cancellation);
            return compared;
        }
        catch
        {
            await compared.DisposeAsync();
            throw;
        }
    }

    /// <summary>A request to an API with a token that is good for some minutes.</summary>
    public RawRequest Request(Uri api) => new(api, _stack.People.System(ComparedPeople.System), ComparedPeople.Body());

    /// <summary>Adds a style of the peer.</summary>
    public async Task AddPeer(PeerStyle style, int connections, bool multiplexing, CancellationToken cancellation)
    {
        var address = LoadProcess.FreeAddress();
        string[] arguments =
        [
            "peer", "--style", style.ToString(), "--database", _stack.Database, "--urls", address.AbsoluteUri, "--issuer", _stack.People.Address,
            "--connections", connections.ToString(CultureInfo.InvariantCulture), "--multiplexing", multiplexing ? "true" : "false",
        ];
        var peer = await LoadProcess.StartMode(arguments, new Dictionary<string, string>(), address, cancellation);
        _peers.Add(peer);
        var name = style.ToString().ToLowerInvariant();
        if (Contestants.Any(contestant => contestant.Name == name))
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{name} {connections}{(multiplexing ? "m" : "")}");
        }

        Contestants = Contestants.Add(new Contestant(name, address, [("peer", peer.Id)], Database, Audit));
    }

    /// <summary>Adds a province of which guarantees are switched off.</summary>
    public async Task AddWithout(Without without, CancellationToken cancellation)
    {
        var test = await SideProvince.Start(_stack, without, cancellation);
        _tests.Add(test);
        Contestants = Contestants.Add(new Contestant($"no {without.ToString().ToLowerInvariant()}", test.Api, test.Processes, Database, null));
    }

    /// <summary>Adds the province once more, with other settings, on a database of its own.</summary>
    public async Task AddVariant(Variant variant, CancellationToken cancellation)
    {
        var text = await _stack.Postgres.CreateDatabase($"variant_{_databases.Count}", cancellation);
        var database = NpgsqlDataSource.Create(text);
        _databases.Add(database);
        await Import(_stack, People, text, cancellation);
        var side = await SideProvince.Start(_stack, text, variant.Settings, cancellation);
        _tests.Add(side);
        Contestants = Contestants.Add(new Contestant(variant.Name, side.Api, side.Processes, database, Ledger));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var test in _tests)
        {
            await test.DisposeAsync();
        }

        foreach (var peer in _peers)
        {
            await peer.DisposeAsync();
        }

        foreach (var database in _databases)
        {
            await database.DisposeAsync();
        }

        await Database.DisposeAsync();
        await _stack.DisposeAsync();
    }

    /// <summary>Takes the citizens of a comparison into a database with the silo's own import.</summary>
    public static async Task Import(ProvinceStack stack, ComparedPeople people, string database, CancellationToken cancellation)
    {
        var file = Path.Combine(stack.Data, "compared.ndjson");
        await using (var stream = File.Create(file))
        {
            await ProvinceFile.Write(stream, people.Records().Select(record => new ImportRow { Record = record }), FileFormat.Ndjson, cancellation: cancellation);
        }

        await Launcher.Run([], ["dotnet", Programs.File(Programs.Silo), "import", file, "--database", database], stack.Data, cancellation: cancellation);
        File.Delete(file);
    }

    private async Task Fill(CancellationToken cancellation)
    {
        await Import(_stack, People, _stack.Database, cancellation);
        await PeerFill.Fill(Database, [.. People.Records()], cancellation);
        await using var analyse = Database.CreateCommand("VACUUM ANALYZE grain_state, ledger");
        await analyse.ExecuteNonQueryAsync(cancellation);
    }
}
