using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using Platform.Identity.Clients;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Manager = OpenIddict.Core.OpenIddictApplicationManager<OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreApplication>;

namespace Platform.Identity.RelyingParties;

/// <summary>The register of relying parties. A running server follows a change within the seconds for which it caches clients.</summary>
public sealed class RelyingParties(IServiceScopeFactory scopes)
{
    /// <summary>Registers a relying party, or replaces a registered one; enabled or disabled stays as it was.</summary>
    /// <exception cref="RegistrationRefusedException">The registration breaks a rule; the message says which.</exception>
    public async Task Register(RelyingPartyRegistration registration, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var descriptor = Describe(registration);
        await using var scope = scopes.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<Manager>();
        if (await SectorClients.Find(manager, registration.ClientId, ct) is not { } existing)
        {
            await manager.CreateAsync(descriptor, ct);
            return;
        }
        if (await RelyingParty.Read(manager, existing, ct) is null)
        {
            throw new RegistrationRefusedException("The client id belongs to a sector system: choose another.");
        }
        if (await SectorClients.IsDisabled(manager, existing, ct))
        {
            SectorClients.Disable(descriptor);
        }
        await manager.UpdateAsync(existing, descriptor, ct);
    }

    /// <summary>All relying parties by client id.</summary>
    public async Task<IReadOnlyList<RelyingPartySummary>> List(CancellationToken ct = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<Manager>();
        var found = new List<RelyingPartySummary>();
        await foreach (var application in manager.ListAsync(all => all.OrderBy(one => one.ClientId), ct))
        {
            if (await Summary(manager, application, ct) is { } summary)
            {
                found.Add(summary);
            }
        }
        return found;
    }

    /// <summary>A registered and enabled relying party, or null.</summary>
    internal async Task<RelyingParty?> Find(string clientId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<Manager>();
        return await manager.FindByClientIdAsync(clientId, ct) is { } application && !await SectorClients.IsDisabled(manager, application, ct)
            ? await RelyingParty.Read(manager, application, ct)
            : null;
    }

    static async Task<RelyingPartySummary?> Summary(Manager manager, OpenIddictEntityFrameworkCoreApplication application, CancellationToken ct) =>
        await RelyingParty.Read(manager, application, ct) is not { } party ? null : new RelyingPartySummary
        {
            ClientId = party.ClientId,
            NameVi = party.NameVi,
            NameEn = party.NameEn,
            Sector = party.Sector,
            MinLevel = party.MinLevel,
            SenderConstrained = party.SenderConstrained,
            Public = await manager.HasClientTypeAsync(application, ClientTypes.Public, ct),
            RedirectUris = [.. await manager.GetRedirectUrisAsync(application, ct)],
            Scopes = [.. await SectorClients.ScopesOf(manager, application, ct)],
            Enabled = !await SectorClients.IsDisabled(manager, application, ct),
        };

    static OpenIddictApplicationDescriptor Describe(RelyingPartyRegistration registration)
    {
        var party = RelyingPartyCheck.Check(registration);
        var isPublic = registration is { Jwks: null, TlsSubject: null };
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = party.ClientId,
            ClientType = isPublic ? ClientTypes.Public : ClientTypes.Confidential,
            // Which claims and consents are asked for is on pages of our own.
            ConsentType = ConsentTypes.Implicit,
            DisplayName = party.NameVi,
            JsonWebKeySet = registration.Jwks is { } keys ? ClientKeys.Parse(keys) : null,
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.PushedAuthorization, Permissions.Endpoints.Token,
                Permissions.Endpoints.EndSession, Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        if (!isPublic)
        {
            // Who proves nothing could try out tokens that it has found (RFC 7662 section 2.1).
            descriptor.Permissions.Add(Permissions.Endpoints.Introspection);
            descriptor.Requirements.Add(Requirements.Features.PushedAuthorizationRequests);
        }
        if (registration.Scopes.Contains(PersonScopes.OfflineAccess))
        {
            descriptor.Permissions.Add(Permissions.GrantTypes.RefreshToken);
        }
        descriptor.Permissions.UnionWith(registration.Scopes.Select(scope => Permissions.Prefixes.Scope + scope));
        descriptor.RedirectUris.UnionWith(registration.RedirectUris.Select(uri => new Uri(uri)));
        descriptor.PostLogoutRedirectUris.UnionWith(registration.PostLogoutRedirectUris.Select(uri => new Uri(uri)));
        party.WriteTo(descriptor);
        SenderConstraint.WriteTo(descriptor, party.SenderConstrained);
        ClientCertificates.Register(descriptor, registration.TlsSubject);
        return descriptor;
    }
}

/// <summary>A registered relying party.</summary>
public sealed record RelyingPartySummary
{
    public required string ClientId { get; init; }

    public required string NameVi { get; init; }

    public required string NameEn { get; init; }

    public required string Sector { get; init; }

    public required int MinLevel { get; init; }

    public required bool SenderConstrained { get; init; }

    public required bool Public { get; init; }

    public required IReadOnlyList<string> RedirectUris { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required bool Enabled { get; init; }
}
