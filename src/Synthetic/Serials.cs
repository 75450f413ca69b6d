namespace Platform.Synthetic;

/// <summary>Six digits for each person, all different and in no visible order: a permutation of 0 … 999,999 that needs no memory (Feistel network).</summary>
internal sealed class Serials(long seed)
{
    public const int Count = Half * Half;

    private const int Half = 1000;
    private const int Rounds = 4;

    public int Of(int ordinal)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ordinal, Count);
        var (left, right) = (ordinal / Half, ordinal % Half);
        for (var round = 0; round < Rounds; round++)
        {
            (left, right) = (right, (left + Dice.For(seed, right, -1 - round).Below(Half)) % Half);
        }

        return (left * Half) + right;
    }
}
