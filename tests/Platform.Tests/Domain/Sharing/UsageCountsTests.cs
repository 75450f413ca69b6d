using CsCheck;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Domain.Sharing;

public sealed class UsageCountsTests
{
    private static readonly Guid[] Consents = [new("01980000-0000-7000-8000-0000000000aa"), new("01980000-0000-7000-8000-0000000000bb")];

    private static readonly Gen<Use> Any =
        from day in Gen.Int[0, 800]
        from system in Gen.OneOf("a", "a-b", "b")
        from purpose in Gen.OneOf("one", "one.more", "two")
        from consents in Gen.OneOf(Array.Empty<Guid>(), [Consents[0]], [Consents[1]], Consents)
        from count in Gen.Int[1, 3]
        select new Use(new DateOnly(2025, 1, 1).AddDays(day), system, purpose, consents, count);

    [Fact]
    public void Counting_as_one_goes_gives_what_counting_anew_gives() => Gen.Select(Any.Array[0, 25], Gen.Int[0, 40]).Sample(
        (uses, later) =>
        {
            var counts = uses.Aggregate(UsageCounts.None, (sum, use) => sum.Add(UsageCounts.Tag(use.System, use.Purpose, use.Consents), use.Day, use.Count));
            var today = uses.Select(use => use.Day).DefaultIfEmpty(new DateOnly(2025, 1, 1)).Max().AddDays(later);
            var now = CivilTime.StartOf(today).AddHours(23);

            foreach (var system in new[] { "a", "a-b", "b" })
            {
                var expected = uses.Where(use => use.System == system)
                    .GroupBy(use => use.Purpose)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => new UsageFact(
                        group.Key, Recount(group, Period.Day, today), Recount(group, Period.Month, today), Recount(group, Period.Year, today)))
                    .Where(fact => fact.Year > 0);
                Assert.Equal(expected, counts.OfSystem(system, now));
            }

            Assert.All(Consents, consent => Assert.All(Enum.GetValues<Period>(), per =>
                Assert.Equal(Recount(uses.Where(use => use.Consents.Contains(consent)), per, today), counts.OfConsent(consent, per, now))));
        },
        iter: 3_000);

    [Fact]
    public void The_day_turns_at_midnight_in_the_province()
    {
        var counts = UsageCounts.None.Add("a one", new DateOnly(2026, 12, 31));

        Assert.Equal(new UsageFact("one", 1, 1, 1), Assert.Single(counts.OfSystem("a", Some.Instant("2026-12-31T16:59:59Z"))));
        Assert.Empty(counts.OfSystem("a", Some.Instant("2026-12-31T17:00:00Z")));
    }

    [Fact]
    public void A_clock_that_lags_behind_frees_no_quota()
    {
        var counts = UsageCounts.None.Add($"a one {Consents[0]:N}", new DateOnly(2026, 7, 1));
        var lagging = Some.Instant("2026-06-30T16:59:59Z");

        Assert.Equal(new UsageFact("one", 1, 1, 1), Assert.Single(counts.OfSystem("a", lagging)));
        Assert.Equal(1, counts.OfConsent(Consents[0], Period.Day, lagging));
    }

    [Fact]
    public void Counts_are_immutable_and_an_empty_tag_counts_nothing()
    {
        var one = UsageCounts.None.Add("a one", Some.Today);
        var two = one.Add("a one", Some.Today).Add("", Some.Today);

        Assert.Empty(UsageCounts.None.OfSystem("a", Some.Now));
        Assert.Equal(1, Assert.Single(one.OfSystem("a", Some.Now)).Day);
        Assert.Equal(2, Assert.Single(two.OfSystem("a", Some.Now)).Day);
    }

    [Fact]
    public void A_tag_names_system_purpose_and_consents() =>
        Assert.Equal($"a one {Consents[0]:N} {Consents[1]:N}", UsageCounts.Tag("a", "one", Consents));

    private static int Recount(IEnumerable<Use> uses, Period per, DateOnly today) => uses
        .Where(use => per switch
        {
            Period.Day => use.Day == today,
            Period.Month => (use.Day.Year, use.Day.Month) == (today.Year, today.Month),
            Period.Year => use.Day.Year == today.Year,
            _ => true,
        })
        .Sum(use => use.Count);

    private sealed record Use(DateOnly Day, string System, string Purpose, Guid[] Consents, int Count);
}
