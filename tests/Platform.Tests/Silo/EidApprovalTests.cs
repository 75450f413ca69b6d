using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>What a second device may approve, and for how long.</summary>
public sealed class EidApprovalTests(PostgresServer postgres) : KernelTest(postgres)
{
    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    [Theory, EachDatabase]
    public async Task An_approval_with_the_number_shown_counts_once(DatabaseKind kind)
    {
        var (_, silo) = await OnePhone(kind);
        var account = silo.Account(Person.Id(1));
        var asked = Eid.Done(await account.StartApproval(Eid.Question())).Secret!;

        var shown = (await account.GetApprovals(Eid.DeviceSecret))!;
        var question = Assert.Single(shown.Waiting);
        Assert.Equal((asked, "Cổng dịch vụ", "Firefox", null), (question.Id, question.ClientName, question.Place, question.WardName));
        Assert.Equal("waiting", (await account.TakeApproval(asked)).State);
        Eid.Done(await account.DecideApproval(Eid.Answer(asked)));

        var taken = await account.TakeApproval(asked);
        Assert.Equal(("approved", shown.DeviceId, null), (taken.State, taken.DeviceId, taken.Ward));
        Assert.Equal("expired", (await account.TakeApproval(asked)).State);
        Assert.Equal(EidRefusals.ApprovalUnknown, (await account.DecideApproval(Eid.Answer(asked))).Refusal);
        Assert.Equal(_clock.GetUtcNow(), (await account.GetAccount())!.Devices[0].UsedAt);
    }

    [Theory, EachDatabase]
    public async Task A_wrong_number_or_a_no_denies_and_no_question_is_asked_for_five_minutes(DatabaseKind kind)
    {
        var (_, silo) = await OnePhone(kind);
        var account = silo.Account(Person.Id(1));
        foreach (var (answer, refusal) in new (Func<string, DecideApprovalCall>, string?)[]
        {
            (id => Eid.Answer(id, number: "43"), EidRefusals.ApprovalNumberWrong),
            (id => Eid.Answer(id, number: null), EidRefusals.ApprovalNumberWrong),
            (id => Eid.Answer(id, approve: false), null),
        })
        {
            var asked = Eid.Done(await account.StartApproval(Eid.Question())).Secret!;
            Assert.Equal(refusal, (await account.DecideApproval(answer(asked))).Refusal);

            Assert.Equal("denied", (await account.TakeApproval(asked)).State);
            Assert.Equal(EidRefusals.ApprovalUnknown, (await account.DecideApproval(Eid.Answer(asked))).Refusal);
            Assert.Equal("approval.denied", (await account.GetAccount())!.History[0].Kind);
            _clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
            Assert.Equal(EidRefusals.ApprovalUnavailable, (await account.StartApproval(Eid.Question())).Refusal);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Theory, EachDatabase]
    public async Task Three_questions_wait_at_most_and_each_for_three_minutes(DatabaseKind kind)
    {
        var (_, silo) = await OnePhone(kind);
        var account = silo.Account(Person.Id(1));
        var asked = new List<string>();
        for (var question = 0; question < 3; question++)
        {
            asked.Add(Eid.Done(await account.StartApproval(Eid.Question())).Secret!);
        }

        Assert.Equal(EidRefusals.ApprovalUnavailable, (await account.StartApproval(Eid.Question())).Refusal);
        Assert.Equal(asked, (await account.GetApprovals(Eid.DeviceSecret))!.Waiting.Select(question => question.Id));
        Eid.Done(await account.DecideApproval(Eid.Answer(asked[0])));
        Eid.Done(await account.StartApproval(Eid.Question()));

        _clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal("expired", (await account.TakeApproval(asked[0])).State);
        Assert.Equal("expired", (await account.TakeApproval(asked[1])).State);
        Assert.Equal(EidRefusals.ApprovalUnknown, (await account.DecideApproval(Eid.Answer(asked[1]))).Refusal);
        Assert.Empty((await account.GetApprovals(Eid.DeviceSecret))!.Waiting);
        Eid.Done(await account.StartApproval(Eid.Question()));
    }

    [Theory, EachDatabase]
    public async Task Only_a_registered_device_sees_and_answers(DatabaseKind kind)
    {
        var (_, silo) = await OnePhone(kind);
        var account = silo.Account(Person.Id(1));
        var phone = (await account.GetAccount())!.Devices[0].Id;
        var asked = Eid.Done(await account.StartApproval(Eid.Question())).Secret!;

        foreach (var secret in new[] { [], new byte[32], Eid.DeviceSecret[..31] })
        {
            Assert.Null(await account.GetApprovals(secret));
            Assert.Equal(EidRefusals.FactorUnknown, (await account.DecideApproval(Eid.Answer(asked) with { DeviceSecretHash = secret })).Refusal);
        }

        Assert.Equal(EidRefusals.ApprovalUnknown, (await account.DecideApproval(Eid.Answer("other"))).Refusal);
        Assert.Null(await silo.Account(Person.Id(9)).GetApprovals(Eid.DeviceSecret));
        Eid.Done(await account.DecideApproval(Eid.Answer(asked)));
        Eid.Done(await account.RemoveDevice(phone));

        Assert.Equal("expired", (await account.TakeApproval(asked)).State);
        Assert.Equal(EidRefusals.ApprovalUnavailable, (await account.StartApproval(Eid.Question())).Refusal);
        Assert.Null(await account.GetApprovals(Eid.DeviceSecret));
    }

    [Theory, EachDatabase]
    public async Task An_approval_is_taken_once_on_two_silos_at_the_same_moment(DatabaseKind kind)
    {
        var (province, silo) = await OnePhone(kind);
        var (account, other) = (silo.Account(Person.Id(1)), (await province.Start(_clock)).Account(Person.Id(1)));
        for (var round = 0; round < 3; round++)
        {
            var asked = Eid.Done(await Retry.Again(() => account.StartApproval(Eid.Question()))).Secret!;
            Eid.Done(await Retry.Again(() => other.DecideApproval(Eid.Answer(asked))));

            var states = await Eid.Both(() => account.TakeApproval(asked), () => other.TakeApproval(asked));

            Assert.Equal(["approved", "expired"], states.Select(state => state.State).Order());
        }
    }

    [Theory, EachDatabase]
    public async Task A_lock_forgets_what_was_asked_and_approved(DatabaseKind kind)
    {
        var (_, silo) = await OnePhone(kind);
        var account = silo.Account(Person.Id(1));
        var asked = Eid.Done(await account.StartApproval(Eid.Question())).Secret!;
        await account.DecideApproval(Eid.Answer(asked));
        await account.Lock(Eid.Holder);

        Assert.Equal("expired", (await account.TakeApproval(asked)).State);
        await account.Unlock(Eid.Holder);
        Assert.Equal("expired", (await account.TakeApproval(asked)).State);
    }

    private async Task<(Province Province, TestSilo Silo)> OnePhone(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        var silo = await province.Start(_clock);
        await (await silo.Account(Person.Id(1)).Open()).AddPhone();
        return (province, silo);
    }
}
