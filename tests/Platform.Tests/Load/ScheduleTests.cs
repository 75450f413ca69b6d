using Platform.Load.Open;
using Platform.Load.Open.Work;
using Xunit;

namespace Platform.Tests.Load;

public sealed class ScheduleTests
{
    private static readonly Schedule Usual = new()
    {
        Seed = 7,
        Rate = 500,
        Length = TimeSpan.FromSeconds(20),
        Mix = Mix.Default,
        Citizens = 1000,
        Hot = 50,
        HotShare = 0.8,
    };

    [Fact]
    public void The_same_seed_plans_the_same_operations_of_the_same_citizens_at_the_same_times() =>
        Assert.Equal(Usual.Arrivals(), Usual.Arrivals());

    [Fact]
    public void Another_seed_plans_others()
    {
        var other = (Usual with { Seed = 8 }).Arrivals().Take(100).ToArray();

        Assert.NotEqual(Usual.Arrivals().Take(100).Select(arrival => arrival.At), other.Select(arrival => arrival.At));
        Assert.NotEqual(Usual.Arrivals().Take(100).Select(arrival => arrival.Citizen), other.Select(arrival => arrival.Citizen));
    }

    [Fact]
    public void A_longer_run_begins_as_the_shorter_one() =>
        Assert.Equal(Usual.Arrivals(), (Usual with { Length = TimeSpan.FromSeconds(40) }).Arrivals().TakeWhile(arrival => arrival.At < 20_000_000));

    [Fact]
    public void Arrivals_come_in_order_within_the_length_and_at_about_the_rate()
    {
        var times = Usual.Arrivals().Select(arrival => arrival.At).ToArray();

        Assert.Equal(times.Order(), times);
        Assert.InRange(times[^1], 0, 20_000_000 - 1);
        Assert.InRange(times.Length, 9_500, 10_500);
    }

    [Fact]
    public void Distances_of_a_poisson_process_vary_as_much_as_they_are_long()
    {
        var times = Usual.Arrivals().Select(arrival => (double)arrival.At).ToArray();
        var distances = times.Zip(times.Skip(1), (one, next) => next - one).ToArray();
        var deviation = Math.Sqrt(distances.Average(distance => Math.Pow(distance - distances.Average(), 2)));

        Assert.InRange(deviation / distances.Average(), 0.95, 1.05);
    }

    [Fact]
    public void Uniform_distances_are_equal()
    {
        var times = (Usual with { Uniform = true }).Arrivals().Select(arrival => arrival.At).ToArray();

        Assert.All(times.Zip(times.Skip(1), (one, next) => next - one), distance => Assert.InRange(distance, 1999, 2001));
    }

    [Fact]
    public void The_rate_grows_evenly_over_the_warm_up_and_then_stays()
    {
        var seconds = (Usual with { WarmUp = TimeSpan.FromSeconds(10) }).Arrivals().CountBy(arrival => arrival.At / 1_000_000).ToDictionary(pair => pair.Key, pair => pair.Value);

        Assert.InRange(seconds[0], 30, 80);
        Assert.InRange(seconds[5], 210, 340);
        Assert.All(Enumerable.Range(10, 10), second => Assert.InRange(seconds[second], 400, 600));
    }

    [Fact]
    public void Most_of_the_traffic_is_about_the_hot_citizens_and_the_rest_about_everybody()
    {
        var arrivals = Usual.Arrivals().ToArray();

        // Of the rest, one in twenty meets a hot citizen too.
        Assert.InRange(arrivals.Count(arrival => arrival.Citizen < 50) / (double)arrivals.Length, 0.79, 0.83);
        Assert.True(arrivals.Select(arrival => arrival.Citizen).Distinct().Count() > 800);
        Assert.All(arrivals, arrival => Assert.InRange(arrival.Citizen, 0, 999));
    }

    [Fact]
    public void Workloads_come_by_their_weights()
    {
        var arrivals = Usual.Arrivals().ToArray();
        var sum = Mix.Default.Weights.Sum(one => one.Weight);

        Assert.All(Mix.Default.Weights, one => Assert.InRange(
            arrivals.Count(arrival => arrival.Workload == one.Workload) / (double)arrivals.Length, ((double)one.Weight / sum) - 0.02, ((double)one.Weight / sum) + 0.02));
    }

    [Fact]
    public void Whether_a_citizen_grants_anyway_and_how_often_the_consent_may_be_used_is_planned()
    {
        var changes = Usual.Arrivals().Where(arrival => arrival.Workload == Workload.Change).ToArray();

        Assert.Equal(changes.Select(Consenting.Uses), Usual.Arrivals().Where(arrival => arrival.Workload == Workload.Change).Select(Consenting.Uses));
        Assert.Equal([null, 1, 2, 3], changes.Select(Consenting.Uses).Distinct().Order());
        Assert.Contains(changes, Consenting.GrantsAnyway);
        Assert.Contains(changes, change => !Consenting.GrantsAnyway(change));
    }
}
