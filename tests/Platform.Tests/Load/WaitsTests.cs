using Platform.Load.Faults.Results;
using Platform.Load.Histories;
using Xunit;

namespace Platform.Tests.Load;

/// <summary>How long somebody wanted something and nothing succeeded.</summary>
public sealed class WaitsTests
{
    private readonly List<Operation> _operations = [];

    [Fact]
    public void Nobody_waits_while_everything_is_answered_however_seldom_they_ask()
    {
        Asked(0, answered: 1);
        Asked(100, answered: 102);

        Assert.Equal(TimeSpan.FromSeconds(2), Longest());
    }

    [Fact]
    public void A_failure_counts_from_its_call_until_the_next_success()
    {
        Asked(0, answered: 1);
        Asked(10, answered: null);
        Asked(20, answered: null);
        Asked(30, answered: 31);

        Assert.Equal(TimeSpan.FromSeconds(21), Longest());
    }

    [Fact]
    public void What_failed_is_over_once_something_succeeded()
    {
        Asked(10, answered: null);
        Asked(12, answered: 13);
        Asked(90, answered: 91);

        Assert.Equal(TimeSpan.FromSeconds(3), Longest());
    }

    [Fact]
    public void One_slow_answer_is_no_wait_while_others_come()
    {
        Asked(0, answered: 40);
        Asked(1, answered: 10);
        Asked(11, answered: 20);
        Asked(21, answered: 30);

        Assert.Equal(TimeSpan.FromSeconds(10), Longest());
    }

    [Fact]
    public void A_no_that_is_known_is_an_answer()
    {
        Asked(0, answered: 3, OperationOutcome.Refused);

        Assert.Equal(TimeSpan.FromSeconds(3), Longest());
    }

    [Fact]
    public void Who_was_never_answered_waited_until_the_end_and_citizens_do_not_hide_each_other()
    {
        Asked(5, answered: null, citizen: 1);
        Asked(45, answered: null, citizen: 1);
        Asked(5, answered: 6);

        Assert.Equal(TimeSpan.FromSeconds(40), Longest());
    }

    private void Asked(int called, int? answered, OperationOutcome outcome = OperationOutcome.Done, int citizen = 0) => _operations.Add(new()
    {
        Id = _operations.Count,
        Citizen = citizen,
        Kind = OperationKind.Disclose,
        Instance = 0,
        Called = called * 1_000_000L,
        Answered = answered * 1_000_000L,
        Outcome = answered is null ? OperationOutcome.Unknown : outcome,
    });

    private TimeSpan Longest() => Waits.Longest(
        new History(new HistoryHeader { Seed = 1, StartedAt = DateTimeOffset.UnixEpoch, Citizens = 2, Instances = 1 }, [.. _operations]));
}
