using System.Collections.Immutable;
using Platform.Load.Histories;

namespace Platform.Load.Checking.Answers;

/// <summary>
/// Looks for an order of a citizen's operations in which every answer is right (Wing and Gong's search with Lowe's memory): goes through calls and answers
/// in time and keeps every state the citizen can be in together with the open operations that took effect. What took no effect yet by its
/// answer must take it then; where nothing is open, only states are left.
/// </summary>
internal sealed class Search
{
    /// <summary>The index under which consents stand that were given before the run.</summary>
    public const int BeforeTheRun = -1;

    private const int CloseEvery = 32;
    private readonly Transition _transition;
    private readonly Prerequisites _prerequisites;
    private readonly SearchBounds _bounds;
    private readonly Step[] _steps;
    private readonly Pools _pools;
    private readonly List<Step> _open = [];
    private readonly HashSet<int> _answered = [BeforeTheRun];
    private long _tried;

    public Search(Transition transition, Prerequisites prerequisites, SearchBounds bounds, Step[] steps)
    {
        (_transition, _prerequisites, _bounds, _steps) = (transition, prerequisites, bounds, steps);
        _pools = new Pools(steps.Where(step => step.Optional));
    }

    public SearchResult Run(CitizenModel start)
    {
        var events = _steps.Select(step => (At: step.Called, IsAnswer: false, step))
            .Concat(_steps.Where(step => !step.Optional).Select(step => (At: step.Answered, IsAnswer: true, step)))
            .OrderBy(happened => happened.At)
            .ThenBy(happened => happened.IsAnswer)
            .ThenBy(happened => happened.step.Operation.Seq ?? 0);
        var places = new HashSet<Place> { new(start, [], []) };
        foreach (var (_, isAnswer, step) in events)
        {
            if (!isAnswer)
            {
                Open(step);
                continue;
            }

            var next = new HashSet<Place>();
            foreach (var place in places)
            {
                if (!Reach(place, step, next))
                {
                    return new SearchResult(null, $"more than {_bounds.Tried} steps were tried up to operation {step.Operation.Id}, with {_open.Count} operations open at once");
                }
            }

            _open.Remove(step);
            _answered.Add(step.Index);
            places = Close(Fewest(next));
            if (places.Count == 0)
            {
                return new SearchResult(step, null);
            }

            if (places.Count > _bounds.Places)
            {
                return new SearchResult(null, $"more than {_bounds.Places} states are possible after operation {step.Operation.Id}, with {_open.Count} operations open");
            }
        }

        return new SearchResult(null, null);
    }

    private void Open(Step step)
    {
        if (step.Optional)
        {
            _pools.Fill(step);
        }
        else
        {
            _open.Add(step);
        }
    }

    // All places in which the step has taken effect, by whatever open operations did so before it.
    private bool Reach(Place start, Step step, HashSet<Place> reached)
    {
        if (start.Took.Contains(step.Index))
        {
            reached.Add(start with { Took = start.Took.Remove(step.Index) });
            return true;
        }

        var seen = new HashSet<Place> { start };
        var ahead = new Stack<Place>([start]);
        while (ahead.TryPop(out var place))
        {
            foreach (var next in _open.Where(next => !place.Took.Contains(next.Index) && IsInTurn(place, next, step) && !IsTooEarly(place, next)))
            {
                foreach (var after in After(place, next))
                {
                    if (next == step)
                    {
                        reached.Add(after);
                    }
                    else if (after with { Took = Insert(after.Took, next.Index) } is var further && seen.Add(further))
                    {
                        ahead.Push(further);
                    }
                }

                if (_tried > _bounds.Tried)
                {
                    return false;
                }
            }
        }

        return true;
    }

    // What tells no place of its own, and what may have happened at any time, is put off until an answer cannot do without it: as long as an answer is the
    // same with and without it, the two can change places. Only grants cannot, because of two consents the first one is used.
    private IEnumerable<Place> After(Place place, Step step)
    {
        var seen = new HashSet<Place> { place };
        var ahead = new Queue<Place>([place]);
        while (ahead.TryDequeue(out var behind))
        {
            var possible = false;
            _tried++;
            foreach (var model in _transition.After(behind.Model, step, index => Took(behind, index)))
            {
                possible = true;
                yield return behind with { Model = model };
            }

            if ((possible && step.Operation.Kind != OperationKind.Grant) || _tried > _bounds.Tried)
            {
                continue;
            }

            var helps = _prerequisites.Of(behind.Model, step, index => Took(behind, index));
            foreach (var further in Helped(behind, step, helps).Where(seen.Add))
            {
                ahead.Enqueue(further);
            }
        }
    }

    private IEnumerable<Place> Helped(Place behind, Step step, Func<Step, bool> helps)
    {
        foreach (var open in _open.Where(open => open != step && !open.HasPlace && !behind.Took.Contains(open.Index) && helps(open) && !IsTooEarly(behind, open)))
        {
            foreach (var model in _transition.After(behind.Model, open, index => Took(behind, index)).Where(model => model != behind.Model))
            {
                yield return behind with { Model = model, Took = Insert(behind.Took, open.Index) };
            }
        }

        foreach (var (number, optional) in _pools.Left(behind.Used).Where(left => helps(left.Step) && !IsTooEarly(behind, left.Step)))
        {
            foreach (var model in _transition.After(behind.Model, optional, index => Took(behind, index)).Where(model => model != behind.Model))
            {
                yield return behind with { Model = model, Used = Pools.Draw(behind.Used, number) };
            }
        }
    }

    private bool IsInTurn(Place place, Step next, Step step) =>
        next == step || next.HasPlace || _open.Exists(open => next.MustPrecede(open) && !place.Took.Contains(open.Index));

    // Something open would never be possible any more.
    private bool IsTooEarly(Place place, Step step) => _open.Exists(open => open != step && open.MustPrecede(step) && !place.Took.Contains(open.Index));

    private bool Took(Place place, int index) => _answered.Contains(index) || place.Took.Contains(index) || _pools.Took(place.Used, index);

    private static ImmutableArray<int> Insert(ImmutableArray<int> sorted, int index) => sorted.Insert(~sorted.BinarySearch(index), index);

    // Now and then: a version that is not new any more, and a withdrawal of what is gone, will never make a difference.
    private HashSet<Place> Close(HashSet<Place> places)
    {
        if (places.Count == 0 || _answered.Count % CloseEvery != 0)
        {
            return places;
        }

        var closed = _pools.Close(step => step.Operation.Kind switch
        {
            OperationKind.Push => places.All(place => place.Model.Version >= step.Operation.Version),
            OperationKind.Withdraw => _transition.IsGranted(step, _answered.Contains) && places.All(place => place.Model.Find(step.Operation.Consent!.Value) is null),
            _ => false,
        });
        return closed.Count == 0 ? places : [.. places.Select(place => place with { Used = place.Used.RemoveAll(drawn => closed.Contains(drawn.Pool)) })];
    }

    // In the same state, who has used up fewer of what may or may not have happened can do all that the others can.
    private static HashSet<Place> Fewest(HashSet<Place> places)
    {
        if (places.Count < 2)
        {
            return places;
        }

        var kept = new HashSet<Place>();
        foreach (var group in places.GroupBy(place => place with { Used = [] }))
        {
            var fewest = new List<Place>();
            foreach (var place in group.OrderBy(place => place.Used.Sum(drawn => drawn.Count)))
            {
                if (!fewest.Exists(other => other.Used.All(drawn => place.Used.Any(more => more.Pool == drawn.Pool && more.Count >= drawn.Count))))
                {
                    fewest.Add(place);
                }
            }

            kept.UnionWith(fewest);
        }

        return kept;
    }

    /// <summary>A state, the open operations that took effect on the way to it, and how many of each pool did.</summary>
    private sealed record Place(CitizenModel Model, ImmutableArray<int> Took, ImmutableArray<Drawn> Used)
    {
        public bool Equals(Place? other) =>
            other is not null && Took.AsSpan().SequenceEqual(other.Took.AsSpan()) && Used.AsSpan().SequenceEqual(other.Used.AsSpan()) && Model == other.Model;

        public override int GetHashCode() => Took.Aggregate(Used.Aggregate(Model.GetHashCode(), HashCode.Combine), HashCode.Combine);
    }
}

/// <summary>How much is tried for one citizen before the search says that it does not know.</summary>
internal sealed record SearchBounds(long Tried, int Places)
{
    public static SearchBounds Usual { get; } = new(5_000_000, 20_000);

    /// <summary>For what only makes a report shorter.</summary>
    public static SearchBounds Short { get; } = new(5_000, 200);
}

/// <summary>The first operation whose answer no order explains, or why the search gave up; neither if there is an order.</summary>
internal sealed record SearchResult(Step? Stuck, string? GaveUp);
