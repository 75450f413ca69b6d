using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>Who is under 14 or under guardianship acts by a representative, at each login.</summary>
public sealed class EidWardTests(PostgresServer postgres) : KernelTest(postgres)
{
    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    [Theory, EachDatabase]
    public async Task A_ward_needs_a_living_representative_with_an_active_account_of_level_2(DatabaseKind kind)
    {
        var (province, silo) = await Citizens(
            kind, Eid.Born(1, "2020-01-01"), Person.Record(2), Person.Record(3), Person.Record(4), Person.Record(5), Person.Record(6));
        var ward = Eid.Registration() with { Holder = EidHolder.Ward };
        var account = silo.Account(Person.Id(1));
        Task<EidAnswer> Register(int? by) => Retry.Again(() => account.Register(ward with { Representative = by is { } one ? Person.Id(one).Reveal() : null }));
        await silo.Account(Person.Id(3)).Register(Eid.Registration());
        await silo.Account(Person.Id(4)).Open(Eid.Registration(1));
        await (await silo.Account(Person.Id(5)).Open()).Lock(Eid.Holder);
        await silo.Account(Person.Id(6)).Open();
        await province.Becomes(silo, Person.Id(6), CitizenStatus.Deceased);

        Assert.Equal(EidRefusals.RepresentativeNeeded, (await account.Register(Eid.Registration())).Refusal);
        Assert.Equal(EidRefusals.RepresentativeNeeded, (await account.Register(ward with { Representative = "mother" })).Refusal);
        foreach (var representative in new int?[] { null, 1, 2, 3, 4, 5, 6 })
        {
            Assert.Equal(EidRefusals.RepresentativeNeeded, (await Register(representative)).Refusal);
        }

        Eid.Done(await silo.Account(Person.Id(5)).Unlock(Eid.Holder));
        Eid.Done(await Register(5));
        Assert.Equal(Person.Id(5).Reveal(), (await account.GetAccount())!.Representative);
    }

    [Theory, EachDatabase]
    public async Task A_ward_represents_nobody(DatabaseKind kind)
    {
        var (_, silo) = await Citizens(kind, Person.Record(1), Person.Record(2), Person.Record(3));
        await silo.Account(Person.Id(1)).Open();
        await silo.Account(Person.Id(2)).Open(Eid.Registration() with { Holder = EidHolder.Ward, Representative = Person.Id(1).Reveal() });

        var answer = await silo.Account(Person.Id(3)).Register(Eid.Registration() with { Holder = EidHolder.Ward, Representative = Person.Id(2).Reveal() });

        Assert.Equal(EidRefusals.RepresentativeNeeded, answer.Refusal);
    }

    [Theory, EachDatabase]
    public async Task Two_who_name_each_other_as_representatives_do_not_wait_for_each_other(DatabaseKind kind)
    {
        var (_, silo) = await Citizens(kind, Person.Record(1), Person.Record(2));
        RegisterAccountCall Ward(int by) => Eid.Registration() with { Holder = EidHolder.Ward, Representative = Person.Id(by).Reveal() };

        for (var round = 0; round < 20; round++)
        {
            var answers = await Eid.Both(() => silo.Account(Person.Id(1)).Register(Ward(2)), () => silo.Account(Person.Id(2)).Register(Ward(1)));
            Assert.All(answers, answer => Assert.Equal(EidRefusals.RepresentativeNeeded, answer.Refusal));
        }
    }

    [Theory, EachDatabase]
    public async Task A_ward_logs_in_with_the_representatives_approval_for_that_ward_alone_and_once(DatabaseKind kind)
    {
        var (_, silo) = await OnePhone(kind);
        var mother = silo.Account(Person.Id(1));
        var (ward, sibling) = (await Ward(silo, 2), await Ward(silo, 3));
        async Task<string> Approved(PersonalId? whom)
        {
            var asked = Eid.Done(await mother.StartApproval(Eid.Question(whom))).Secret!;
            Eid.Done(await mother.DecideApproval(Eid.Answer(asked)));
            return asked;
        }

        async Task<string?> LogIn(IEidAccountGrain account, string? approval) =>
            (await account.OpenSession(Eid.Login() with { RepresentativeApproval = approval })).Refusal;

        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, await LogIn(ward, null));
        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, await LogIn(ward, "made up"));
        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, await LogIn(ward, await Approved(null)));
        var waiting = Eid.Done(await mother.StartApproval(Eid.Question(Person.Id(2)))).Secret!;
        Assert.Equal("NGUYỄN VĂN BÉ", (await mother.GetApprovals(Eid.DeviceSecret))!.Waiting[0].WardName);
        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, await LogIn(ward, waiting));
        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, await LogIn(sibling, await Approved(Person.Id(2))));

        var approval = await Approved(Person.Id(2));
        Assert.Null(await LogIn(ward, approval));
        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, await LogIn(ward, approval));
    }

    [Theory, EachDatabase]
    public async Task A_representative_who_lost_level_2_or_died_confirms_no_more(DatabaseKind kind)
    {
        var (province, silo) = await OnePhone(kind);
        var mother = silo.Account(Person.Id(1));
        var ward = await Ward(silo, 2);
        var asked = Eid.Done(await mother.StartApproval(Eid.Question(Person.Id(2)))).Secret!;
        await mother.DecideApproval(Eid.Answer(asked));
        var call = Eid.Login() with { RepresentativeApproval = asked };

        await mother.LowerLevel(Eid.Order);
        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, (await ward.OpenSession(call)).Refusal);
        Assert.Equal(EidRefusals.ApprovalUnavailable, (await mother.StartApproval(Eid.Question(Person.Id(2)))).Refusal);
        await mother.RaiseLevel(Eid.Check(Person.Now));
        await province.Becomes(silo, Person.Id(1), CitizenStatus.Deceased);

        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, (await Retry.Again(() => ward.OpenSession(call))).Refusal);
        Assert.Equal(EidLockedBy.Record, (await mother.GetAccount())!.LockedBy);
    }

    private static Task<IEidAccountGrain> Ward(TestSilo silo, int number) => silo.Account(Person.Id(number))
        .Open(Eid.Registration() with { Holder = EidHolder.Ward, Representative = Person.Id(1).Reveal() });

    private async Task<(Province Province, TestSilo Silo)> OnePhone(DatabaseKind kind)
    {
        var (province, silo) = await Citizens(kind, Person.Record(1), Eid.Born(2, "2020-01-01"), Eid.Born(3, "2021"));
        await (await silo.Account(Person.Id(1)).Open()).AddPhone();
        return (province, silo);
    }

    private async Task<(Province Province, TestSilo Silo)> Citizens(DatabaseKind kind, params CitizenRecord[] records)
    {
        var province = await NewProvince(kind);
        await province.Import(records);
        return (province, await province.Start(_clock));
    }
}
