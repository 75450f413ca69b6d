using System.Collections.Immutable;
using Platform.Domain.Consents;
using Platform.Tests.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Domain.Consents;

/// <summary>How many requests may wait, when they expire, and how long the ended ones are kept.</summary>
public sealed class ConsentRequestsTests
{
    [Fact]
    public void A_waiting_request_expires_at_its_instant_and_no_other_does()
    {
        var waiting = Asked("a");

        Assert.Equal(ConsentRequestState.Waiting, waiting.At(waiting.Until.AddTicks(-1)).State);
        Assert.Equal((ConsentRequestState.Expired, waiting.Until), (waiting.At(waiting.Until).State, waiting.At(waiting.Until.AddDays(1)).EndedAt));
        Assert.All(
            Enum.GetValues<ConsentRequestState>().Except([ConsentRequestState.Waiting]),
            state => Assert.Equal(state, Ended("a", Some.Now, state).At(waiting.Until.AddDays(1)).State));
    }

    [Fact]
    public void Three_of_a_system_and_twenty_in_all_may_wait_and_ended_ones_do_not_count()
    {
        ImmutableArray<ConsentRequest> three = [Asked("a"), Asked("a"), Asked("a"), Ended("a", Some.Now)];
        ImmutableArray<ConsentRequest> twenty = [.. Enumerable.Range(0, 20).Select(index => Asked($"s{index}"))];

        Assert.False(ConsentRequests.HaveRoom(three, "a", Some.Now));
        Assert.True(ConsentRequests.HaveRoom(three, "b", Some.Now));
        Assert.True(ConsentRequests.HaveRoom(three.RemoveAt(0), "a", Some.Now));
        Assert.True(ConsentRequests.HaveRoom(three, "a", Some.Now + ConsentRequests.Life));
        Assert.False(ConsentRequests.HaveRoom(twenty, "b", Some.Now));
        Assert.True(ConsentRequests.HaveRoom(twenty.RemoveAt(0), "b", Some.Now));
    }

    [Fact]
    public void Ended_requests_are_kept_for_ninety_days()
    {
        var ended = Ended("a", Some.Now);

        Assert.Single(ConsentRequests.Settle([ended], Some.Now.AddDays(90).AddTicks(-1)));
        Assert.Empty(ConsentRequests.Settle([ended], Some.Now.AddDays(90)));
        Assert.Equal(ConsentRequestState.Expired, Assert.Single(ConsentRequests.Settle([Asked("a")], Some.Now.AddDays(14))).State);
    }

    [Fact]
    public void No_system_pushes_out_what_others_asked()
    {
        ImmutableArray<ConsentRequest> all = [Ended("quiet", Some.Now), .. Enumerable.Range(1, 50).Select(minute => Ended("loud", Some.Now.AddMinutes(minute)))];

        var kept = ConsentRequests.Settle(all, Some.Now.AddHours(1));

        Assert.Equal(all[0], kept[0]);
        Assert.Equal(all[^10..], kept[1..]);
    }

    [Fact]
    public void Of_many_ended_requests_the_latest_are_kept_and_every_waiting_one_is()
    {
        ImmutableArray<ConsentRequest> all =
        [
            Asked("w"), .. Enumerable.Range(0, 60).Select(index => Ended($"s{index}", Some.Now.AddMinutes(index))),
        ];

        var kept = ConsentRequests.Settle(all, Some.Now.AddHours(1));

        Assert.Equal([all[0], .. all[^30..]], kept);
    }

    private static ConsentRequest Asked(string system) => new()
    {
        Id = Guid.CreateVersion7(Some.Now),
        System = system,
        Organisation = "org",
        Purpose = "one",
        Targets = ["profile.fullName"],
        Days = 1,
        DataLifeDays = 1,
        AskedAt = Some.Now,
        Until = Some.Now + ConsentRequests.Life,
    };

    private static ConsentRequest Ended(string system, DateTimeOffset at, ConsentRequestState state = ConsentRequestState.Cancelled) =>
        Asked(system) with { State = state, EndedAt = at };
}
