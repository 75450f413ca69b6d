namespace Platform.Synthetic;

/// <summary>A reproducible stream of draws (SplitMix64); its sequence depends on no runtime version and no platform.</summary>
internal sealed class Dice
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong _state;

    private Dice(ulong state) => _state = state;

    /// <summary>The stream of a seed for one household and one part of it, independent of all others.</summary>
    public static Dice For(long seed, long household, int part) =>
        new(Mix(Mix(Mix((ulong)seed + Step) ^ ((ulong)household * 0xD1342543DE82EF95)) + ((ulong)part * 0xA0761D6478BD642F)));

    public ulong Next() => Mix(_state += Step);

    /// <summary>0 up to but not including the bound.</summary>
    public int Below(int bound) => (int)(((UInt128)Next() * (uint)bound) >> 64);

    /// <summary>Both ends included.</summary>
    public int Between(int first, int last) => first + Below(last - first + 1);

    /// <summary>Like <see cref="Between"/>, with the middle of the span likelier than its ends.</summary>
    public int Around(int first, int last) => (Between(first, last) + Between(first, last)) / 2;

    public bool Chance(int perMille) => Below(1000) < perMille;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public DateOnly Day(DateOnly first, DateOnly last) => first.AddDays(Below(Math.Max(1, last.DayNumber - first.DayNumber + 1)));

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
