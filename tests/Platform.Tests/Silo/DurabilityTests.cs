using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using Platform.Contracts;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Silo;
using Platform.Silo.Ledger;
using Platform.Silo.Storage;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>Nothing leaves that is not in the ledger; what is in the ledger is there once.</summary>
public sealed class DurabilityTests(PostgresServer postgres) : KernelTest(postgres)
{
    private static readonly string[] OneDisclosure = [LedgerKinds.RecordImported, LedgerKinds.Disclosure];

    [Theory, EachDatabase]
    public async Task An_append_that_fails_before_its_commit_releases_nothing(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        silo.Faults.Append = (_, _) => throw new IOException("The cable is out.");

        await Retry.Refuses(TryAgainException.LedgerUnavailable, () => Disclose(silo));
        Assert.Equal([LedgerKinds.RecordImported], await province.Kinds(Person.Id(1)));

        silo.Faults.Append = null;
        Assert.Equal(Outcome.Permitted, (await Disclose(silo)).Outcome);
        Assert.Equal(OneDisclosure, await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task An_append_whose_confirmation_is_lost_releases_nothing_and_stays_in_the_ledger_once(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        silo.Faults.Append = async (_, append) =>
        {
            await append();
            throw new IOException("The cable is out.");
        };

        await Retry.Refuses(TryAgainException.LedgerUnavailable, () => Disclose(silo));
        Assert.Equal(OneDisclosure, await province.Kinds(Person.Id(1)));

        silo.Faults.Append = null;
        Assert.Equal(3, (await Disclose(silo)).LedgerSeq);
    }

    [Theory, EachDatabase]
    public async Task A_batch_that_the_database_did_not_take_releases_nothing(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        silo.Faults.Append = (entries, _) => Task.FromResult(new AppendedBatch([.. entries.Select(_ => false)], BatchDigest.Start));

        await Retry.Refuses(TryAgainException.LedgerMoved, () => Disclose(silo));

        Assert.Equal([LedgerKinds.RecordImported], await province.Kinds(Person.Id(1)));
    }

    [Fact]
    public async Task A_batch_that_PostgreSQL_takes_and_then_does_not_commit_releases_nothing()
    {
        var (province, silo) = await OneCitizen(DatabaseKind.Postgres);
        await province.Execute("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not at the commit'; END $$;
            CREATE CONSTRAINT TRIGGER late AFTER INSERT ON ledger DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse();
            """);

        await Retry.Refuses(TryAgainException.LedgerUnavailable, () => Disclose(silo));
        Assert.Equal([LedgerKinds.RecordImported], await province.Kinds(Person.Id(1)));

        await province.Execute("DROP TRIGGER late ON ledger");
        Assert.Equal(2, (await Retry.Again(() => Disclose(silo))).LedgerSeq);
    }

    [Theory, EachDatabase]
    public async Task A_batch_that_is_answered_for_other_entries_than_its_own_releases_nothing(DatabaseKind kind)
    {
        var (_, silo) = await OneCitizen(kind);
        silo.Faults.Append = async (_, append) => (await append()) with { Taken = [true, true] };

        await Retry.Refuses(TryAgainException.LedgerUnavailable, () => Disclose(silo));
    }

    [Theory, EachDatabase]
    public async Task Of_a_batch_only_the_entries_whose_place_was_free_are_taken_and_sealed(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await using var database = PlatformDatabase.Open(province.Text);
        var appender = SiloHost.Appender(database, TimeProvider.System);
        LedgerEntry[] first = [First("a"), First("b")];
        var next = LedgerEntry.Extend(first[1].Head, "b", Draft());
        LedgerEntry[] second = [First("c"), First("a"), next, First("b"), next, LedgerEntry.Extend(first[1].Head, "b", Draft())];

        var lane = await appender.OpenLane(TestContext.Current.CancellationToken);
        var all = await appender.Append(lane, 1, BatchDigest.Start, first, TestContext.Current.CancellationToken);
        var some = await appender.Append(lane, 2, all.Digest, second, TestContext.Current.CancellationToken);
        var none = await appender.Append(lane, 3, some.Digest, [first[0], second[1]], TestContext.Current.CancellationToken);

        Assert.Equal([true, true], all.Taken);
        Assert.Equal([true, false, true, false, false, false], some.Taken);
        Assert.Equal([false, false], none.Taken);
        Assert.Equal(BatchDigest.Next(all.Digest, [second[0].Hash.ToArray(), next.Hash.ToArray()]), some.Digest);
        Assert.Equal(BatchDigest.Next(some.Digest, []), none.Digest);
        Assert.Equal(4, await Number("SELECT count(*) FROM ledger WHERE subject IN ('a', 'b', 'c')"));
        Assert.Equal(4, await Number($"SELECT sum(entries) FROM ledger_batch WHERE lane = {lane}"));

        async Task<int> Number(string query) => Convert.ToInt32(await province.Scalar(query), CultureInfo.InvariantCulture);
    }

    [Theory, EachDatabase]
    public async Task The_first_read_of_a_citizen_is_refused_while_the_ledger_fails(DatabaseKind kind)
    {
        var (_, silo) = await OneCitizen(kind);
        await silo.CutOff();

        await Retry.Refuses(TryAgainException.LedgerUnavailable, () => Disclose(silo));
        await Retry.Refuses(TryAgainException.LedgerUnavailable, () => silo.Self(Person.Id(1)).GetLedger(0, 10));
    }

    [Theory, EachDatabase]
    public async Task A_full_queue_sends_callers_away_without_a_trace_and_serves_them_later(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import([.. Enumerable.Range(1, 3).Select(number => Person.Record(number))]);
        var silo = await province.Start(null, ("Ledger:Capacity", "1"), ("Ledger:BatchSize", "1"), ("Ledger:Lanes", "1"));
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        silo.Faults.Append = async (_, append) =>
        {
            entered.TrySetResult();
            await released.Task;
            return await append();
        };

        var inFlight = silo.Sector(Person.Id(1)).Disclose(Person.Call());
        await entered.Task;
        Task<DisclosureAnswer>[] others = [silo.Sector(Person.Id(2)).Disclose(Person.Call()), silo.Sector(Person.Id(3)).Disclose(Person.Call())];
        var sentAway = await Task.WhenAny(others);

        await Retry.Refuses(TryAgainException.LedgerBusy, () => sentAway);
        released.SetResult();
        Assert.Equal(2, (await inFlight).LedgerSeq);
        Assert.Equal(2, (await others[1 - Array.IndexOf(others, sentAway)]).LedgerSeq);
        var again = sentAway == others[0] ? 2 : 3;
        Assert.Equal(2, (await silo.Sector(Person.Id(again)).Disclose(Person.Call())).LedgerSeq);
    }

    [Fact]
    public async Task A_stopped_PostgreSQL_refuses_everything_and_a_started_one_has_lost_and_doubled_nothing()
    {
        await using var server = await PostgresServer.StartOwn();
        var consent = Person.Consent();
        await using var province = await Province.On(server);
        await province.Import(Person.Record(1, consent), Person.Record(2, Person.Consent()));
        var silo = await province.Start();
        var before = await Disclose(silo);

        await server.Stop();
        await Assert.ThrowsAsync<TryAgainException>(() => Disclose(silo));
        await Assert.ThrowsAsync<TryAgainException>(() => Disclose(silo));
        await Assert.ThrowsAsync<TryAgainException>(() => silo.Sector(Person.Id(2)).Disclose(Person.Call()));
        await Assert.ThrowsAsync<TryAgainException>(() => silo.Self(Person.Id(1)).WithdrawConsent(consent.Id));
        await Assert.ThrowsAsync<TryAgainException>(() => silo.Self(Person.Id(1)).GetRecord());
        await Assert.ThrowsAsync<TryAgainException>(() => silo.Rules.List());
        await Assert.ThrowsAsync<TryAgainException>(() => silo.Archive.Find(Person.System, before.Id));

        await server.Start();
        var after = await Retry.Again(() => Disclose(silo));
        Assert.Equal((2, 3), (before.LedgerSeq, after.LedgerSeq));
        await Retry.Again(() => silo.Self(Person.Id(1)).WithdrawConsent(consent.Id));
        Assert.Equal(Reason.ConsentWithdrawn, (await Disclose(silo)).Targets[0].Reason);
        Assert.Equal(1, (await Retry.Again(() => silo.Sector(Person.Id(2)).Disclose(Person.Call()))).LedgerSeq - 1);
        ((NpgsqlDataSource)province.Database.Source).Clear();
        Assert.Empty((await province.Verify()).Findings);
    }

    [Fact]
    public async Task A_full_disk_refuses_and_releases_nothing_until_there_is_room_again()
    {
        var (province, silo) = await OneCitizen(DatabaseKind.Sqlite);
        var given = new List<DisclosureAnswer> { await Disclose(silo) };
        await LimitPages(silo, 1);

        TryAgainException? refusal = null;
        for (var call = 0; call < 200 && refusal is null; call++)
        {
            try
            {
                given.Add(await Disclose(silo));
            }
            catch (TryAgainException full)
            {
                refusal = full;
            }
        }

        Assert.Equal(TryAgainException.LedgerUnavailable, refusal?.Code);
        Assert.Contains(silo.Logs.Entries, entry => entry.Contains("database or disk is full", StringComparison.Ordinal));
        Assert.Equal(given.Select(answer => answer.Id), (await province.Ledger(Person.Id(1))).Skip(1).Select(entry => entry.Id));

        await LimitPages(silo, 1_000_000);
        Assert.Equal(given.Count + 2, (await Disclose(silo)).LedgerSeq);
    }

    [Fact]
    public async Task A_commit_on_SQLite_waits_for_the_disk()
    {
        var province = await NewProvince(DatabaseKind.Sqlite);

        Assert.Equal("wal", await province.Scalar("PRAGMA journal_mode"));
        Assert.Equal(2L, await province.Scalar("PRAGMA synchronous"));
    }

    [Theory, EachDatabase]
    public async Task A_stopping_silo_takes_nothing_that_it_does_not_write(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        silo.Faults.Append = async (_, append) =>
        {
            entered.TrySetResult();
            await released.Task;
            return await append();
        };

        var taken = Disclose(silo);
        await entered.Task;
        var stopping = silo.Writer.StopAsync(TestContext.Current.CancellationToken);
        await Retry.Refuses(TryAgainException.LedgerBusy, () => silo.Writer.Append(LedgerEntry.Extend(LedgerHead.Empty, "nobody", Draft())));
        released.SetResult();
        await stopping;

        Assert.Equal(2, (await taken).LedgerSeq);
        Assert.Equal(OneDisclosure, await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task A_silo_that_is_told_to_stop_finishes_what_it_has_taken(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        silo.Faults.Append = async (_, append) =>
        {
            entered.TrySetResult();
            await released.Task;
            return await append();
        };

        var taken = Disclose(silo);
        await entered.Task;
        var stopping = silo.Stop();
        var late = silo.Writer.Append(LedgerEntry.Extend(LedgerHead.Empty, "late", Draft()));
        released.SetResult();
        await stopping;

        Assert.True(await late);
        Assert.Equal(2, (await taken).LedgerSeq);
        Assert.Equal(OneDisclosure, await province.Kinds(Person.Id(1)));
    }

    private static LedgerEntry First(string subject) => LedgerEntry.Extend(LedgerHead.Empty, subject, Draft());

    private static EntryDraft Draft() => new() { Id = Guid.CreateVersion7(), Kind = LedgerKinds.Disclosure, At = Person.Now, Body = "{}" };

    private async Task<(Province Province, TestSilo Silo)> OneCitizen(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1, Person.Consent()));
        return (province, await province.Start());
    }

    private static Task<DisclosureAnswer> Disclose(TestSilo silo) => silo.Sector(Person.Id(1)).Disclose(Person.Call());

    /// <summary>The limit holds for a connection, so all that wait in the pool are given it.</summary>
    private static async Task LimitPages(TestSilo silo, int pages)
    {
        var connections = Enumerable.Range(0, 8).Select(_ => new SqliteConnection(silo.Database.ConnectionString)).ToArray();
        foreach (var connection in connections)
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var limit = connection.CreateCommand();

            // SQLite never sets a limit below what the file has.
            limit.CommandText = $"PRAGMA max_page_count = {pages}";
            await limit.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }

        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }
}
