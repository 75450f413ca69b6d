using System.Collections.Immutable;
using System.Globalization;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Consents;

/// <summary>The person's consents that stand in one way.</summary>
/// <param name="Standing">How they stand.</param>
/// <param name="Counts">How many stand how.</param>
/// <param name="Page">Those of this page, the latest decision first.</param>
public sealed record ConsentList(ConsentStanding Standing, ImmutableDictionary<ConsentStanding, int> Counts, Slice<HeldConsent> Page)
{
    const int PageLength = 20;

    internal static ConsentList Of(ImmutableArray<HeldConsent> consents, string state, string page, DateTimeOffset now)
    {
        var standing = ConsentStandings.All.FirstOrDefault(one => ConsentStandings.Key(one) == state);
        var groups = consents.ToLookup(consent => ConsentStandings.Of(consent, now));
        return new(
            standing,
            ConsentStandings.All.ToImmutableDictionary(one => one, one => groups[one].Count()),
            Slice.Of(groups[standing].OrderByDescending(consent => consent.WithdrawnAt ?? consent.DecidedAt).ToImmutableArray(), PageLength, page));
    }

    internal static string Link(ConsentStanding standing, int? page = null)
    {
        var path = $"{Addresses.Consents}?state={ConsentStandings.Key(standing)}";
        return page is > 1 and { } number ? $"{path}&page={number.ToString(CultureInfo.InvariantCulture)}" : path;
    }
}
