using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;

namespace Platform.Identity.Clients;

/// <summary>
/// Shares registered clients between requests for a few seconds; OpenIddict's own cache lives for one request, which costs a query per token.
/// Unknown ids are not kept, so nobody can fill it.
/// </summary>
sealed class CachedApplications(
    ApplicationsById entries, IOpenIddictApplicationStore<OpenIddictEntityFrameworkCoreApplication> store)
    : IOpenIddictApplicationCache<OpenIddictEntityFrameworkCoreApplication>
{
    public async ValueTask<OpenIddictEntityFrameworkCoreApplication?> FindByClientIdAsync(string identifier, CancellationToken cancellationToken)
    {
        if (entries.Find(identifier) is { } cached)
        {
            return cached;
        }
        var application = await store.FindByClientIdAsync(identifier, cancellationToken);
        if (application is not null)
        {
            entries.Keep(application);
        }
        return application;
    }

    public ValueTask AddAsync(OpenIddictEntityFrameworkCoreApplication application, CancellationToken cancellationToken) =>
        RemoveAsync(application, cancellationToken);

    public ValueTask RemoveAsync(OpenIddictEntityFrameworkCoreApplication application, CancellationToken cancellationToken)
    {
        entries.Drop(application);
        return ValueTask.CompletedTask;
    }

    public ValueTask<OpenIddictEntityFrameworkCoreApplication?> FindByIdAsync(string identifier, CancellationToken cancellationToken) =>
        store.FindByIdAsync(identifier, cancellationToken);

    public IAsyncEnumerable<OpenIddictEntityFrameworkCoreApplication> FindByPostLogoutRedirectUriAsync(
        string uri, CancellationToken cancellationToken) => store.FindByPostLogoutRedirectUriAsync(uri, cancellationToken);

    public IAsyncEnumerable<OpenIddictEntityFrameworkCoreApplication> FindByRedirectUriAsync(
        string uri, CancellationToken cancellationToken) => store.FindByRedirectUriAsync(uri, cancellationToken);
}

/// <summary>The shared part of <see cref="CachedApplications"/>, which itself lives as long as a request.</summary>
sealed class ApplicationsById(IOptions<IdentityOptions> options, TimeProvider clock)
{
    readonly ConcurrentDictionary<string, (OpenIddictEntityFrameworkCoreApplication Application, DateTimeOffset Until)> _entries = new();

    public OpenIddictEntityFrameworkCoreApplication? Find(string clientId) =>
        _entries.TryGetValue(clientId, out var entry) && entry.Until > clock.GetUtcNow() ? entry.Application : null;

    public void Keep(OpenIddictEntityFrameworkCoreApplication application)
    {
        if (application.ClientId is { } clientId)
        {
            _entries[clientId] = (application, clock.GetUtcNow() + options.Value.ClientCacheLifetime);
        }
    }

    public void Drop(OpenIddictEntityFrameworkCoreApplication application) => _entries.TryRemove(application.ClientId ?? "", out _);
}
