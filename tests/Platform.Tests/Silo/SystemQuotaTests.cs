using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Sharing;
using Platform.Silo.Rules;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>A system gets as many releases a day as its rule book says, about whomever and at whichever silo it asks.</summary>
public sealed class SystemQuotaTests(PostgresServer postgres) : KernelTest(postgres)
{
    private const int Citizens = 8;

    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    [Theory, EachDatabase]
    public async Task A_quota_of_a_system_is_never_exceeded_over_all_citizens_and_silos_and_starts_anew_with_the_day(DatabaseKind kind)
    {
        const int Quota = 10;
        var province = await WithQuota(kind, Quota);
        var silos = province.Silos;

        var answers = await Task.WhenAll(Enumerable.Range(0, 3 * Citizens).Select(call => Task.Run(() => Ask(silos[call % silos.Count], call))));

        Assert.Equal(Quota, answers.Count(answer => answer.Outcome == Outcome.Permitted));
        var refused = answers.Where(answer => answer.Outcome == Outcome.Denied).ToArray();
        Assert.Equal(answers.Length - Quota, refused.Length);
        Assert.All(refused, answer => Assert.Equal(Reason.SystemQuotaExhausted, answer.Targets[0].Reason));
        Assert.All(refused, answer => Assert.Equal((RemedyKind.WaitUntil, Midnight()), (answer.Targets[0].Remedies[0].Kind, answer.Targets[0].Remedies[0].Value)));

        _clock.Advance(DateTimeOffset.Parse(Midnight(), System.Globalization.CultureInfo.InvariantCulture) - _clock.GetUtcNow());
        await silos[1].Lease.Renew();
        Assert.Equal(Outcome.Permitted, (await Ask(silos[1], 0)).Outcome);
    }

    [Theory, EachDatabase]
    public async Task What_a_silo_had_taken_out_when_it_ended_is_lost_and_never_given_twice(DatabaseKind kind)
    {
        var province = await WithQuota(kind, 40);
        Assert.Equal(Outcome.Permitted, (await Ask(province.Silos[0], 0)).Outcome);
        await province.Silos[0].Stop();

        var permitted = 0;
        while ((await Ask(province.Silos[1], permitted)).Outcome == Outcome.Permitted)
        {
            permitted++;
        }

        // Two were taken out at once, and one of them was not given away any more.
        Assert.Equal(38, permitted);
        var restarted = await province.Start(_clock);
        Assert.Equal(Reason.SystemQuotaExhausted, (await Ask(restarted, 1)).Targets[0].Reason);
    }

    [Theory, EachDatabase]
    public async Task What_is_denied_anyway_and_what_other_systems_get_uses_nothing_up(DatabaseKind kind)
    {
        var province = await WithQuota(kind, 1);
        var silo = province.Silos[0];

        Assert.Equal(Reason.ConsentMissing, (await Ask(silo, 0, "residence.permanent.address")).Targets[0].Reason);
        var other = Person.Call("identity.matches(Nguyễn Văn 1;1985-03-02)") with { System = "telecom", Purpose = "telecom.subscriber-match" };
        Assert.Equal(Outcome.Permitted, (await silo.Sector(Person.Id(1)).Disclose(other)).Outcome);
        Assert.Equal(Outcome.Permitted, (await Ask(silo, 0)).Outcome);
        Assert.Equal(Reason.SystemQuotaExhausted, (await Ask(silo, 1)).Targets[0].Reason);

        // Both reasons are told where both hold: waiting alone would not help.
        Assert.Equal(Reason.ConsentMissing, (await Ask(silo, 0, "residence.permanent.address")).Targets[0].Reason);
    }

    private string Midnight() => _clock.GetUtcNow().AddHours(7).Date.AddDays(1).AddHours(-7).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    private static Task<DisclosureAnswer> Ask(TestSilo silo, int call, params string[] targets) =>
        Retry.Again(() => silo.Sector(Person.Id(1 + (call % Citizens))).Disclose(Person.Call(targets)));

    private async Task<Province> WithQuota(DatabaseKind kind, int quota)
    {
        var now = _clock.GetUtcNow();
        var province = await NewProvince(kind);
        await province.Import([.. Enumerable.Range(1, Citizens).Select(number => Person.Record(number, Person.Consent(now: now)))]);
        var first = await province.Start(_clock);
        var shipped = RuleBook.Shipped;
        await first.Rules.Draft("key", "An", DomainJson.Write(shipped with
        {
            Systems = [.. shipped.Systems.Select(system => system.Id == Person.System ? system with { DailyReleases = quota } : system)],
        }));
        await first.Rules.Review(2, "Bình", true, "");
        Assert.Null((await first.Rules.Publish(2, "Bình", now.Add(RuleOptions.PublishAhead))).Refusal);
        _clock.Advance(RuleOptions.PublishAhead);
        await first.Lease.Renew();
        await province.Start(_clock);
        return province;
    }
}
