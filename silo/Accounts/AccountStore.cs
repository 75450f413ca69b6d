using System.Globalization;
using Platform.Silo.Storage;

namespace Platform.Silo.Accounts;

/// <summary>Reads the version under which an account is stored.</summary>
internal sealed class AccountStore(PlatformDatabase database)
{
    public const string Storage = "eid-accounts";
    public const string StateName = "eid-account";

    /// <summary>The version as storage tags it; null if nothing is stored.</summary>
    public async Task<string?> Version(string number)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = connection
            .Command("SELECT version FROM grain_state WHERE service_id = @service AND grain_type = @type AND grain_key = @key")
            .With("service", SiloHost.ServiceId)
            .With("type", StateName)
            .With("key", number);
        return await command.ExecuteScalarAsync() is { } version and not DBNull
            ? Convert.ToInt32(version, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            : null;
    }
}
