using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Silo.Citizens;

namespace Platform.Silo.Import;

/// <summary>A record with its text, which is made once: it is stored, and its digest stands in the ledger.</summary>
internal sealed record PreparedRecord(CitizenRecord Record, byte[] Text)
{
    // The record is the first member of a state; the others of a new one are always the same.
    private static readonly byte[] Before = Encoding.UTF8.GetBytes("""{"record":""");
    private static readonly byte[] After = Encoding.UTF8.GetBytes("," + DomainJson.Write(new CitizenState())[1..]);

    public string Subject => Record.PersonalId.Reveal();

    public static PreparedRecord Of(CitizenRecord record) => new(record, JsonSerializer.SerializeToUtf8Bytes(record, DomainJson.Options));

    /// <summary>The same as the record's own digest.</summary>
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(Text));

    /// <summary>The stored state of a citizen of whom nothing but the record is known.</summary>
    public byte[] State() => [.. Before, .. Text, .. After];
}
