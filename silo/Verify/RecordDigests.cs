using System.Text.Json;
using Platform.Domain;
using Platform.Domain.Ledger;
using Platform.Silo.Citizens;

namespace Platform.Silo.Verify;

/// <summary>Which record an entry vouches for.</summary>
internal static class RecordDigests
{
    /// <summary>The digest that the entry's body names; null if it is no change of the record, or no longer says anything.</summary>
    public static string? Of(string kind, string body)
    {
        try
        {
            return kind switch
            {
                LedgerKinds.RecordImported => DomainJson.Read<ImportBody>(body).RecordDigest,
                LedgerKinds.DocumentPut => DomainJson.Read<DocumentBody>(body).RecordDigest,
                LedgerKinds.ConsentGranted or LedgerKinds.ConsentRefused or LedgerKinds.ConsentWithdrawn => DomainJson.Read<ConsentBody>(body).RecordDigest,
                _ => null,
            };
        }
        catch (JsonException)
        {
            // A body that no longer parses was changed; its hash has told so already.
            return null;
        }
    }

    /// <summary>What is stored of a citizen, or null if that can no longer be read.</summary>
    public static CitizenState? Read(byte[] payload)
    {
        try
        {
            return JsonSerializer.Deserialize<CitizenState>(payload, DomainJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
