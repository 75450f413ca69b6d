using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>What the national e-ID may open and raise here, and what it may not.</summary>
public sealed class EidUpstreamTests(PostgresServer postgres) : KernelTest(postgres)
{
    private static readonly UpstreamIdentity There = new() { Issuer = "https://eid.example/", Subject = "subject-1", Level = 2 };
    private static readonly CheckedFactor Vouched = new() { Kind = FactorKind.Upstream, UpstreamLevel = 2 };
    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    [Theory, EachDatabase]
    public async Task A_login_there_opens_an_account_here_and_links_it_once(DatabaseKind kind)
    {
        var (_, silo) = await Citizens(kind, Person.Record(1));
        var account = silo.Account(Person.Id(1));

        Eid.Done(await account.LinkUpstream(There with { Level = 1 }));
        Assert.Equal(1, (await account.LogIn(Vouched)).Level);
        Eid.Done(await account.LinkUpstream(There));
        Eid.Done(await account.LinkUpstream(There));

        var session = await account.LogIn(Vouched);
        Assert.Equal((2, "fed"), (session.Level, Assert.Single(session.Amr)));
        var view = (await account.GetAccount())!;
        Assert.Equal(["level.raised", "upstream.linked"], view.LifeCycle.Select(act => act.Kind));
        Assert.All(view.LifeCycle, act => Assert.Equal("https://eid.example/", act.Official));
        Assert.Equal(EidRefusals.UpstreamOtherPerson, (await account.LinkUpstream(There with { Subject = "subject-2" })).Refusal);
        Assert.Equal(EidRefusals.UpstreamOtherPerson, (await account.LinkUpstream(There with { Issuer = "https://other.example/" })).Refusal);
        Assert.Equal(EidRefusals.ProofWrong, (await account.VerifyPassword(new byte[32])).Refusal);
    }

    [Theory, EachDatabase]
    public async Task A_login_there_counts_only_for_an_account_that_is_linked(DatabaseKind kind)
    {
        var (_, silo) = await Citizens(kind, Person.Record(1));
        var account = await silo.Account(Person.Id(1)).Open();

        Assert.Equal(EidRefusals.FactorUnknown, (await account.OpenSession(Eid.Login(Vouched))).Refusal);
        Eid.Done(await account.LinkUpstream(There));

        Assert.Equal(2, (await account.LogIn(Vouched)).Level);
        Eid.Done(await account.VerifyPassword(Eid.Hash));
    }

    [Theory, EachDatabase]
    public async Task What_the_authority_took_away_does_not_come_back_by_a_login(DatabaseKind kind)
    {
        var (_, silo) = await Citizens(kind, Person.Record(1));
        var account = silo.Account(Person.Id(1));
        Eid.Done(await account.LinkUpstream(There));
        await account.LowerLevel(Eid.Order);

        Eid.Done(await account.LinkUpstream(There));
        Assert.Equal(1, (await account.LogIn(Vouched)).Level);
        await account.RaiseLevel(Eid.Check(Person.Now));
        Assert.Equal(2, (await account.LogIn(Vouched)).Level);
        await account.Lock(Eid.Authority);

        Assert.Equal(EidRefusals.AccountLocked, (await account.LinkUpstream(There)).Refusal);
        Eid.Done(await account.Unlock(Eid.Authority));
        Assert.Equal(EidState.Active, (await account.GetAccount())!.State);
        await account.Cancel(Eid.Order);
        Assert.Equal(EidRefusals.AccountCancelled, (await account.LinkUpstream(There)).Refusal);
    }

    [Theory, EachDatabase]
    public async Task Nobody_gets_an_account_there_who_would_get_none_here(DatabaseKind kind)
    {
        var (_, silo) = await Citizens(kind, Eid.Born(1, "2020"), Person.Record(2) with { Status = CitizenStatus.Deceased }, Person.Record(4));

        Assert.Equal(EidRefusals.RepresentativeNeeded, (await silo.Account(Person.Id(1)).LinkUpstream(There)).Refusal);
        Assert.Equal(EidRefusals.CitizenInactive, (await silo.Account(Person.Id(2)).LinkUpstream(There)).Refusal);
        Assert.Equal(EidRefusals.CitizenInactive, (await silo.Account(Person.Id(3)).LinkUpstream(There)).Refusal);
        foreach (var incomplete in new[]
        {
            There with { Issuer = "" }, There with { Subject = "" }, There with { Subject = new string('x', 301) }, There with { Level = 0 }, There with { Level = 3 },
        })
        {
            Assert.Equal(EidRefusals.RecordIncomplete, (await silo.Account(Person.Id(4)).LinkUpstream(incomplete)).Refusal);
        }

        Assert.Null(await silo.Account(Person.Id(4)).GetAccount());
    }

    private async Task<(Province Province, TestSilo Silo)> Citizens(DatabaseKind kind, params CitizenRecord[] records)
    {
        var province = await NewProvince(kind);
        await province.Import(records);
        return (province, await province.Start(_clock));
    }
}
