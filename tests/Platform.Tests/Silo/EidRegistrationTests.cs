using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>Who gets an account, and how it comes into use.</summary>
public sealed class EidRegistrationTests(PostgresServer postgres) : KernelTest(postgres)
{
    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    [Theory, EachDatabase]
    public async Task An_account_is_registered_with_who_when_and_where_and_activated_with_the_code(DatabaseKind kind)
    {
        var (_, silo) = await Citizens(kind, Person.Record(1));
        var account = silo.Account(Person.Id(1));

        var code = Eid.Done(await account.Register(Eid.Registration())).Secret!;
        Assert.Equal(EidState.Registered, (await account.GetAccount())!.State);
        Eid.Done(await account.Activate($" {code.ToLowerInvariant()} ", Eid.Record()));

        var view = (await account.GetAccount())!;
        Assert.Equal((EidState.Active, 2, "NGUYỄN VĂN 1"), (view.State, view.Level, view.Name));
        Assert.Equal(["account.activated", "account.registered"], view.LifeCycle.Select(act => act.Kind));
        var registered = view.LifeCycle[1];
        Assert.Equal(("officer-1", "Gia Nghĩa", _clock.GetUtcNow()), (registered.Official, registered.Place, registered.At));
        Assert.Contains($"face {Eid.Registration().Check!.At.UtcDateTime:yyyy-MM-dd}", registered.Detail, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task An_incomplete_registration_leaves_no_account(DatabaseKind kind)
    {
        var (_, silo) = await Citizens(kind, Person.Record(1));
        var account = silo.Account(Person.Id(1));
        var whole = Eid.Registration();
        var check = whole.Check!;
        RegisterAccountCall[] incomplete =
        [
            whole with { HolderAgreed = false },
            whole with { Level = 0 },
            whole with { Level = 3 },
            whole with { By = "" },
            whole with { By = new string('x', 201) },
            whole with { Level = 1 },
            whole with { Check = null },
            whole with { By = "app" },
            whole with { By = Person.Id(1).Reveal() },
            whole with { Check = check with { Official = "" } },
            whole with { Check = check with { Official = Person.Id(1).Reveal() } },
            whole with { Check = check with { Place = "" } },
            whole with { Check = check with { Biometric = "voice" } },
            whole with { Check = check with { At = _clock.GetUtcNow().AddSeconds(1) } },
            whole with { Holder = EidHolder.Foreigner },
            whole with { Holder = EidHolder.Foreigner, TravelDocument = "C1234567" },
        ];

        foreach (var call in incomplete)
        {
            Assert.Equal(EidRefusals.RecordIncomplete, (await account.Register(call)).Refusal);
        }

        Assert.Null(await account.GetAccount());
        Eid.Done(await account.Register(Eid.Registration(1) with { By = "app" }));
        Assert.Equal(EidRefusals.AccountExists, (await account.Register(whole)).Refusal);
    }

    // The clock stands on the 15th of next month.
    [Theory]
    [InlineData("a month of last year", 14, true)]
    [InlineData("today", 14, true)]
    [InlineData("tomorrow", 14, false)]
    [InlineData("this month", 14, false)]
    [InlineData("last month", 14, true)]
    [InlineData("this year", 14, false)]
    [InlineData("last year", 14, true)]
    [InlineData("nothing", 14, false)]
    public async Task Fourteen_is_who_is_it_by_every_reading_of_the_birth_date(string born, int years, bool isOldEnough)
    {
        var today = CivilTime.Day(_clock.GetUtcNow()).AddYears(-years);
        var text = born switch
        {
            "today" => $"{today:yyyy-MM-dd}",
            "tomorrow" => $"{today.AddDays(1):yyyy-MM-dd}",
            "this month" => $"{today:yyyy-MM}",
            "last month" => $"{today.AddMonths(-1):yyyy-MM}",
            "this year" => $"{today:yyyy}",
            "last year" => $"{today.AddYears(-1):yyyy}",
            "nothing" => null,
            _ => $"{today.AddYears(-1):yyyy-MM}",
        };
        var (_, silo) = await Citizens(DatabaseKind.Sqlite, Eid.Born(1, text));

        var answer = await silo.Account(Person.Id(1)).Register(Eid.Registration());

        Assert.Equal(isOldEnough ? null : EidRefusals.RepresentativeNeeded, answer.Refusal);
    }

    [Theory, EachDatabase]
    public async Task Who_is_not_in_the_population_record_or_no_longer_in_use_gets_no_account(DatabaseKind kind)
    {
        var (_, silo) = await Citizens(
            kind, Person.Record(1) with { Status = CitizenStatus.Deceased }, Person.Record(2) with { Status = CitizenStatus.CancelledReplaced });

        foreach (var number in new[] { 1, 2, 3 })
        {
            Assert.Equal(EidRefusals.CitizenInactive, (await silo.Account(Person.Id(number)).Register(Eid.Registration())).Refusal);
        }
    }

    [Theory, EachDatabase]
    public async Task A_foreigner_needs_a_travel_document_and_no_population_record(DatabaseKind kind)
    {
        var (_, silo) = await Citizens(kind, Person.Record(1));
        var foreigner = Eid.Registration() with { Holder = EidHolder.Foreigner, TravelDocument = "C1234567" };
        var account = silo.Account(Person.Id(9));

        Assert.Equal(EidRefusals.RecordIncomplete, (await account.Register(foreigner with { TravelDocument = "" })).Refusal);
        Assert.Equal(EidRefusals.RecordIncomplete, (await account.Register(foreigner with { TravelDocument = new string('C', 21) })).Refusal);
        await account.Open(foreigner);
        var session = await account.LogInWithPhone();

        Assert.Equal(2, (await account.CheckSession(session.Id))!.Level);
        Assert.Equal("", (await account.GetAccount())!.Name);
    }

    [Theory, EachDatabase]
    public async Task A_code_is_good_for_seven_days_and_a_missed_one_is_replaced_by_registering_again(DatabaseKind kind)
    {
        var (_, silo) = await Citizens(kind, Person.Record(1));
        var account = silo.Account(Person.Id(1));
        var code = Eid.Done(await account.Register(Eid.Registration())).Secret!;

        _clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal(EidRefusals.AccountExists, (await account.Register(Eid.Registration())).Refusal);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(EidRefusals.ActivationInvalid, (await account.Activate(code, Eid.Record())).Refusal);

        var again = Eid.Done(await account.Register(Eid.Registration())).Secret!;
        Assert.Equal(EidRefusals.ActivationInvalid, (await account.Activate(code, Eid.Record())).Refusal);
        _clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Eid.Done(await account.Activate(again, Eid.Record()));
        Assert.Equal(EidRefusals.ActivationInvalid, (await account.Activate(again, Eid.Record(9))).Refusal);
        Assert.Null((await account.VerifyPassword(Eid.Hash)).Refusal);
    }

    [Theory, EachDatabase]
    public async Task Wrong_codes_write_nothing_and_leave_the_right_one_to_the_holder(DatabaseKind kind)
    {
        var (province, silo) = await Citizens(kind, Person.Record(1));
        var account = silo.Account(Person.Id(1));
        var code = Eid.Done(await account.Register(Eid.Registration())).Secret!;
        for (var guess = 0; guess < 50; guess++)
        {
            Assert.Equal(EidRefusals.ActivationInvalid, (await account.Activate($"{guess:X20}", Eid.Record())).Refusal);
        }

        foreach (var wrong in new[] { "", "é", code + "0", code[..^1] })
        {
            Assert.Equal(EidRefusals.ActivationInvalid, (await account.Activate(wrong, Eid.Record())).Refusal);
        }

        Assert.Equal("1", await province.Scalar("SELECT CAST(max(version) AS text) FROM grain_state WHERE grain_type = 'eid-account'"));
        Eid.Done(await account.Activate(code, Eid.Record()));
    }

    [Theory, EachDatabase]
    public async Task A_code_counts_once_on_two_silos_at_the_same_moment(DatabaseKind kind)
    {
        var (province, silo) = await Citizens(kind, Person.Record(1));
        var other = await province.Start(_clock);
        var code = Eid.Done(await silo.Account(Person.Id(1)).Register(Eid.Registration())).Secret!;
        await other.Account(Person.Id(1)).GetAccount();

        var answers = await Eid.Both(
            () => silo.Account(Person.Id(1)).Activate(code, Eid.Record(1)), () => other.Account(Person.Id(1)).Activate(code, Eid.Record(2)));

        Assert.Equal([null, EidRefusals.ActivationInvalid], answers.Select(answer => answer.Refusal).Order());
    }

    [Theory, EachDatabase]
    public async Task Who_dies_before_the_activation_does_not_come_into_use(DatabaseKind kind)
    {
        var (province, silo) = await Citizens(kind, Person.Record(1));
        var account = silo.Account(Person.Id(1));
        var code = Eid.Done(await account.Register(Eid.Registration())).Secret!;
        await province.Becomes(silo, Person.Id(1), CitizenStatus.Deceased);

        Assert.Equal(EidRefusals.AccountLocked, (await Retry.Again(() => account.Activate(code, Eid.Record()))).Refusal);

        var view = (await account.GetAccount())!;
        Assert.Equal((EidState.Locked, EidLockedBy.Record), (view.State, view.LockedBy));
    }

    private async Task<(Province Province, TestSilo Silo)> Citizens(DatabaseKind kind, params CitizenRecord[] records)
    {
        var province = await NewProvince(kind);
        await province.Import(records);
        return (province, await province.Start(_clock));
    }
}
