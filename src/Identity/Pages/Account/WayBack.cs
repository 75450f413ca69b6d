using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Platform.Identity.Sessions;

namespace Platform.Identity.Pages.Account;

/// <summary>A relying party's page from which a person came to the account pages, and to which a link leads back.</summary>
public sealed record WayBack(string NameVi, string NameEn, string Address);

/// <summary>
/// Remembers for a while where a person came from: <c>?client_id=…&amp;return=…</c> at any account page. The link names the party as it is registered and leads
/// nowhere but to a host to which codes of that party may go; nobody is ever sent there without choosing it.
/// </summary>
sealed class WaysBack(RelyingParties.RelyingParties parties, IDataProtectionProvider protection, IOptions<IdentityOptions> options)
{
    const string Party = "client_id";
    const string Return = "return";
    const int LongestAddress = 200;
    const int PersonalNumberLength = 12;
    static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    readonly IDataProtector _protector = protection.CreateProtector("way-back");

    string CookieName => SafeCookies.Name("eid-back", options.Value);

    public async Task<WayBack?> Of(HttpContext context)
    {
        var query = context.Request.Query;
        if (!HttpMethods.IsGet(context.Request.Method) || !query.ContainsKey(Return))
        {
            return Read(context) is { } kept ? await Find(kept, context.RequestAborted) : null;
        }
        if (query[Party] is [{ } party] && query[Return] is [{ } address] && await Find(new(party, address), context.RequestAborted) is { } found)
        {
            var cookie = SafeCookies.Options(options.Value);
            cookie.MaxAge = Lifetime;
            context.Response.Cookies.Append(CookieName, _protector.Protect(JsonSerializer.Serialize(new Place(party, address))), cookie);
            return found;
        }
        context.Response.Cookies.Delete(CookieName, SafeCookies.Options(options.Value));
        return null;
    }

    // Looked up at every page: a party that was disabled since is no longer linked.
    async Task<WayBack?> Find(Place place, CancellationToken ct)
    {
        if (Parse(place.Address) is not { } address)
        {
            return null;
        }
        var party = (await parties.List(ct)).FirstOrDefault(one => one.Enabled && one.ClientId == place.Party);
        return party?.RedirectUris.Any(uri => IsSameOrigin(new Uri(uri), address)) == true ? new WayBack(party.NameVi, party.NameEn, address.AbsoluteUri) : null;
    }

    // A plain page: nothing that carries data, and no number of a person, belongs into an address.
    static Uri? Parse(string text) =>
        text.Length <= LongestAddress
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address is { Scheme: "https" or "http", UserInfo: "", Query: "", Fragment: "" }
        && text.Count(char.IsAsciiDigit) < PersonalNumberLength ? address : null;

    static bool IsSameOrigin(Uri one, Uri other) => one.Scheme == other.Scheme && one.IdnHost == other.IdnHost && one.Port == other.Port;

    Place? Read(HttpContext context) =>
        SafeCookies.Unprotect(_protector, context.Request.Cookies[CookieName]) is { } json ? JsonSerializer.Deserialize<Place>(json) : null;

    sealed record Place(string Party, string Address);
}
