using System.Collections.Immutable;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Consents;

/// <summary>Where a consent stands for the person.</summary>
public enum ConsentStanding
{
    /// <summary>Given and still good.</summary>
    Given,

    /// <summary>Refused when asked.</summary>
    Refused,

    /// <summary>Taken back.</summary>
    Withdrawn,

    /// <summary>Given, and its time is over.</summary>
    Expired,
}

/// <summary>Where consents stand, and what that is called.</summary>
static class ConsentStandings
{
    public static readonly ImmutableArray<ConsentStanding> All = [.. Enum.GetValues<ConsentStanding>()];

    public static ConsentStanding Of(HeldConsent consent, DateTimeOffset now) => consent.State switch
    {
        "refused" => ConsentStanding.Refused,
        "withdrawn" => ConsentStanding.Withdrawn,
        _ => consent.ValidTo > now ? ConsentStanding.Given : ConsentStanding.Expired,
    };

    /// <summary>In addresses.</summary>
    public static string Key(ConsentStanding standing) => standing switch
    {
        ConsentStanding.Refused => "refused",
        ConsentStanding.Withdrawn => "withdrawn",
        ConsentStanding.Expired => "expired",
        _ => "given",
    };

    public static string Say(Words words, ConsentStanding standing) => standing switch
    {
        ConsentStanding.Refused => words.T("Đã từ chối", "Refused"),
        ConsentStanding.Withdrawn => words.T("Đã rút lại", "Taken back"),
        ConsentStanding.Expired => words.T("Hết hạn", "Expired"),
        _ => words.T("Đang cho phép", "Allowed now"),
    };

    public static string? Tag(ConsentStanding standing) => standing switch
    {
        ConsentStanding.Given => "good",
        ConsentStanding.Expired => null,
        _ => "bad",
    };
}
