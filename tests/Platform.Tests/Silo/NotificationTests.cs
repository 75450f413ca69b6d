using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Domain.Reports;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>A citizen is told what happened, as far as the citizen chose, and never less than what is mandatory.</summary>
public sealed class NotificationTests(PostgresServer postgres) : KernelTest(postgres)
{
    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    [Theory, EachDatabase]
    public async Task Everything_that_happened_is_told_once_newest_first(DatabaseKind kind)
    {
        var (_, silo) = await OneCitizen(kind);
        var permitted = Person.Call();
        var denied = Person.Call();
        await Later(() => silo.Sector(Person.Id(1)).Disclose(denied));
        var consent = DomainJson.Read<Consent>((await Later(() => silo.Self(Person.Id(1)).DecideConsent(Person.Grant("key", _clock.GetUtcNow())))).Consent!);
        await Later(() => silo.Sector(Person.Id(1)).Disclose(permitted));
        await Later(() => silo.Self(Person.Id(1)).WithdrawConsent(consent.Id));
        await Later(() => silo.Source(Person.Id(1)).PutDocument(Person.Put(Person.Card(2) with { ValidTo = null })));
        var report = (await Later(() => silo.Self(Person.Id(1)).OpenReport(Question(permitted.Id)))).Report!.Id;
        await Later(() => silo.Reports.Answer(Explained(report)));

        var items = (await silo.Notifications(Person.Id(1)).GetNotifications()).Items;

        Assert.Equal(
            [
                (NotificationKind.ReportAnswered, LedgerKinds.ReportAnswered, report),
                (NotificationKind.DocumentChanged, LedgerKinds.DocumentPut, null),
                (NotificationKind.ConsentChanged, LedgerKinds.ConsentWithdrawn, consent.Id),
                (NotificationKind.AccessPermitted, LedgerKinds.Disclosure, permitted.Id),
                (NotificationKind.ConsentChanged, LedgerKinds.ConsentGranted, consent.Id),
                (NotificationKind.AccessDenied, LedgerKinds.Disclosure, denied.Id),
            ],
            items.Select(item => (item.Kind, item.Event, item.Subject)));
        Assert.Equal((Person.System, Person.Purpose), (items[3].System, items[3].Purpose));
        Assert.Equal((Person.Recipient, Person.Purpose), (items[4].Organisation, items[4].Purpose));
        Assert.Equal("healthInsurance", items[1].Document);
    }

    [Theory, EachDatabase]
    public async Task What_is_silenced_is_not_told_and_crowds_out_nothing_even_among_ten_thousand(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var denied = Person.Call();
        await silo.Sector(Person.Id(1)).Disclose(denied);
        var past = PastAccesses.Make(10_000, _clock.GetUtcNow().AddMinutes(1), Guid.CreateVersion7());
        await silo.Stop();
        await PastAccesses.Append(province, Person.Id(1), past);
        var restarted = await province.Start(_clock);
        var told = restarted.Notifications(Person.Id(1));

        Assert.Equal(
            past.Reverse().Take(100).Select(access => access.Id).Order(), (await told.GetNotifications()).Items.Select(item => item.Id).Order());
        await told.SetSilenced([NotificationKind.AccessPermitted, NotificationKind.IdentityReleased]);
        var items = (await told.GetNotifications()).Items;
        Assert.Equal(past.Reverse().Where(access => access.Outcome == Platform.Domain.Sharing.Outcome.Denied).Take(100).Select(access => access.Id), items.Select(item => item.Id));

        await told.SetSilenced([.. Enum.GetValues<NotificationKind>()]);
        Assert.Empty((await told.GetNotifications()).Items);
    }

    [Theory, EachDatabase]
    public async Task Choices_and_what_was_seen_outlive_the_process_and_time_never_runs_back(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var now = CivilTime.Microseconds(_clock.GetUtcNow());
        var told = silo.Notifications(Person.Id(1));
        Assert.Null((await told.GetNotifications()).SeenUpTo);

        await told.SetSilenced([NotificationKind.IdentityReleased, NotificationKind.AccountSecurity, NotificationKind.AccessPermitted, NotificationKind.AccessPermitted]);
        Assert.Equal(now.AddHours(-1), await told.MarkSeen(now.AddHours(-1)));
        Assert.Equal(now.AddHours(-1), await told.MarkSeen(now.AddHours(-2)));
        Assert.Equal(now, await told.MarkSeen(now.AddYears(5)));
        await silo.Stop();

        var view = await (await province.Start(_clock)).Notifications(Person.Id(1)).GetNotifications();
        Assert.Equal([NotificationKind.AccessPermitted, NotificationKind.IdentityReleased], view.Silenced);
        Assert.Equal(now, view.SeenUpTo);
        Assert.Equal([LedgerKinds.RecordImported], await province.Kinds(Person.Id(1)));
    }

    [Theory]
    [InlineData(31, false)]
    [InlineData(30, true)]
    [InlineData(0, true)]
    [InlineData(-30, true)]
    [InlineData(-31, false)]
    public async Task A_document_is_told_of_from_thirty_days_before_its_last_day_to_thirty_after(int days, bool isTold)
    {
        var last = CivilTime.Day(_clock.GetUtcNow()).AddDays(days);
        var province = await NewProvince(DatabaseKind.Sqlite);
        await province.Import(Person.Record(1).WithDocument(Person.Card(1) with { ValidTo = last }));
        var told = (await province.Start(_clock)).Notifications(Person.Id(1));

        var items = (await told.GetNotifications()).Items;

        Assert.Equal(isTold ? 1 : 0, items.Length);
        Assert.All(items, item => Assert.Equal(
            (NotificationKind.DocumentExpiring, "healthInsurance", CivilTime.StartOf(last.AddDays(1))), (item.Kind, item.Document, item.Until!.Value)));
        await told.SetSilenced([NotificationKind.DocumentExpiring]);
        Assert.Empty((await told.GetNotifications()).Items);
    }

    [Theory, EachDatabase]
    public async Task A_locked_account_is_always_told_with_the_same_identity_each_time(DatabaseKind kind)
    {
        var (_, silo) = await OneCitizen(kind);
        var account = await silo.Account(Person.Id(1)).Open();
        Eid.Done(await account.Lock(Eid.Holder));
        await silo.Notifications(Person.Id(1)).SetSilenced([.. Enum.GetValues<NotificationKind>()]);

        var first = (await silo.Notifications(Person.Id(1)).GetNotifications()).Items;
        var second = (await silo.Notifications(Person.Id(1)).GetNotifications()).Items;

        Assert.Contains("account.locked", first.Select(item => item.Event));
        Assert.All(first, item => Assert.Equal(NotificationKind.AccountSecurity, item.Kind));
        Assert.Equal(first, second);
    }

    [Theory, EachDatabase]
    public async Task Nobody_is_told_of_others_and_a_stranger_of_nothing(DatabaseKind kind)
    {
        var (_, silo) = await OneCitizen(kind);
        await silo.Sector(Person.Id(1)).Disclose(Person.Call());

        Assert.Empty((await silo.Notifications(Person.Id(2)).GetNotifications()).Items);
    }

    [Fact]
    public async Task A_choice_that_could_not_be_stored_is_not_there()
    {
        var (province, silo) = await OneCitizen(DatabaseKind.Sqlite);
        var told = silo.Notifications(Person.Id(1));
        await told.SetSilenced([NotificationKind.AccessDenied]);
        await province.BreakRecordWrites();

        Assert.Equal(TryAgainException.RecordUnavailable, (await Assert.ThrowsAsync<TryAgainException>(() => told.SetSilenced([]))).Code);

        await province.RepairRecordWrites();
        Assert.Equal([NotificationKind.AccessDenied], (await Retry.Again(told.GetNotifications)).Silenced);
    }

    private static ReportCall Question(Guid access) => new() { OperationKey = "why", Kind = ReportKind.AccessQuestion, Access = access, Text = "Vì sao?" };

    private static AnswerReportCall Explained(Guid report) => new()
    {
        Report = report,
        OperationKey = "answer",
        Official = new ReportOfficial { PersonalId = Person.Id(901).Reveal(), Subject = "officer-1", Role = "one-stop-officer" },
        Text = "Theo hợp đồng.",
        Outcome = ReportOutcome.Explained,
    };

    private async Task<T> Later<T>(Func<Task<T>> step)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        return await step();
    }

    private async Task<(Province Province, TestSilo Silo)> OneCitizen(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1) with { Documents = [Person.Card(1) with { ValidTo = null }] });
        return (province, await province.Start(_clock));
    }
}
