using OpenIddict.Abstractions;
using Platform.Identity.Keys;
using Platform.Identity.Storage;

namespace Platform.Identity.Engine.People;

/// <summary>Removes codes, refresh tokens, pushed requests and their grants once even their reuse can no longer mean anything.</summary>
sealed class GrantPruning(IServiceScopeFactory scopes, TimeProvider clock) : IPruned
{
    // A refresh token that was redeemed is kept for as long as its family can live: its second use is what gives a thief away.
    static readonly TimeSpan Kept = TokenLifetime.Refresh + TimeSpan.FromHours(1);

    public async Task<int> Prune(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Kept;
        await using var scope = scopes.CreateAsyncScope();
        var removed = await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(before, ct)
            + await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(before, ct);
        return (int)Math.Min(removed, int.MaxValue);
    }
}
