using System.CommandLine;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Hosting;
using Platform.Silo.Commands;
using Platform.Silo.Storage;
using Platform.Silo.Witness;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>A database that is set back would bring withdrawn consents back: it is noticed, and refused until somebody takes the loss upon themselves.</summary>
public sealed class WitnessTests : KernelTest
{
    private readonly string _folder;
    private readonly Consent _consent = Person.Consent();

    public WitnessTests(PostgresServer postgres) : base(postgres) => _folder = NewFolder();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Place => $"sqlite:{Path.Combine(_folder, "heads.db")}";

    [Theory, EachDatabase]
    public async Task A_restored_backup_is_refused_until_the_loss_is_accepted_and_then_goes_on(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1, _consent));
        var silo = await Start(province);
        Assert.Equal(Outcome.Permitted, (await Disclose(silo)).Outcome);
        var restored = await Restored(province);
        await silo.Self(Person.Id(1)).WithdrawConsent(_consent.Id);
        Assert.Equal(Outcome.Denied, (await Disclose(silo)).Outcome);
        var anchors = (await province.Verify()).Anchors;
        await silo.Stop();

        Assert.Empty((await restored.Verify()).Findings);
        Assert.Contains((await restored.Verify(anchors)).Findings, finding => finding.Code == "anchor.missing");
        var refusal = await Assert.ThrowsAsync<CannotStartException>(() => Start(restored));
        Assert.Contains("2 ledger entries in 2 batches are gone", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("run accept-restore", refusal.Message, StringComparison.Ordinal);

        Assert.Equal(0, await Accept(restored));
        var accepted = (await Operations(restored))[^1];
        var body = DomainJson.Read<RestoreAcceptedBody>(accepted.Body);
        Assert.Equal((LedgerKinds.RestoreAccepted, "giang", "disk of the database lost"), (accepted.Kind, body.Person, body.Reason));
        Assert.Equal((2, 2), (body.Lost.Sum(lost => lost.Entries), body.Lost.Sum(lost => lost.To - lost.From + 1)));

        // What the operator took upon themselves: the consent is in force again, until the citizen withdraws it once more.
        var again = await Start(restored);
        Assert.Equal(Outcome.Permitted, (await Disclose(again)).Outcome);
        await again.Self(Person.Id(1)).WithdrawConsent(_consent.Id);
        await again.Stop();
        Assert.Equal(1, await Accept(restored));
        await (await Start(restored)).Stop();

        // The database that was given up is refused from now on.
        await Assert.ThrowsAsync<CannotStartException>(() => Start(province));
    }

    [Fact]
    public async Task A_silo_that_was_killed_is_followed_by_one_that_finds_everything_in_order()
    {
        var province = await NewProvince(DatabaseKind.Sqlite);
        await province.Import(Person.Record(1, _consent));
        var killed = await Start(province);
        await Disclose(killed);
        await Witness(killed).Flush(Ct);
        await Disclose(killed);

        var next = await Start(province);
        await Disclose(next);
        await next.Stop();
        await killed.Stop();
        await (await Start(province)).Stop();

        Assert.Equal([LedgerKinds.WitnessBegun], (await Operations(province)).Select(entry => entry.Kind));
    }

    [Fact]
    public async Task Another_history_is_refused_and_cannot_be_accepted()
    {
        var province = await NewProvince(DatabaseKind.Sqlite);
        await province.Import(Person.Record(1, _consent));
        await (await Start(province)).Stop();
        var other = await Restored(province);
        var silo = await Start(province);
        await Disclose(silo);
        await silo.Stop();
        var unwitnessed = await other.Start(null, ("Ledger:Witness", "none"));
        await Disclose(unwitnessed);
        await Disclose(unwitnessed);
        await unwitnessed.Stop();

        foreach (var refused in new Func<Task>[] { () => Start(other), () => Accept(other) })
        {
            Assert.Contains("two histories", (await Assert.ThrowsAsync<CannotStartException>(refused)).Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(await Operations(other), entry => entry.Kind == LedgerKinds.RestoreAccepted);
    }

    [Theory]
    [InlineData("UPDATE witness_head SET digest = replace(digest, substr(digest, 1, 8), '00000000') WHERE lane = (SELECT max(lane) FROM witness_head)", "another batch")]
    [InlineData("UPDATE witness_head SET batch = batch + 1, entries = entries + 1 WHERE lane = (SELECT max(lane) FROM witness_head)", "1 ledger entries in 1 batches")]
    [InlineData("UPDATE witness SET province = 'another'", "another province's database")]
    [InlineData("DELETE FROM witness; DELETE FROM witness_head", "is empty, and this database had one")]
    public async Task A_witness_that_was_changed_is_never_passed_over(string change, string told)
    {
        var province = await NewProvince(DatabaseKind.Sqlite);
        await province.Import(Person.Record(1, _consent));
        await (await Start(province)).Stop();

        await using (var connection = new SqliteConnection($"Data Source={_folder}/heads.db"))
        {
            await connection.OpenAsync(Ct);
            await connection.Execute(change);
        }

        Assert.Contains(told, (await Assert.ThrowsAsync<CannotStartException>(() => Start(province))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_witness_that_was_lost_is_begun_anew_only_in_somebodys_name()
    {
        var province = await NewProvince(DatabaseKind.Sqlite);
        await (await Start(province)).Stop();
        SqliteConnection.ClearAllPools();
        File.Delete(Path.Combine(_folder, "heads.db"));

        await Assert.ThrowsAsync<CannotStartException>(() => Start(province));
        Assert.Equal(0, await Accept(province));
        await (await Start(province)).Stop();

        Assert.Equal("giang", DomainJson.Read<WitnessBegunBody>((await Operations(province))[^1].Body).Person);
    }

    [Fact]
    public async Task A_witness_among_the_ledgers_is_none()
    {
        var province = await NewProvince(DatabaseKind.Sqlite);

        var refusal = await Assert.ThrowsAsync<CannotStartException>(() => province.Start(null, ("Ledger:Witness", province.Text)));

        Assert.Contains("a place of its own", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite:/nowhere/at/all/heads.db", "does not answer")]
    [InlineData("Host=127.0.0.1;Port=1;Timeout=1;Password=hidden", "does not answer")]
    [InlineData("no place", "Set Ledger:Witness to")]
    public async Task A_silo_starts_only_after_comparing(string place, string told)
    {
        var province = await NewProvince(DatabaseKind.Sqlite);

        var refusal = await Assert.ThrowsAsync<CannotStartException>(() => province.Start(null, ("Ledger:Witness", place)));

        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_had_a_witness_is_not_opened_without_one_unless_an_operator_gives_it_up()
    {
        var province = await NewProvince(DatabaseKind.Sqlite);
        await province.Import(Person.Record(1, _consent));
        await (await province.Start()).Stop();
        await (await Start(province)).Stop();

        var refusal = await Assert.ThrowsAsync<CannotStartException>(() => province.Start());
        Assert.Contains("or to 'none'", refusal.Message, StringComparison.Ordinal);

        var silo = await province.Start(null, ("Ledger:Witness", "none"));
        Assert.Equal(Outcome.Permitted, (await Disclose(silo)).Outcome);
    }

    [Fact]
    public async Task A_witness_that_stops_answering_stops_no_running_silo_and_is_made_up_for_later()
    {
        var province = await NewProvince(DatabaseKind.Sqlite);
        await province.Import(Person.Record(1, _consent));
        var link = _folder + "-link";
        Directory.CreateSymbolicLink(link, _folder);
        var silo = await province.Start(null, ("Ledger:Witness", $"sqlite:{link}/heads.db"));
        var witness = Witness(silo);
        await Disclose(silo);

        File.Delete(link);
        SqliteConnection.ClearAllPools();
        await NewLane(silo);
        await Disclose(silo);
        Assert.True(witness.IsOwing);
        await Assert.ThrowsAsync<SqliteException>(() => witness.Flush(Ct));

        Directory.CreateSymbolicLink(link, _folder);
        await witness.Flush(Ct);
        Assert.False(witness.IsOwing);
        Assert.True((await witness.Compare(Ct)).IsNone);
        await silo.Stop();
        File.Delete(link);
        await (await Start(province)).Stop();
    }

    [Theory, EachDatabase]
    public async Task A_running_silo_writes_and_releases_nothing_on_a_database_that_was_set_back_beneath_it(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1, _consent));
        var silo = await Start(province);
        await Disclose(silo);
        await Witness(silo).Flush(Ct);
        Tampered = true;
        await province.Execute("DELETE FROM ledger_batch WHERE lane = (SELECT max(lane) FROM ledger_batch)");

        await NewLane(silo);

        await Retry.Refuses(TryAgainException.LedgerUnavailable, () => Disclose(silo));
        await Retry.Refuses(TryAgainException.LedgerUnavailable, () => silo.Self(Person.Id(1)).WithdrawConsent(_consent.Id));
        Assert.True(Witness(silo).Contradicts);
    }

    private Task<TestSilo> Start(Province province) => province.Start(null, ("Ledger:Witness", Place));

    private static HeadWitness Witness(TestSilo silo) => silo.Services.GetRequiredService<HeadWitness>();

    private static Task<DisclosureAnswer> Disclose(TestSilo silo) => Retry.Again(() => silo.Sector(Person.Id(1)).Disclose(Person.Call()));

    // As after a broken connection: the batch fails, and the next one begins a lane.
    private static async Task NewLane(TestSilo silo)
    {
        silo.Faults.Append = (_, _) => throw new IOException("The cable is out.");
        await Assert.ThrowsAsync<TryAgainException>(() => silo.Sector(Person.Id(1)).Disclose(Person.Call()));
        silo.Faults.Append = null;
    }

    private Task<int> Accept(Province province) => SiloCommands.Create()
        .Parse(["accept-restore", "--database", province.Text, "--witness", Place, "--by", "giang", "--reason", "disk of the database lost"])
        .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, Ct);

    private static async Task<IReadOnlyList<LedgerEntry>> Operations(Province province) =>
        await new Platform.Silo.Ledger.LedgerStore(province.Database).Read(OperationsLedger.Subject, 0, int.MaxValue);
}
