namespace Platform.Load.Peer.Sql;

/// <summary>What callers were answered.</summary>
internal sealed class Tally
{
    private readonly List<int> _microseconds = [];

    public long Released { get; private set; }

    public long Denied { get; private set; }

    public long Failed { get; private set; }

    public long Bytes { get; private set; }

    public long Answers => Released + Denied;

    public void Count(int status, int bytes, TimeSpan took)
    {
        _microseconds.Add((int)took.TotalMicroseconds);
        Bytes += bytes;
        switch (status)
        {
            case 200:
                Released++;
                break;
            case 403:
                Denied++;
                break;
            default:
                Failed++;
                break;
        }
    }

    public static Tally Sum(IEnumerable<Tally> tallies)
    {
        var sum = new Tally();
        foreach (var tally in tallies)
        {
            sum._microseconds.AddRange(tally._microseconds);
            (sum.Released, sum.Denied, sum.Failed, sum.Bytes) =
                (sum.Released + tally.Released, sum.Denied + tally.Denied, sum.Failed + tally.Failed, sum.Bytes + tally.Bytes);
        }

        sum._microseconds.Sort();
        return sum;
    }

    /// <summary>Milliseconds that this share of the answers took at most.</summary>
    public double Milliseconds(double share) => _microseconds.Count == 0 ? 0 : _microseconds[(int)(share * (_microseconds.Count - 1))] / 1000.0;
}
