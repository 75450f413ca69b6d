using System.Runtime.CompilerServices;
using System.Text;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Intake;
using Platform.Domain.Sharing;
using Platform.Silo.Citizens;
using Platform.Silo.Import;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>An import takes in whole citizens, says what it did not take, and can be started again at any time.</summary>
public sealed class ImportTests(PostgresServer postgres) : KernelTest(postgres)
{
    private const int Many = 2000;

    [Theory, EachDatabase]
    public async Task Two_thousand_citizens_are_taken_in_once(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        CitizenRecord[] records = [.. Enumerable.Range(0, Many).Select(number => Person.Record(number, Person.Consent()))];

        var first = await province.Import(records);
        var second = await province.Import(records);

        Assert.Equal((Many, 0, 0), (first.Imported, first.AlreadyHeld, first.Refused));
        Assert.Equal((0, Many, 0), (second.Imported, second.AlreadyHeld, second.Refused));
        Assert.Equal(Many, await province.Count("grain_state"));
        Assert.Equal(Many, await province.Count("ledger WHERE kind = 'record.imported'"));
        var silo = await province.Start();
        Assert.Equal("NGUYỄN VĂN 1999", (await silo.Sector(Person.Id(1999)).Disclose(Person.Call())).Targets[0].Values[0].Text);
    }

    [Theory, EachDatabase]
    public async Task A_cancelled_import_leaves_whole_citizens_and_is_resumed(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        using var cancellation = new CancellationTokenSource();
        var importer = new CitizenImporter(province.Database, TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in importer.Import(Lines(900, cancellation, cancellation.Token), cancellation.Token))
            {
            }
        });

        Assert.Equal(500, await province.Count("grain_state"));
        Assert.Equal(500, await province.Count("ledger WHERE kind = 'record.imported'"));
        var resumed = await province.Import([.. Enumerable.Range(0, 1000).Select(number => Person.Record(number))]);
        Assert.Equal((500, 500), (resumed.Imported, resumed.AlreadyHeld));
    }

    [Fact]
    public void What_is_stored_of_a_new_citizen_is_the_state_with_the_record_and_its_digest_is_the_records()
    {
        var record = Person.Record(1, Person.Consent());
        var prepared = PreparedRecord.Of(record);

        Assert.Equal(DomainJson.Write(new CitizenState { Record = record }), Encoding.UTF8.GetString(prepared.State()));
        Assert.Equal(record.Digest(), prepared.Digest());
    }

    [Theory, EachDatabase]
    public async Task A_batch_that_fails_leaves_nothing_of_itself(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        await province.BreakRecordWrites();

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => province.Import(Person.Record(1), Person.Record(2), Person.Record(3)));

        Assert.Empty(await province.Ledger(Person.Id(2)));
        await province.RepairRecordWrites();
        Assert.Equal(2, (await province.Import(Person.Record(1), Person.Record(2), Person.Record(3))).Imported);
    }

    [Theory, EachDatabase]
    public async Task What_is_not_taken_is_reported_with_its_line(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        ImportLine[] lines =
        [
            new(1, new ImportRow { Record = Person.Record(1) }, null, null),
            new(2, new ImportRow { Record = Person.Record(2) }, null, null),
            new(3, null, "row.bad", "It is bad."),
            new(4, new ImportRow { Record = Person.Record(2) with { Protected = true } }, null, null),
        ];

        var progress = await new CitizenImporter(province.Database, TimeProvider.System)
            .Import(lines.ToAsyncEnumerable(), CancellationToken.None)
            .SingleAsync(TestContext.Current.CancellationToken);

        Assert.Equal((1, 1, 2, 4), (progress.Imported, progress.AlreadyHeld, progress.Refused, progress.Lines));
        Assert.Equal([(3L, "row.bad"), (4L, "citizen.repeated")], progress.Problems.Select(problem => (problem.Line, problem.Code)));
        Assert.DoesNotContain(progress.Problems, problem => problem.Reason.Contains(Person.Id(2).Reveal(), StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task An_import_into_a_working_silo_loses_neither_records_nor_entries(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        var silo = await province.Start();
        CitizenRecord[] records = [.. Enumerable.Range(0, 400).Select(number => Person.Record(number))];

        var asking = Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(
            () => Retry.Again(() => silo.Sector(Person.Id(number * 10)).Disclose(Person.Renewal(Person.Name))))));
        for (var tries = 1; await province.Count("grain_state") < records.Length; tries++)
        {
            try
            {
                await province.Import(records);
            }
            catch (System.Data.Common.DbException) when (tries < 10)
            {
                // Somebody asked about one of them at the same moment: nothing of the batch was taken, and it is started again.
            }
        }

        var answers = await asking;
        Assert.Equal(400, await province.Count("ledger WHERE kind = 'record.imported'"));
        for (var index = 0; index < answers.Length; index++)
        {
            Assert.Contains(await province.Ledger(Person.Id(index * 10)), entry => entry.Id == answers[index].Id);
            var now = await Retry.Again(() => silo.Sector(Person.Id(index * 10)).Disclose(Person.Renewal(Person.Name)));
            Assert.Equal(Outcome.Permitted, now.Outcome);
        }
    }

    private static async IAsyncEnumerable<ImportLine> Lines(
        int cancelAt, CancellationTokenSource source, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var number = 0; number < 1000; number++)
        {
            if (number == cancelAt)
            {
                await source.CancelAsync();
            }

            cancellation.ThrowIfCancellationRequested();
            yield return new ImportLine(number + 1, new ImportRow { Record = Person.Record(number) }, null, null);
        }
    }
}
