using Platform.Load.Checking;
using Platform.Load.Histories;
using Xunit;

namespace Platform.Tests.Load;

/// <summary>The checker against thousands of histories that nobody wrote by hand.</summary>
public sealed class RandomHistoryTests
{
    private const int Small = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_did_happen_is_accepted(int seed)
    {
        for (var run = 0; run < 20; run++)
        {
            var report = HistoryCheck.AnswersAlone(Told.History(RandomHistory.Of((seed * 1000) + run, 150)));

            Assert.True(report.ExitCode == CheckReport.Clean, $"run {run}: {Told.Text(report)}");
        }
    }

    [Fact]
    public void A_checker_that_tries_every_order_comes_to_the_same_result()
    {
        var (accepted, rejected) = (0, 0);
        for (var run = 0; run < 3000; run++)
        {
            // Places are spread out, so that only their order counts.
            var dice = new Random(run);
            var operations = RandomHistory.Of(run, 2 + dice.Next(Small - 1), lostChanges: 4).Select(Spread).ToArray();
            var told = operations;
            for (var changes = dice.Next(8); changes > 0; changes--)
            {
                told = Mutation.AnyOf(told, dice);
            }

            var expected = EveryOrder.Explains(told);
            var report = HistoryCheck.AnswersAlone(Told.History(told));

            Assert.True(expected == (report.ExitCode == CheckReport.Clean), $"run {run}: every order says {expected}. {Told.Text(report)}{string.Join("\n", told.Select(operation => System.Text.Json.JsonSerializer.Serialize(operation, HistoryJson.Options)))}");
            _ = expected ? accepted++ : rejected++;
        }

        Assert.InRange(accepted, 500, 2500);
        Assert.InRange(rejected, 500, 2500);
    }

    [Theory]
    [InlineData(nameof(Mutation.DropGrant))]
    [InlineData(nameof(Mutation.DropPush))]
    [InlineData(nameof(Mutation.SameEntry))]
    [InlineData(nameof(Mutation.SwapPlaces))]
    [InlineData(nameof(Mutation.MoveBeforeGrant))]
    [InlineData(nameof(Mutation.MoveBehindWithdrawal))]
    [InlineData(nameof(Mutation.UseOnceMore))]
    [InlineData(nameof(Mutation.OlderVersion))]
    public void A_change_that_cannot_have_happened_is_found(string mutation)
    {
        var tried = 0;
        for (var run = 0; run < 30; run++)
        {
            var operations = RandomHistory.Of(run, 100, entangled: false);
            if (Mutation.Named(mutation, operations, new Random(run)) is not { } told)
            {
                continue;
            }

            tried++;
            var report = HistoryCheck.AnswersAlone(Told.History(told));
            Assert.True(report.ExitCode == CheckReport.Violated, $"run {run} was accepted");
            Assert.All(report.Violations, violation => Assert.InRange(violation.Operations.Length, 1, 16));
        }

        Assert.InRange(tried, 10, 30);
    }

    [Fact]
    public void A_long_history_of_a_busy_citizen_is_checked_fast()
    {
        var operations = RandomHistory.Of(11, 20_000, entangled: false);
        var started = System.Diagnostics.Stopwatch.GetTimestamp();

        var report = HistoryCheck.AnswersAlone(Told.History(operations));

        Assert.True(report.ExitCode == CheckReport.Clean, Told.Text(report));
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private static Operation Spread(Operation operation) =>
        operation with { Seq = operation.Seq * 10, Version = operation is { Kind: OperationKind.Read, Version: { } head } ? (head * 10) + 5 : operation.Version };
}
