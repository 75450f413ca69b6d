using System.Collections.Immutable;
using System.Data.Common;
using System.Text;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Silo.Storage;

namespace Platform.Silo.Ledger;

/// <summary>
/// Answers about accesses out of the ledger, each in one round trip. Of thousands of entries only the columns are looked at; what a column does
/// not tell is searched in the body as text, which is the form it was hashed in, and parsed only for what was denied.
/// </summary>
internal sealed class AccessLedger(PlatformDatabase database)
{
    private readonly AccessSql _sql = database.IsPostgres ? AccessSql.Postgres : AccessSql.Sqlite;

    public async Task<(ImmutableArray<AccessRow> Rows, ImmutableDictionary<Guid, Guid> Asked)> Page(string subject, AccessQuery query)
    {
        var where = new StringBuilder("true");
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = connection.Command("").With("subject", subject).With("count", query.Count + 1);
        void And(string condition, string name, object value)
        {
            where.Append(" AND ").Append(condition);
            command.With(name, value);
        }

        if (query.Before is { } before)
        {
            And("seq < @before", "before", before);
        }

        if (query.From is { } from)
        {
            And("at >= @from", "from", LedgerColumns.ToMicroseconds(from));
        }

        if (query.To is { } to)
        {
            And("at < @to", "to", LedgerColumns.ToMicroseconds(to));
        }

        if (query.Outcome is { } outcome)
        {
            And("outcome = @outcome", "outcome", (int)outcome);
        }

        if (!query.Sources.IsEmpty)
        {
            var sources = query.Sources.Select(source => $"{KindOf(source.Kind)} {source.Id}").ToArray();
            And($"kind || ' ' || source {_sql.InSources}", "sources", database.IsPostgres ? sources : DomainJson.Write(sources));
        }

        command.CommandText = $"{_sql.Accesses} SELECT seq, entry_id, kind, at, outcome, source, name, body FROM access WHERE {where} ORDER BY seq DESC LIMIT @count; {_sql.Asked}";
        return await Read(command);
    }

    public async Task<(AccessRow? Row, Guid? Asked)> Find(string subject, Guid id)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = connection
            .Command($"{_sql.Accesses} SELECT seq, entry_id, kind, at, outcome, source, name, body FROM access WHERE entry_id = @id; {_sql.Asked}")
            .With("subject", subject)
            .With("id", id.ToByteArray(bigEndian: true));
        var (rows, asked) = await Read(command);
        return rows is [var row] ? (row, asked.TryGetValue(id, out var report) ? report : null) : (null, null);
    }

    public async Task<ImmutableArray<AccessTally>> Count(string subject)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = connection.Command(_sql.Tallies).With("subject", subject);
        var tallies = ImmutableArray.CreateBuilder<AccessTally>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            tallies.Add(new AccessTally
            {
                Month = reader.GetString(0),
                Source = SourceOf(reader.GetString(1), reader.GetString(2)),
                Outcome = (Outcome)reader.GetInt32(3),
                Count = (int)reader.GetInt64(4),
                LastAt = LedgerColumns.FromMicroseconds(reader.GetInt64(5)),
                SourceName = await reader.IsDBNullAsync(6) ? null : reader.GetString(6),
            });
        }

        return tallies.ToImmutable();
    }

    public async Task<ImmutableArray<ConsentUse>> ConsentUses(string subject)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = connection
            .Command("SELECT tag, count(*), max(at) FROM ledger WHERE subject = @subject AND tag <> '' GROUP BY tag")
            .With("subject", subject);
        var uses = new Dictionary<Guid, (int Count, long LastAt)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            // System and purpose come first, then the consents that the release rests on.
            foreach (var consent in reader.GetString(0).Split(' ').Skip(2).Select(Guid.Parse))
            {
                var (count, lastAt) = uses.GetValueOrDefault(consent);
                uses[consent] = (count + (int)reader.GetInt64(1), Math.Max(lastAt, reader.GetInt64(2)));
            }
        }

        return [.. uses.Select(use => new ConsentUse { Consent = use.Key, Count = use.Value.Count, LastAt = LedgerColumns.FromMicroseconds(use.Value.LastAt) })];
    }

    /// <summary>The entries about a consent, oldest first.</summary>
    public async Task<ImmutableArray<ConsentRow>> Consent(string subject, Guid consent)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = connection
            .Command(_sql.Consent)
            .With("subject", subject)
            .With("consent", consent.ToString());
        var rows = ImmutableArray.CreateBuilder<ConsentRow>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var at = LedgerColumns.FromMicroseconds(reader.GetInt64(2));
            rows.Add(new ConsentRow(reader.GetInt64(0), reader.GetString(1), at, Convert.ToHexStringLower((byte[])reader[3]), reader.GetString(4)));
        }

        return rows.ToImmutable();
    }

    private static async Task<(ImmutableArray<AccessRow>, ImmutableDictionary<Guid, Guid>)> Read(DbCommand command)
    {
        var rows = ImmutableArray.CreateBuilder<AccessRow>();
        var asked = ImmutableDictionary.CreateBuilder<Guid, Guid>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(new AccessRow(
                reader.GetInt64(0),
                new Guid((byte[])reader[1], bigEndian: true),
                LedgerColumns.FromMicroseconds(reader.GetInt64(3)),
                (Outcome)reader.GetInt32(4),
                SourceOf(reader.GetString(2), reader.GetString(5)),
                await reader.IsDBNullAsync(6) ? null : reader.GetString(6),
                reader.GetString(7)));
        }

        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            asked[Guid.Parse(reader.GetString(1))] = new Guid((byte[])reader[0], bigEndian: true);
        }

        return (rows.ToImmutable(), asked.ToImmutable());
    }

    private static string KindOf(AccessKind kind) => kind switch
    {
        AccessKind.Disclosure => LedgerKinds.Disclosure,
        AccessKind.IdentityReleased => LedgerKinds.IdentityReleased,
        _ => LedgerKinds.PresentationShown,
    };

    private static AccessSource SourceOf(string kind, string id) => new()
    {
        Kind = kind switch
        {
            LedgerKinds.Disclosure => AccessKind.Disclosure,
            LedgerKinds.IdentityReleased => AccessKind.IdentityReleased,
            _ => AccessKind.PresentationShown,
        },
        Id = id,
    };
}

/// <summary>An access as the ledger has it.</summary>
internal sealed record AccessRow(long Seq, Guid Id, DateTimeOffset At, Outcome Outcome, AccessSource Source, string? SourceName, string Body);

/// <summary>A decision on a consent as the ledger has it.</summary>
internal sealed record ConsentRow(long Seq, string Kind, DateTimeOffset At, string Hash, string Body);
