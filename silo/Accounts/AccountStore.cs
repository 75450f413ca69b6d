using System.Globalization;
using System.Text;
using Platform.Domain;
using Platform.Silo.Storage;

namespace Platform.Silo.Accounts;

/// <summary>Reads what is stored of an account, passing by its grain.</summary>
internal sealed class AccountStore(PlatformDatabase database)
{
    public const string Storage = "eid-accounts";
    public const string StateName = "eid-account";

    /// <summary>Returns once whatever could be read before is as durable as what silos commit.</summary>
    public Task Settle() => database.Settle();

    /// <summary>The version as storage tags it; null if nothing is stored.</summary>
    public async Task<string?> Version(string number) => await Value("version", number) is { } version
        ? Convert.ToInt32(version, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
        : null;

    /// <summary>The account as it is stored; null if there is none.</summary>
    public async Task<EidAccount?> Read(string number) => await Value("payload", number) is byte[] payload
        ? DomainJson.Read<AccountState>(Encoding.UTF8.GetString(payload)).Account
        : null;

    private async Task<object?> Value(string column, string number)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = connection
            .Command($"SELECT {column} FROM grain_state WHERE service_id = @service AND grain_type = @type AND grain_key = @key")
            .With("service", SiloHost.ServiceId)
            .With("type", StateName)
            .With("key", number);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? value : null;
    }
}
