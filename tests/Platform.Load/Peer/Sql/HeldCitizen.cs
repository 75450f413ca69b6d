using Platform.Domain.Citizens;
using Platform.Domain.Consents;

namespace Platform.Load.Peer.Sql;

/// <summary>What the row of a citizen says.</summary>
internal sealed record HeldCitizen(CitizenStatus Status, bool Protected, Dictionary<string, HeldValue> Attributes)
{
    /// <summary>Whether the official is the citizen or of the household.</summary>
    public bool IsOwn(string citizen, string? official) =>
        official is not null
        && (official == citizen || (Attributes.TryGetValue("household.members", out var members) && members.V.Contains(official, StringComparison.Ordinal)));
}

/// <summary>A value, its source, and since when the source vouches for it, under short names because every row repeats them.</summary>
internal sealed record HeldValue(string V, string S, string A);

/// <summary>The citizen's present decision for an organisation and a purpose, with its uses in the current period where they are limited.</summary>
internal sealed record HeldConsent(
    Guid Id, string[] Targets, ConsentState State, DateTimeOffset ValidFrom, DateTimeOffset ValidTo, int? LimitCount, Period? LimitPer, long Used);
