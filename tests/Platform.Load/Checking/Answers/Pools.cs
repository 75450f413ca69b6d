using System.Collections.Immutable;
using Platform.Load.Histories;

namespace Platform.Load.Checking.Answers;

/// <summary>Operations that may have taken effect at any time after their call: those between which nothing distinguishes are one pool, of which only the number used counts.</summary>
internal sealed class Pools
{
    private readonly List<Pool> _pools = [];
    private readonly Dictionary<int, int> _poolOf = [];
    private readonly SortedSet<int> _filled = [];

    public Pools(IEnumerable<Step> optional)
    {
        foreach (var step in optional)
        {
            // Attempts at disclosures are many and alike; every change is one of its own.
            var number = step.Operation.Kind == OperationKind.Disclose ? _pools.FindIndex(pool => pool.Step.IsLike(step)) : -1;
            if (number < 0)
            {
                number = _pools.Count;
                _pools.Add(new Pool(step));
            }

            _poolOf[step.Index] = number;
        }
    }

    /// <summary>From now on this one may have taken effect.</summary>
    public void Fill(Step step)
    {
        var number = _poolOf[step.Index];
        _pools[number].Filled++;
        _filled.Add(number);
    }

    public IEnumerable<(int Number, Step Step)> Left(ImmutableArray<Drawn> drawn) =>
        _filled.Where(number => Count(drawn, number) < _pools[number].Filled).Select(number => (number, _pools[number].Step));

    public static ImmutableArray<Drawn> Draw(ImmutableArray<Drawn> drawn, int number)
    {
        var at = 0;
        while (at < drawn.Length && drawn[at].Pool < number)
        {
            at++;
        }

        return at < drawn.Length && drawn[at].Pool == number ? drawn.SetItem(at, new Drawn(number, drawn[at].Count + 1)) : drawn.Insert(at, new Drawn(number, 1));
    }

    public bool Took(ImmutableArray<Drawn> drawn, int step) => _poolOf.TryGetValue(step, out var number) && Count(drawn, number) > 0;

    /// <summary>Forgets the pools that can make no difference any more, and gives their numbers.</summary>
    public HashSet<int> Close(Func<Step, bool> isOver)
    {
        var closed = _filled.Where(number => isOver(_pools[number].Step)).ToHashSet();
        _filled.ExceptWith(closed);
        return closed;
    }

    private static int Count(ImmutableArray<Drawn> drawn, int number)
    {
        foreach (var pool in drawn)
        {
            if (pool.Pool == number)
            {
                return pool.Count;
            }
        }

        return 0;
    }

    private sealed class Pool(Step step)
    {
        public Step Step => step;

        public int Filled { get; set; }
    }
}

/// <summary>How many of a pool took effect.</summary>
internal readonly record struct Drawn(int Pool, int Count);
