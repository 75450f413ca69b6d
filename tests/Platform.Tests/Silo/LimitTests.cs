using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;
using Platform.Silo;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>What may be used so many times is used so many times, however many ask, wherever they ask, and after any restart.</summary>
public sealed class LimitTests(PostgresServer postgres) : KernelTest(postgres)
{
    private const int Callers = 12;

    [Theory, EachDatabase]
    public async Task A_consent_is_never_used_once_too_often(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1, Person.Consent(new FrequencyLimit { Count = 4, Per = Period.Total })));

        var answers = await AskEverywhere(province, () => Person.Call());

        Assert.Equal(4, answers.Count(answer => answer.Outcome == Outcome.Permitted));
        Assert.Equal(Callers - 4, answers.Count(answer => answer.Targets[0].Reason == Reason.ConsentExhausted));
        var restarted = await province.Start();
        Assert.Equal(Reason.ConsentExhausted, (await restarted.Sector(Person.Id(1)).Disclose(Person.Call())).Targets[0].Reason);
    }

    [Theory, EachDatabase]
    public async Task A_quota_of_a_rule_is_never_exceeded_and_starts_anew_with_its_period(DatabaseKind kind)
    {
        var clock = Clock.MidMonth();
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));

        var answers = await AskEverywhere(province, Match, clock);

        Assert.Equal(2, answers.Count(answer => answer.Outcome == Outcome.Permitted));
        Assert.Equal(Callers - 2, answers.Count(answer => answer.Targets[0].Reason == Reason.QuotaExhausted));
        var restarted = await province.Start(clock);
        Assert.Equal(Reason.QuotaExhausted, (await restarted.Sector(Person.Id(1)).Disclose(Match())).Targets[0].Reason);

        await restarted.Stop();
        var later = await province.Start(new FakeTimeProvider(clock.GetUtcNow().AddMonths(1)));
        Assert.Equal("yes", (await later.Sector(Person.Id(1)).Disclose(Match())).Targets[0].Values[0].Text);
    }

    [Theory, EachDatabase]
    public async Task What_is_denied_uses_nothing_up(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1, Person.Consent(new FrequencyLimit { Count = 1, Per = Period.Total })));
        var silo = await province.Start();

        Assert.Equal(Outcome.Denied, (await silo.Sector(Person.Id(1)).Disclose(Person.Call("residence.permanent.commune"))).Outcome);
        Assert.Equal(Outcome.Permitted, (await silo.Sector(Person.Id(1)).Disclose(Person.Call())).Outcome);
        Assert.Equal(Reason.ConsentExhausted, (await silo.Sector(Person.Id(1)).Disclose(Person.Call())).Targets[0].Reason);
    }

    [Fact]
    public async Task For_one_citizen_only_so_many_calls_wait_and_the_rest_are_told_at_once_that_it_is_too_much()
    {
        var province = await NewProvince(DatabaseKind.Sqlite);
        await province.Import(Person.Record(1), Person.Record(2));
        var silo = await province.Start();
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        silo.Faults.Append = async (_, append) =>
        {
            reached.TrySetResult();
            await release.Task;
            return await append();
        };
        var first = silo.Sector(Person.Id(1)).Disclose(Person.Call());
        await reached.Task;
        var waiting = Enumerable.Range(0, SiloHost.MostWaiting).Select(_ => silo.Self(Person.Id(1)).GetRecord()).ToArray();

        await Assert.ThrowsAsync<LimitExceededException>(() => silo.Self(Person.Id(1)).GetRecord());

        Assert.NotNull(await silo.Self(Person.Id(2)).GetRecord());
        silo.Faults.Append = null;
        release.SetResult();
        await first;
        await Task.WhenAll(waiting);
    }

    private static async Task<DisclosureAnswer[]> AskEverywhere(Province province, Func<DisclosureCall> call, TimeProvider? clock = null)
    {
        TestSilo[] silos = [await province.Start(clock), await province.Start(clock)];
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(
            () => Retry.Again(() => silos[caller % silos.Length].Sector(Person.Id(1)).Disclose(call())))));
        foreach (var silo in silos)
        {
            await silo.Stop();
        }

        return answers;
    }

    private static DisclosureCall Match() =>
        Person.Call("identity.matches(Nguyễn Văn 1;1985-03-02)") with { System = "telecom", Purpose = "telecom.subscriber-match" };
}
