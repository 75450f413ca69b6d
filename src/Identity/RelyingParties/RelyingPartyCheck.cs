using Platform.Identity.Clients;

namespace Platform.Identity.RelyingParties;

/// <summary>Which registrations are accepted.</summary>
static class RelyingPartyCheck
{
    const int MaxName = 200;
    const int MaxUris = 20;
    const int MaxUri = 500;

    /// <summary>The checked parts of a registration.</summary>
    /// <exception cref="RegistrationRefusedException">The registration breaks a rule; the message says which.</exception>
    public static RelyingParty Check(RelyingPartyRegistration registration)
    {
        SectorClients.CheckClientId(registration.ClientId);
        if (IsNoName(registration.NameVi) || IsNoName(registration.NameEn))
        {
            throw new RegistrationRefusedException($"A name in Vietnamese and one in English are needed, of at most {MaxName} characters each.");
        }
        if (registration.Jwks is not null && registration.TlsSubject is not null)
        {
            throw new RegistrationRefusedException("A client authenticates by keys or by certificate, not by both: keep one.");
        }
        if (registration.RedirectUris.Count is 0 or > MaxUris || registration.PostLogoutRedirectUris.Count > MaxUris)
        {
            throw new RegistrationRefusedException($"One to {MaxUris} redirect addresses are needed, and at most {MaxUris} for after logout.");
        }
        foreach (var uri in registration.RedirectUris.Concat(registration.PostLogoutRedirectUris))
        {
            CheckRedirect(uri, isPublic: registration is { Jwks: null, TlsSubject: null });
        }
        if (registration.BackChannelLogoutUri is { } logout)
        {
            CheckRedirect(logout, isPublic: false);
        }
        if (!registration.Scopes.Contains(PersonScopes.OpenId) || registration.Scopes.Except(PersonScopes.All, StringComparer.Ordinal).Any())
        {
            throw new RegistrationRefusedException($"Name the scope openid and what else is needed, out of: {string.Join(", ", PersonScopes.All)}.");
        }
        if (registration.MinLevel is not (1 or 2))
        {
            throw new RegistrationRefusedException("The lowest level is 1 or 2.");
        }
        return new RelyingParty
        {
            ClientId = registration.ClientId,
            NameVi = registration.NameVi.Trim(),
            NameEn = registration.NameEn.Trim(),
            Sector = Sector(registration),
            MinLevel = registration.MinLevel,
            SenderConstrained = registration.SenderConstrained && registration is not { Jwks: null, TlsSubject: null },
            BackChannelLogoutUri = registration.BackChannelLogoutUri,
            System = registration.System,
        };
    }

    static string Sector(RelyingPartyRegistration registration)
    {
        if (registration.Sector is { Length: > 0 and <= 100 } sector)
        {
            return sector;
        }
        var hosts = registration.RedirectUris.Select(uri => new Uri(uri).Host).Distinct().ToArray();
        return hosts is [{ Length: > 0 } host]
            ? host
            : throw new RegistrationRefusedException("The redirect addresses have several hosts or none: name the sector whose relying parties know people alike.");
    }

    static void CheckRedirect(string text, bool isPublic)
    {
        if (text.Length > MaxUri || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0 || text.Contains('*', StringComparison.Ordinal))
        {
            throw new RegistrationRefusedException("An address is not absolute, or has a fragment, a user or a wildcard: write each address out.");
        }
        var isWeb = uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);
        if (!isWeb && !(isPublic && uri.Scheme.Contains('.', StringComparison.Ordinal)))
        {
            throw new RegistrationRefusedException(
                "An address must begin with https://, with http:// on loopback, or for an app with a scheme of its own that has a dot in it (RFC 8252).");
        }
    }

    static bool IsNoName(string name) => string.IsNullOrWhiteSpace(name) || name.Length > MaxName;
}
