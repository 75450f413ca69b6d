using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
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

    [Theory, EachDatabase]
    public async Task A_ward_consents_only_with_the_representatives_approval_of_that_very_consent(DatabaseKind kind)
    {
        var (_, silo) = await Children(kind);
        var mother = silo.Account(Person.Id(1));
        var (ward, session) = await LoggedIn(silo, 2);
        var call = await Consent(ward, "key-1");
        var shown = ConsentStatement.ForRepresentative(call.Text!, call.Targets, call.Language);
        Task<string> Approved(string? consent, int whom = 2) => Approve(mother, Eid.Question(Person.Id(whom)) with { Consent = consent });
        async Task<string?> Decide(ConsentCall made, string? approval) =>
            (await ward.DecideConsent(session, made with { RepresentativeApproval = approval })).Refusal;

        var asked = Eid.Done(await mother.StartApproval(Eid.Question(Person.Id(2)) with { Consent = shown })).Secret!;
        Assert.Equal(shown, (await mother.GetApprovals(Eid.DeviceSecret))!.Waiting.Single().Consent);
        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, await Decide(call, asked));
        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, await Decide(call, null));
        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, await Decide(call, await Approved(null)));
        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, await Decide(call, await Approved(shown, whom: 3)));
        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, await Decide(call with { Targets = [.. call.Targets, "profile.religion"] }, await Approved(shown)));
        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, await Decide(call with { Text = null }, await Approved(null)));
        Assert.Equal(
            EidRefusals.RepresentativeNotConfirmed,
            (await ward.OpenSession(Eid.Login() with { RepresentativeApproval = await Approved(shown) })).Refusal);
        Assert.Equal(EidRefusals.ApprovalUnavailable, (await mother.StartApproval(Eid.Question() with { Consent = shown })).Refusal);
        Assert.Equal(EidRefusals.ApprovalUnavailable, (await mother.StartApproval(Eid.Question(Person.Id(2)) with { Consent = new string('x', 40_001) })).Refusal);

        var approval = await Approved(shown);
        Assert.Null(await Decide(call, approval));
        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, await Decide(call with { OperationKey = "key-2" }, approval));
        Assert.Null(await Decide(call with { OperationKey = "key-3", Granted = false }, null));
    }

    [Theory]
    [InlineData(6, ConsentGiver.Representative)]
    [InlineData(7, ConsentGiver.WardAndRepresentative)]
    public async Task From_seven_on_the_childs_own_agreement_is_part_of_the_consent(int years, ConsentGiver giver)
    {
        var (_, silo) = await Children(DatabaseKind.Sqlite);
        var (ward, session) = await LoggedIn(silo, years == 6 ? 2 : 3);
        var call = await Consent(ward, "key-1");
        var shown = ConsentStatement.ForRepresentative(call.Text!, call.Targets, call.Language);
        var approval = await Approve(silo.Account(Person.Id(1)), Eid.Question(Person.Id(years == 6 ? 2 : 3)) with { Consent = shown });

        // Who gives it is known here, whoever says otherwise.
        var answer = await ward.DecideConsent(session, call with { RepresentativeApproval = approval, GivenBy = null });

        Assert.Equal(giver, DomainJson.Read<Consent>(answer.Consent!).Evidence.GivenBy);
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("lower")]
    [InlineData("cancel")]
    [InlineData("death")]
    [InlineData("ward")]
    public async Task A_wards_session_ends_with_what_made_the_representative_one(string end)
    {
        var (province, silo) = await Children(DatabaseKind.Sqlite);
        var (ward, session) = await LoggedIn(silo, 2);
        await ward.JoinSession(session, Eid.Client());
        Assert.True((await ward.CheckSession(session))!.OfWard);
        var mother = silo.Account(Person.Id(1));
        switch (end)
        {
            case "lock":
                Eid.Done(await mother.Lock(Eid.Holder));
                break;
            case "lower":
                Eid.Done(await mother.LowerLevel(Eid.Order));
                break;
            case "cancel":
                Eid.Done(await mother.Cancel(Eid.Order));
                break;
            case "ward":
                Eid.Done(await mother.SetRepresentative(Person.Id(4).Reveal(), Eid.Order));
                break;
            default:
                await province.Becomes(silo, Person.Id(1), CitizenStatus.Deceased);
                break;
        }

        Assert.Null(await Retry.Again(() => ward.CheckSession(session)));
        Assert.Equal(EidRefusals.SessionEnded, (await ward.StepUp(session, [Eid.Password])).Refusal);
        Assert.Single(await silo.Logouts().Take(9, TimeSpan.Zero));
        if (end == "lock")
        {
            Eid.Done(await mother.Unlock(Eid.Holder));
            Assert.Null(await ward.CheckSession(session));
        }
    }

    [Theory, EachDatabase]
    public async Task The_authority_puts_another_representative_in_the_place_of_the_first(DatabaseKind kind)
    {
        var (_, silo) = await Children(kind);
        var (mother, father) = (silo.Account(Person.Id(1)), silo.Account(Person.Id(4)));
        var (ward, session) = await LoggedIn(silo, 2);
        foreach (var unfit in new[] { Person.Id(2), Person.Id(3), Person.Id(9) })
        {
            Assert.Equal(EidRefusals.RepresentativeNeeded, (await ward.SetRepresentative(unfit.Reveal(), Eid.Order)).Refusal);
        }

        Assert.Equal(EidRefusals.AccountState, (await ward.SetRepresentative(Person.Id(1).Reveal(), Eid.Order)).Refusal);
        Assert.NotNull(await ward.CheckSession(session));
        var before = await Approve(mother, Eid.Question(Person.Id(2)));

        Eid.Done(await ward.SetRepresentative(Person.Id(4).Reveal(), Eid.Order));

        Assert.Null(await ward.CheckSession(session));
        var view = (await ward.GetAccount())!;
        Assert.Equal((EidHolder.Ward, Person.Id(4).Reveal()), (view.Holder, view.Representative));
        Assert.Equal(("representative.set", "officer-1"), (view.LifeCycle[0].Kind, view.LifeCycle[0].Official));
        Assert.Contains("order 12/QĐ", view.LifeCycle[0].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Person.Id(4).Reveal(), view.LifeCycle[0].Detail, StringComparison.Ordinal);
        async Task<string?> LogIn(string approval) => (await ward.OpenSession(Eid.Login() with { RepresentativeApproval = approval })).Refusal;
        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, await LogIn(before));
        Assert.Null(await LogIn(await Approve(father, Eid.Question(Person.Id(2)))));
    }

    [Theory, EachDatabase]
    public async Task From_fourteen_on_the_authority_makes_the_account_the_persons_own_and_not_before(DatabaseKind kind)
    {
        var (_, silo) = await Children(kind);
        var (child, _) = await LoggedIn(silo, 3);
        Assert.Equal(EidRefusals.RepresentativeNeeded, (await child.SetRepresentative(null, Eid.Order)).Refusal);
        var young = silo.Account(Person.Id(5));
        await young.Open(Eid.Registration() with { Holder = EidHolder.Ward, Representative = Person.Id(1).Reveal() });
        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, (await young.OpenSession(Eid.Login())).Refusal);

        Eid.Done(await young.SetRepresentative(null, Eid.Order));

        var session = await young.LogInWithPhone();
        Assert.Equal((2, false), (session.Level, session.OfWard));
        var view = (await young.GetAccount())!;
        Assert.Equal((EidHolder.Citizen, null), (view.Holder, view.Representative));
        Assert.Equal(("representative.ended", "order 12/QĐ"), (view.LifeCycle[0].Kind, view.LifeCycle[0].Detail));
        Assert.Null((await young.DecideConsent(session.Id, await Consent(young, "own"))).Refusal);
    }

    [Theory, EachDatabase]
    public async Task Who_comes_under_guardianship_loses_office_and_acts_by_the_guardian(DatabaseKind kind)
    {
        var (_, silo) = await Children(kind);
        var account = silo.Account(Person.Id(4));
        await account.SetRoles(["registrar"], Eid.Order);
        var session = await account.LogIn();

        Eid.Done(await account.SetRepresentative(Person.Id(1).Reveal(), Eid.Order));

        Assert.Null(await account.CheckSession(session.Id));
        Assert.Empty((await account.GetAccount())!.Roles);
        Assert.Equal(EidRefusals.RepresentativeNotConfirmed, (await account.OpenSession(Eid.Login())).Refusal);
    }

    // Two adults with accounts, the first with a phone; children of six, seven and fourteen.
    private async Task<(Province Province, TestSilo Silo)> Children(DatabaseKind kind)
    {
        var today = CivilTime.Day(_clock.GetUtcNow());
        string Of(int years) => $"{today.AddYears(-years):yyyy-MM-dd}";
        var (province, silo) = await Citizens(
            kind, Person.Record(1), Eid.Born(2, Of(6)), Eid.Born(3, Of(7)), Person.Record(4), Eid.Born(5, Of(14)));
        await (await silo.Account(Person.Id(1)).Open()).AddPhone();
        await (await silo.Account(Person.Id(4)).Open()).AddPhone();
        return (province, silo);
    }

    private static async Task<string> Approve(IEidAccountGrain representative, StartApprovalCall question)
    {
        var asked = Eid.Done(await representative.StartApproval(question)).Secret!;
        Eid.Done(await representative.DecideApproval(Eid.Answer(asked)));
        return asked;
    }

    // A child with a phone of its own, in a session of level 2.
    private static async Task<(IEidAccountGrain Ward, string Session)> LoggedIn(TestSilo silo, int number)
    {
        var ward = await Ward(silo, number);
        var phone = new CheckedFactor { Kind = FactorKind.Approval, DeviceId = await ward.AddPhone() };
        var approval = await Approve(silo.Account(Person.Id(1)), Eid.Question(Person.Id(number)));
        return (ward, Eid.Done(await ward.OpenSession(Eid.Login(Eid.Password, phone) with { RepresentativeApproval = approval })).Session!.Id);
    }

    private async Task<ConsentCall> Consent(IEidAccountGrain account, string key)
    {
        var wording = await account.DescribeConsent(new ConsentProposal
        {
            System = Person.System,
            Purpose = Person.Purpose,
            Targets = [Person.Name, "profile.birthDate"],
            Days = 30,
            DataLifeDays = 90,
            Language = "vi",
        });
        return Person.Grant(key, _clock.GetUtcNow()) with
        {
            Targets = [Person.Name],
            ValidTo = wording.ValidTo,
            TextVersion = wording.TextVersion,
            TextHash = ConsentStatement.Hash(wording.Text),
            Text = wording.Text,
        };
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
