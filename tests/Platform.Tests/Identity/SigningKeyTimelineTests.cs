using Platform.Identity.Keys;
using Xunit;

namespace Platform.Tests.Identity;

public sealed class SigningKeyTimelineTests
{
    static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(5);
    static readonly SigningKeyOptions Options = new();

    [Fact]
    public void Without_any_key_the_first_one_signs_at_once() =>
        Assert.Equal(Start, SigningKeyTimeline.NextSignsFrom([], Options, Start));

    [Fact]
    public void The_next_key_is_made_one_day_before_it_signs()
    {
        var due = Start + Options.RotateEvery;

        Assert.Null(SigningKeyTimeline.NextSignsFrom([Key(1, Start)], Options, due - Options.PublishAhead - TimeSpan.FromSeconds(1)));
        Assert.Equal(due, SigningKeyTimeline.NextSignsFrom([Key(1, Start)], Options, due - Options.PublishAhead));
        Assert.Null(SigningKeyTimeline.NextSignsFrom([Key(1, Start), Key(2, due)], Options, due - TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_server_that_slept_through_a_rotation_still_publishes_ahead()
    {
        var late = Start + (Options.RotateEvery * 3);

        Assert.Equal(late + Options.PublishAhead, SigningKeyTimeline.NextSignsFrom([Key(1, Start)], Options, late));
    }

    [Fact]
    public void A_key_signs_from_its_time_and_not_before()
    {
        var switchover = Start + Options.RotateEvery;
        KeyLife[] keys = [Key(1, Start), Key(2, switchover)];

        Assert.Equal(1, SigningKeyTimeline.Active(keys, switchover - TimeSpan.FromSeconds(1))!.Generation);
        Assert.Equal(2, SigningKeyTimeline.Active(keys, switchover)!.Generation);
        Assert.Null(SigningKeyTimeline.Active(keys, Start - TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_key_stays_published_until_its_last_token_has_run_out()
    {
        var switchover = Start + Options.RotateEvery;
        KeyLife[] keys = [Key(1, Start), Key(2, switchover)];

        Assert.Equal([1, 2], Published(keys, switchover - TimeSpan.FromHours(1)));
        Assert.Equal([2, 1], Published(keys, switchover));
        Assert.Equal([2, 1], Published(keys, switchover + TokenLifetime));
        Assert.Equal([2], Published(keys, switchover + TokenLifetime + TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_withdrawn_key_neither_signs_nor_is_published()
    {
        var now = Start.AddDays(10);
        KeyLife[] keys = [Key(1, Start) with { WithdrawnAt = now }, Key(2, now.AddDays(1)) with { WithdrawnAt = now }, Key(3, now)];

        Assert.Equal(3, SigningKeyTimeline.Active(keys, now)!.Generation);
        Assert.Equal([3], Published(keys, now));
    }

    [Fact]
    public void At_every_moment_of_ten_rotations_the_signing_key_has_been_published_long_enough()
    {
        var keys = new List<KeyLife>();
        var firstSeen = new Dictionary<long, DateTimeOffset>();
        for (var now = Start; now < Start + (Options.RotateEvery * 10); now += TimeSpan.FromHours(6))
        {
            if (SigningKeyTimeline.NextSignsFrom(keys, Options, now) is { } signsFrom)
            {
                keys.Add(Key(keys.Count + 1, signsFrom));
            }
            foreach (var generation in Published(keys, now))
            {
                firstSeen.TryAdd(generation, now);
            }
            var active = SigningKeyTimeline.Active(keys, now)!;
            Assert.True(active.Generation == 1 || now - firstSeen[active.Generation] >= Options.JwksCacheLifetime);
            Assert.True(now - active.SignsFrom <= Options.RotateEvery);
        }
        Assert.Equal(11, keys.Count);
    }

    static KeyLife Key(long generation, DateTimeOffset signsFrom) => new(generation, $"k{generation}", signsFrom, signsFrom, null);

    static long[] Published(IReadOnlyList<KeyLife> keys, DateTimeOffset now) =>
        [.. SigningKeyTimeline.Published(keys, TokenLifetime, now).Select(key => key.Generation)];
}
