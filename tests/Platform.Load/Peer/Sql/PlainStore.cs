using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;

namespace Platform.Load.Peer.Sql;

/// <summary>As most good engineers would write it: one transaction that reads the citizen, reads the consent, inserts the audit row and commits.</summary>
internal sealed class PlainStore(NpgsqlDataSource source) : IPeerStore
{
    private const string ReadCitizen = "SELECT status, protected, attributes FROM peer.citizen WHERE personal_id = $1";

    private const string ReadConsent =
        "SELECT id, targets, state, valid_from, valid_to, limit_count, limit_per FROM peer.consent WHERE personal_id = $1 AND recipient = $2 AND purpose = $3";

    // Only who counts uses has to wait for the others that count them.
    private const string CountUses = """
        WITH held AS MATERIALIZED (SELECT id FROM peer.consent WHERE personal_id = $1 AND id = $2 FOR UPDATE)
        SELECT count(*) FROM peer.audit, held WHERE personal_id = $1 AND consent_id = held.id AND at >= $3
        """;

    private const string InsertAudit = """
        INSERT INTO peer.audit (id, personal_id, at, system, purpose, outcome, consent_id, request, items, digest)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING seq
        """;

    public async Task<PeerAnswer> Disclose(PeerRequest request, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var citizen = await Citizen(connection, request, cancellation);
        var consent = Array.Exists(request.Terms, terms => terms is { NeedsConsent: true }) ? await Consent(connection, request, cancellation) : null;
        var items = PeerDecision.Decide(request, citizen, consent);
        var outcome = PeerDecision.Outcome(items);
        var digest = Digest(request.Id, items);
        var seq = await Insert(connection, request, items, outcome, digest, cancellation);
        await transaction.CommitAsync(cancellation);
        return new PeerAnswer
        {
            Id = request.Id,
            At = request.At,
            Outcome = outcome,
            Purpose = request.Ask.Purpose,
            RuleBook = 1,
            Ledger = new PeerPosition(seq, Convert.ToHexStringLower(digest)),
            Items = items,
        };
    }

    private static async Task<HeldCitizen?> Citizen(NpgsqlConnection connection, PeerRequest request, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(ReadCitizen, connection) { Parameters = { Parameter(request.Ask.Subject.PersonalId) } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new HeldCitizen(
                (CitizenStatus)reader.GetInt16(0),
                reader.GetBoolean(1),
                JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(2), PeerJson.Shared.DictionaryStringHeldValue)!)
            : null;
    }

    private static async Task<HeldConsent?> Consent(NpgsqlConnection connection, PeerRequest request, CancellationToken cancellation)
    {
        HeldConsent consent;
        await using (var command = new NpgsqlCommand(ReadConsent, connection)
        {
            Parameters = { Parameter(request.Ask.Subject.PersonalId), Parameter(request.Organisation), Parameter(request.Ask.Purpose) },
        })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            if (!await reader.ReadAsync(cancellation))
            {
                return null;
            }

            consent = new HeldConsent(
                reader.GetGuid(0),
                reader.GetFieldValue<string[]>(1),
                (ConsentState)reader.GetInt16(2),
                reader.GetFieldValue<DateTimeOffset>(3),
                reader.GetFieldValue<DateTimeOffset>(4),
                reader.IsDBNull(5) ? null : reader.GetInt32(5),
                reader.IsDBNull(6) ? null : (Period)reader.GetInt16(6),
                0);
        }

        return consent.LimitPer is { } per ? consent with { Used = await Uses(connection, request, consent.Id, per, cancellation) } : consent;
    }

    private static async Task<long> Uses(NpgsqlConnection connection, PeerRequest request, Guid consent, Period per, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(CountUses, connection)
        {
            Parameters = { Parameter(request.Ask.Subject.PersonalId), Parameter(consent), Parameter(Since(per, request.At)) },
        };
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static DateTime Since(Period per, DateTimeOffset now)
    {
        var today = CivilTime.Day(now);
        return per switch
        {
            Period.Day => CivilTime.StartOf(today).UtcDateTime,
            Period.Month => CivilTime.StartOf(new DateOnly(today.Year, today.Month, 1)).UtcDateTime,
            Period.Year => CivilTime.StartOf(new DateOnly(today.Year, 1, 1)).UtcDateTime,
            _ => DateTime.UnixEpoch,
        };
    }

    private static async Task<long> Insert(
        NpgsqlConnection connection, PeerRequest request, PeerItem[] items, string outcome, byte[] digest, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(InsertAudit, connection)
        {
            Parameters =
            {
                Parameter(request.Id),
                Parameter(request.Ask.Subject.PersonalId),
                Parameter(request.At.UtcDateTime),
                Parameter(request.System),
                Parameter(request.Ask.Purpose),
                Parameter(outcome),
                new NpgsqlParameter { Value = (object?)Array.Find(items, item => item.ConsentId is not null)?.ConsentId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                Json(JsonSerializer.SerializeToUtf8Bytes(PeerAudited.Of(request.System, request.Ask), PeerJson.Shared.PeerAudited)),
                Json(JsonSerializer.SerializeToUtf8Bytes(PeerDecision.Audited(items), PeerJson.Shared.PeerDecidedArray)),
                Parameter(digest),
            },
        };
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static byte[] Digest(Guid id, PeerItem[] items)
    {
        var text = new StringBuilder(id.ToString());
        foreach (var item in items)
        {
            text.Append('\n').Append(item.Value);
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static NpgsqlParameter<T> Parameter<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter Json(byte[] utf8) => new() { Value = utf8, NpgsqlDbType = NpgsqlDbType.Json };
}
