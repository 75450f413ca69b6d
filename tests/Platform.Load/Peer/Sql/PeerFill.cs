using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Platform.Domain.Citizens;

namespace Platform.Load.Peer.Sql;

/// <summary>Fills the peer's tables with the citizens and consents that the province was filled with.</summary>
internal static class PeerFill
{
    public static async Task Fill(NpgsqlDataSource source, IReadOnlyCollection<CitizenRecord> records, CancellationToken cancellation)
    {
        await PeerSchema.Ensure(source, cancellation);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await Citizens(connection, records, cancellation);
        await Consents(connection, records, cancellation);
        await using var analyse = new NpgsqlCommand("VACUUM ANALYZE peer.citizen, peer.consent", connection);
        await analyse.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task Citizens(NpgsqlConnection connection, IEnumerable<CitizenRecord> records, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY peer.citizen (personal_id, status, protected, attributes) FROM STDIN (FORMAT binary)", cancellation);
        foreach (var record in records)
        {
            await copy.StartRowAsync(cancellation);
            await copy.WriteAsync(record.PersonalId.Reveal(), NpgsqlDbType.Text, cancellation);
            await copy.WriteAsync((short)record.Status, NpgsqlDbType.Smallint, cancellation);
            await copy.WriteAsync(record.Protected, NpgsqlDbType.Boolean, cancellation);
            await copy.WriteAsync(Attributes(record), NpgsqlDbType.Jsonb, cancellation);
        }

        await copy.CompleteAsync(cancellation);
    }

    private static async Task Consents(NpgsqlConnection connection, IEnumerable<CitizenRecord> records, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY peer.consent (personal_id, recipient, purpose, id, targets, state, valid_from, valid_to, limit_count, limit_per) FROM STDIN (FORMAT binary)",
            cancellation);
        foreach (var record in records)
        {
            foreach (var consent in record.Consents.GroupBy(held => (held.Recipient, held.Purpose)).Select(held => held.Last()))
            {
                await copy.StartRowAsync(cancellation);
                await copy.WriteAsync(record.PersonalId.Reveal(), NpgsqlDbType.Text, cancellation);
                await copy.WriteAsync(consent.Recipient, NpgsqlDbType.Text, cancellation);
                await copy.WriteAsync(consent.Purpose, NpgsqlDbType.Text, cancellation);
                await copy.WriteAsync(consent.Id, NpgsqlDbType.Uuid, cancellation);
                await copy.WriteAsync(consent.Targets.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellation);
                await copy.WriteAsync((short)consent.State, NpgsqlDbType.Smallint, cancellation);
                await copy.WriteAsync(consent.ValidFrom.UtcDateTime, NpgsqlDbType.TimestampTz, cancellation);
                await copy.WriteAsync(consent.ValidTo.UtcDateTime, NpgsqlDbType.TimestampTz, cancellation);
                await copy.WriteAsync(consent.Limit?.Count, NpgsqlDbType.Integer, cancellation);
                await copy.WriteAsync((short?)consent.Limit?.Per, NpgsqlDbType.Smallint, cancellation);
            }
        }

        await copy.CompleteAsync(cancellation);
    }

    private static string Attributes(CitizenRecord record) => JsonSerializer.Serialize(
        record.Attributes
            .SelectMany(group => group.Values.Select(value => (value.Key, Value: new HeldValue(value.Value, group.Provenance.Source, Instant(group.Provenance.AsOf)))))
            .ToDictionary(value => value.Key, value => value.Value),
        PeerJson.Shared.DictionaryStringHeldValue);

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture);
}
