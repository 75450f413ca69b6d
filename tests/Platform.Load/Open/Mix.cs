using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Platform.Load.Open;

/// <summary>How often each workload comes, by weight.</summary>
internal sealed class Mix
{
    private const int MostWeight = 1_000_000;
    private readonly int _sum;

    private Mix(ImmutableArray<(Workload Workload, int Weight)> weights) => (Weights, _sum) = (weights, weights.Sum(one => one.Weight));

    /// <summary>Everything, with reading and asking far more often than changing.</summary>
    public static Mix Default { get; } = new(
    [
        (Workload.Consented, 40), (Workload.Lawful, 20), (Workload.Change, 10), (Workload.Push, 8), (Workload.Pushed, 10), (Workload.Ledger, 5),
        (Workload.Accesses, 3), (Workload.Login, 1), (Workload.Token, 3),
    ]);

    public ImmutableArray<(Workload Workload, int Weight)> Weights { get; }

    /// <summary>One workload and nothing else.</summary>
    public static Mix Of(Workload workload) => new([(workload, 1)]);

    /// <summary>Reads <c>consented=40,change=5</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Mix? mix, [NotNullWhen(false)] out string? finding)
    {
        mix = null;
        var weights = new SortedDictionary<Workload, int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = part.Split('=', StringSplitOptions.TrimEntries);
            if (words.Length != 2 || !TryName(words[0], out var workload) || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var weight)
                || weight > MostWeight || !weights.TryAdd(workload, weight))
            {
                finding = $"'{part}' is not a workload with a weight up to {MostWeight}, each named once. Workloads: {string.Join(", ", Enum.GetValues<Workload>().Select(Name))}.";
                return false;
            }
        }

        if (weights.Values.Sum(weight => (long)weight) == 0)
        {
            finding = "The mix is empty: give at least one workload a weight.";
            return false;
        }

        finding = null;
        mix = new Mix([.. weights.Where(one => one.Value > 0).Select(one => (one.Key, one.Value))]);
        return true;
    }

    public static string Name(Workload workload) => workload switch
    {
        Workload.Consented => "consented",
        Workload.Lawful => "lawful",
        Workload.Change => "change",
        Workload.Push => "push",
        Workload.Pushed => "pushed",
        Workload.Ledger => "ledger",
        Workload.Accesses => "accesses",
        Workload.Login => "login",
        _ => "token",
    };

    /// <summary>The workload at a place in [0, 1).</summary>
    public Workload At(double place)
    {
        var left = (int)(place * _sum);
        foreach (var (workload, weight) in Weights)
        {
            if (left < weight)
            {
                return workload;
            }

            left -= weight;
        }

        return Weights[^1].Workload;
    }

    public override string ToString() => string.Join(',', Weights.Select(one => $"{Name(one.Workload)}={one.Weight}"));

    private static bool TryName(string name, out Workload workload)
    {
        foreach (var candidate in Enum.GetValues<Workload>())
        {
            if (Name(candidate) == name)
            {
                workload = candidate;
                return true;
            }
        }

        workload = default;
        return false;
    }
}
