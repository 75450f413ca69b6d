using System.Collections.Immutable;

namespace Platform.Load.Checking.Answers;

/// <summary>The citizen as far as answers depend on it: the sequential model that a history is compared with.</summary>
/// <param name="InForce">Consents in the order in which they were given; ended and used-up ones are gone.</param>
/// <param name="Version">The issuer's version of the pushed document, 0 before the first.</param>
/// <param name="Head">The ledger has at least so many entries.</param>
/// <param name="Access">Position of the newest access known.</param>
internal sealed record CitizenModel(ImmutableArray<HeldConsent> InForce, long Version, long Head, long Access)
{
    public static CitizenModel Empty { get; } = new([], 0, 0, 0);

    public HeldConsent? Find(Guid consent) => InForce.FirstOrDefault(held => held.Id == consent);

    /// <summary>One use of each of these consents; the last one ends it.</summary>
    public CitizenModel Use(IReadOnlyCollection<HeldConsent> used) => used.Count == 0 || used.All(held => held.Left is null)
        ? this
        : this with { InForce = [.. InForce.Select(held => used.Contains(held) ? Used(held) : held).OfType<HeldConsent>()] };

    public bool Equals(CitizenModel? other) =>
        other is not null && Version == other.Version && Head == other.Head && Access == other.Access && InForce.AsSpan().SequenceEqual(other.InForce.AsSpan());

    // The latest consents tell states apart well enough, and there can be many.
    public override int GetHashCode() => InForce is [.., var last] ? HashCode.Combine(Version, Head, InForce.Length, last) : HashCode.Combine(Version, Head);

    private static HeldConsent? Used(HeldConsent held) => held.Left switch
    {
        null => held,
        1 => null,
        var left => held with { Left = left - 1 },
    };
}
