using System.Text.Json;
using System.Text.RegularExpressions;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Manager = OpenIddict.Core.OpenIddictApplicationManager<OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreApplication>;

namespace Platform.Identity.Clients;

/// <summary>The register of sector systems. A running server follows a change within the seconds for which it caches clients.</summary>
public sealed partial class SectorClients(IServiceScopeFactory scopes)
{
    internal const string DisabledProperty = "disabled";
    const int MaxNameLength = 200;

    /// <summary>Registers a sector system, or replaces name, keys and scopes of a registered one; enabled or disabled stays as it was.</summary>
    /// <exception cref="RegistrationRefusedException">The registration breaks a rule; the message says which.</exception>
    public async Task Register(SectorClientRegistration registration, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var descriptor = Describe(registration);
        await using var scope = scopes.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<Manager>();
        var existing = await Find(manager, registration.ClientId, ct);
        if (existing is null)
        {
            await manager.CreateAsync(descriptor, ct);
        }
        else
        {
            if (!await manager.HasPermissionAsync(existing, Permissions.GrantTypes.ClientCredentials, ct))
            {
                throw new RegistrationRefusedException("The client id belongs to a relying party: choose another.");
            }
            if (await IsDisabled(manager, existing, ct))
            {
                Disable(descriptor);
            }
            await manager.UpdateAsync(existing, descriptor, ct);
        }
    }

    /// <summary>Lets a sector system in or keeps it out; false when there is none with this id.</summary>
    public async Task<bool> SetEnabled(string clientId, bool enabled, CancellationToken ct = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<Manager>();
        if (await Find(manager, clientId, ct) is not { } application)
        {
            return false;
        }
        var descriptor = new OpenIddictApplicationDescriptor();
        await manager.PopulateAsync(descriptor, application, ct);
        descriptor.Properties[DisabledProperty] = JsonSerializer.SerializeToElement(!enabled);
        await manager.UpdateAsync(application, descriptor, ct);
        return true;
    }

    /// <summary>All registered sector systems by client id.</summary>
    public async Task<IReadOnlyList<SectorClient>> List(CancellationToken ct = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<Manager>();
        var clients = new List<SectorClient>();
        await foreach (var application in manager.ListAsync(all => all.OrderBy(one => one.ClientId), ct))
        {
            if (await manager.HasPermissionAsync(application, Permissions.GrantTypes.ClientCredentials, ct))
            {
                clients.Add(await Read(manager, application, ct));
            }
        }
        return clients;
    }

    internal static async ValueTask<bool> IsDisabled(IOpenIddictApplicationManager manager, object application, CancellationToken ct) =>
        (await manager.GetPropertiesAsync(application, ct)).TryGetValue(DisabledProperty, out var disabled)
        && disabled.ValueKind != JsonValueKind.False;

    static async Task<SectorClient> Read(Manager manager, OpenIddictEntityFrameworkCoreApplication application, CancellationToken ct)
    {
        var keys = await manager.GetJsonWebKeySetAsync(application, ct);
        return new SectorClient(
            application.ClientId ?? "",
            application.DisplayName ?? "",
            [.. await ScopesOf(manager, application, ct)],
            [.. keys?.Keys.Select(key => key.Kid ?? "") ?? []],
            await SenderConstraint.IsRequired(manager, application, ct),
            !await IsDisabled(manager, application, ct));
    }

    internal static async ValueTask<IEnumerable<string>> ScopesOf(IOpenIddictApplicationManager manager, object application, CancellationToken ct) =>
        (await manager.GetPermissionsAsync(application, ct))
            .Where(permission => permission.StartsWith(Permissions.Prefixes.Scope, StringComparison.Ordinal))
            .Select(permission => permission[Permissions.Prefixes.Scope.Length..])
            .Order(StringComparer.Ordinal);

    internal static void Disable(OpenIddictApplicationDescriptor descriptor) =>
        descriptor.Properties[DisabledProperty] = JsonSerializer.SerializeToElement(true);

    internal static void CheckClientId(string clientId)
    {
        if (!ClientIdShape().IsMatch(clientId))
        {
            throw new RegistrationRefusedException("A client id has 3 to 64 characters: small letters, digits, dot, hyphen and underscore.");
        }
    }

    // A query, not a look-up by id: the look-up may answer from the cache, and a stale copy must not be written back.
    internal static async Task<OpenIddictEntityFrameworkCoreApplication?> Find(Manager manager, string clientId, CancellationToken ct) =>
        await manager.GetAsync(all => all.Where(application => application.ClientId == clientId), ct);

    static OpenIddictApplicationDescriptor Describe(SectorClientRegistration registration)
    {
        CheckClientId(registration.ClientId);
        if (string.IsNullOrWhiteSpace(registration.Name) || registration.Name.Length > MaxNameLength)
        {
            throw new RegistrationRefusedException($"A name is needed, of at most {MaxNameLength} characters.");
        }
        if (registration.Scopes.Count == 0 || registration.Scopes.Except(SectorScopes.All, StringComparer.Ordinal).Any())
        {
            throw new RegistrationRefusedException($"Name at least one scope, out of: {string.Join(", ", SectorScopes.All)}.");
        }
        if (registration.Jwks is null == registration.TlsSubject is null)
        {
            throw new RegistrationRefusedException("A sector system has either public keys or the subject of a certificate.");
        }
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = registration.ClientId,
            ClientType = ClientTypes.Confidential,
            DisplayName = registration.Name.Trim(),
            JsonWebKeySet = registration.Jwks is { } keys ? ClientKeys.Parse(keys) : null,
            Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials, Permissions.GrantTypes.TokenExchange },
        };
        ClientCertificates.Register(descriptor, registration.TlsSubject);
        SenderConstraint.WriteTo(descriptor, registration.SenderConstrained);
        descriptor.Permissions.UnionWith(registration.Scopes.Select(scope => Permissions.Prefixes.Scope + scope));
        return descriptor;
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{2,63}\z")]
    private static partial Regex ClientIdShape();
}
