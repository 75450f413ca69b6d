using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using Platform.Identity.Keys;
using Platform.Identity.Storage;

namespace Platform.Identity;

/// <summary>What must be true before the first request: schema, keys, and a configuration that the engine accepts.</summary>
sealed class IdentityStart(SchemaMigrator schema, SigningKeyRing keys, SharedSecrets secrets, IServiceProvider services) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await schema.Migrate(cancellationToken);
        await keys.Refresh(cancellationToken);
        await secrets.Load(cancellationToken);

        // The engine would otherwise look at its options, and throw, only when the first client calls.
        _ = services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue;
        _ = services.GetRequiredService<IOptionsMonitor<OpenIddictServerAspNetCoreOptions>>().CurrentValue;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
