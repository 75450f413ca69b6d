using Platform.Identity.Storage;

namespace Platform.Identity.Commands;

/// <summary>The server's parts without the server, on an up-to-date schema, for one command.</summary>
sealed class Workbench(Action<WebApplicationBuilder>? configure)
{
    public async Task<int> Use(Func<IServiceProvider, Task<int>> work, CancellationToken ct, bool migrate = false)
    {
        await using var app = IdentityHost.Build([], builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            configure?.Invoke(builder);
        });
        await app.Services.GetRequiredService<SchemaMigrator>().Migrate(ct, always: migrate);
        return await work(app.Services);
    }
}
