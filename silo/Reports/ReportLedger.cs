using System.Collections.Immutable;
using Platform.Domain.Ledger;
using Platform.Silo.Ledger;
using Platform.Silo.Storage;

namespace Platform.Silo.Reports;

/// <summary>Reports live in the ledgers of the citizens who made them and nowhere else; this finds them there.</summary>
internal sealed class ReportLedger(PlatformDatabase database)
{
    // As the partial index has it.
    private const string IsReport = "kind IN ('report.opened', 'report.read', 'report.answered')";

    private readonly string _hex = database.IsPostgres ? "encode(opened.entry_id, 'hex')" : "lower(hex(opened.entry_id))";
    private readonly string _answered = database.IsPostgres ? "answer.body::json ->> 'report'" : "json_extract(answer.body, '$.report')";

    /// <summary>All entries about reports of a citizen, oldest first.</summary>
    public async Task<ImmutableArray<LedgerEntry>> Of(string subject)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = connection
            .Command($"SELECT {LedgerColumns.Select} FROM ledger WHERE subject = @subject AND {IsReport} ORDER BY seq")
            .With("subject", subject);
        var entries = ImmutableArray.CreateBuilder<LedgerEntry>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            entries.Add(LedgerColumns.Read(reader));
        }

        return entries.ToImmutable();
    }

    /// <summary>Reports without an answer and who made them, oldest first, those of one citizen left out.</summary>
    public async Task<ImmutableArray<(Guid Report, string Subject)>> Open(int count, Guid? after, string except)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = connection
            .Command(
                $"""
                SELECT entry_id, subject FROM ledger AS opened
                WHERE kind = 'report.opened' AND subject <> @except
                    {(after is null ? "" : "AND (at, entry_id) > (SELECT at, entry_id FROM ledger WHERE entry_id = @after)")}
                    AND NOT EXISTS (
                        SELECT 1 FROM ledger AS answer
                        WHERE answer.subject = opened.subject AND answer.{IsReport} AND answer.kind = 'report.answered'
                            AND replace({_answered}, '-', '') = {_hex})
                ORDER BY at, entry_id
                LIMIT @count
                """)
            .With("except", except)
            .With("count", count);
        if (after is { } last)
        {
            command.With("after", last.ToByteArray(bigEndian: true));
        }

        var open = ImmutableArray.CreateBuilder<(Guid, string)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            open.Add((new Guid((byte[])reader[0], bigEndian: true), reader.GetString(1)));
        }

        return open.ToImmutable();
    }

    /// <summary>Who made the report; null if there is none of that identity.</summary>
    public async Task<string?> SubjectOf(Guid report)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = connection
            .Command("SELECT subject FROM ledger WHERE entry_id = @report AND kind = 'report.opened'")
            .With("report", report.ToByteArray(bigEndian: true));
        return (string?)await command.ExecuteScalarAsync();
    }
}
