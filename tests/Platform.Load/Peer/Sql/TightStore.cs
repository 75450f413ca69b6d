using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Platform.Domain.Sharing;

namespace Platform.Load.Peer.Sql;

/// <summary>
/// As tightly as it can be: one prepared statement reads the citizen and the consent, checks both, inserts the audit row and gives what the answer
/// needs, in one round trip and one commit. It covers what nearly all requests are, a whole permission; whatever it does not permit goes the plain way.
/// </summary>
internal sealed class TightStore(NpgsqlDataSource source, PlainStore plain) : IPeerStore
{
    private const string Text = $"""
        WITH person AS MATERIALIZED (
            SELECT ARRAY(SELECT attributes -> asked.target FROM unnest($7) AS asked (target)) AS held
            FROM peer.citizen
            WHERE personal_id = $2 AND status = {Active} AND NOT (protected AND $11)
                AND personal_id <> $10 AND strpos(coalesce(attributes -> 'household.members' ->> 'v', ''), $10) = 0),
        granted AS MATERIALIZED (
            SELECT id FROM peer.consent
            WHERE personal_id = $2 AND recipient = $5 AND purpose = $6 AND state = {Granted}
                AND valid_from <= $3 AND valid_to > $3 AND limit_count IS NULL AND targets @> $7),
        written AS (
            INSERT INTO peer.audit (id, personal_id, at, system, purpose, outcome, consent_id, request, items, digest)
            SELECT $1, $2, $3, $4, $6, 'permitted', granted.id, $8, $9, sha256(convert_to($1::text || person.held::text, 'UTF8'))
            FROM person, granted
            RETURNING seq, digest)
        SELECT written.seq, written.digest, granted.id, person.held FROM written, granted, person
        """;

    private const string Active = "1";
    private const string Granted = "1";

    // No official: a text that stands in no roster.
    private const string Nobody = "-";

    public async Task<PeerAnswer> Disclose(PeerRequest request, CancellationToken cancellation) =>
        (Array.TrueForAll(request.Terms, Fits) ? await Permitted(request, cancellation) : null) ?? await plain.Disclose(request, cancellation);

    private static bool Fits(PeerTerms? terms) => terms is { NeedsConsent: true, NeedsOfficial: false, CaseReference: null };

    private async Task<PeerAnswer?> Permitted(PeerRequest request, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(Text);
        Add(command, request.Id);
        Add(command, request.Ask.Subject.PersonalId);
        Add(command, request.At.UtcDateTime);
        Add(command, request.System);
        Add(command, request.Organisation);
        Add(command, request.Ask.Purpose);
        Add(command, request.Ask.Attributes);
        AddJson(command, JsonSerializer.SerializeToUtf8Bytes(PeerAudited.Of(request.System, request.Ask), PeerJson.Shared.PeerAudited));
        AddJson(command, JsonSerializer.SerializeToUtf8Bytes(
            Array.ConvertAll(request.Ask.Attributes, target => new PeerDecided(target, Reason.Permitted.Code(), null)), PeerJson.Shared.PeerDecidedArray));
        Add(command, request.Ask.Official?.PersonalId ?? Nobody);
        Add(command, Array.Exists(request.Terms, terms => terms!.NeverOfProtected));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
        {
            return null;
        }

        var consent = reader.GetGuid(2);
        var held = reader.GetFieldValue<string?[]>(3);
        return new PeerAnswer
        {
            Id = request.Id,
            At = request.At,
            Outcome = "permitted",
            Purpose = request.Ask.Purpose,
            RuleBook = 1,
            Ledger = new PeerPosition(reader.GetInt64(0), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(1))),
            Items = [.. request.Ask.Attributes.Select((target, index) => PeerDecision.Released(target, request.Terms[index]!, consent, Value(held[index])))],
        };
    }

    private static HeldValue? Value(string? json) => json is null ? null : JsonSerializer.Deserialize(json, PeerJson.Shared.HeldValue);

    private static void Add<T>(NpgsqlCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });

    private static void AddJson(NpgsqlCommand command, byte[] utf8) => command.Parameters.Add(new NpgsqlParameter { Value = utf8, NpgsqlDbType = NpgsqlDbType.Json });
}
