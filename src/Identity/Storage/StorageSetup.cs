using Microsoft.Extensions.Options;
using Platform.Hosting;

namespace Platform.Identity.Storage;

static class StorageSetup
{
    public static void AddIdentityStorage(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddCheckedOptions<StorageOptions>("Identity");
        services.AddSingleton(provider => DatabaseAddress.TryParse(provider.GetRequiredService<IOptions<StorageOptions>>().Value.Database!)!);
        services.AddPooledDbContextFactory<IdentityDatabase>((provider, options) => provider.GetRequiredService<DatabaseAddress>().Use(options));
        services.AddSingleton<SchemaMigrator>();
        services.AddSingleton<UsedValues>();
        services.AddSingleton<IPruned>(provider => provider.GetRequiredService<UsedValues>());
        services.AddHostedService<Pruning>();
        builder.AddKeyRing();
    }
}
