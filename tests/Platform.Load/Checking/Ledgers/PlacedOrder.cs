using Platform.Load.Histories;

namespace Platform.Load.Checking.Ledgers;

/// <summary>An operation at its place in the ledger: not there before <paramref name="From"/> was called, there once <paramref name="By"/> was answered.</summary>
internal sealed record Placed(double Position, Operation From, Operation By)
{
    /// <summary>Where a reading stands that saw the ledger up to a position.</summary>
    public const double JustAfter = 0.5;
}

/// <summary>Positions must agree with time: what was answered before something else was called stands before it.</summary>
internal sealed class PlacedOrder(IEnumerable<Placed> placed)
{
    public IEnumerable<Violation> Check()
    {
        Placed? latest = null;
        foreach (var operation in placed.OrderBy(operation => operation.Position))
        {
            if (latest is not null && operation.By.Answered < latest.From.Called)
            {
                yield return Violation.Of("order.time", "The ledger has these in the wrong order: the first was answered before the second was called.", operation.By, latest.From) with
                {
                    Positions = [(long)operation.Position, (long)latest.Position],
                };
            }

            if (latest is null || operation.From.Called > latest.From.Called)
            {
                latest = operation;
            }
        }
    }
}

/// <summary>By when an entry was in the ledger: before the first answer that stands after it.</summary>
internal sealed class LatestTimes
{
    private readonly double[] _positions;
    private readonly long[] _times;

    public LatestTimes(IEnumerable<Placed> placed)
    {
        var sorted = placed.OrderBy(operation => operation.Position).ToArray();
        _positions = [.. sorted.Select(operation => operation.Position)];
        _times = [.. sorted.Select(operation => operation.By.Answered ?? long.MaxValue)];
        for (var index = _times.Length - 2; index >= 0; index--)
        {
            _times[index] = Math.Min(_times[index], _times[index + 1]);
        }
    }

    public long Of(long position)
    {
        var index = Array.BinarySearch(_positions, position);
        index = index < 0 ? ~index : index;
        return index < _times.Length ? _times[index] : long.MaxValue;
    }
}
