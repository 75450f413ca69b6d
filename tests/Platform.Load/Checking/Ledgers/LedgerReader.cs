using System.Data.Common;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Ledger;
using Platform.Silo.Storage;

namespace Platform.Load.Checking.Ledgers;

/// <summary>Reads the ledgers that were extended during a run, and those of known people, straight from the tables.</summary>
internal static class LedgerReader
{
    private const string Touched = """
        SELECT subject, seq, entry_id, kind, at, tag, body, prev_hash, hash FROM ledger
        WHERE subject IN (SELECT subject FROM ledger WHERE at >= @from) OR subject @them ORDER BY subject, seq
        """;

    public static async Task<IReadOnlyList<CitizenLedger>> Read(PlatformDatabase database, DateTimeOffset startedAt, string[] known, CancellationToken cancellation)
    {
        var ledgers = new List<CitizenLedger>();
        var subject = "";
        CitizenLedger? ledger = null;
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = Touched.Replace(
            "@them", database.IsPostgres ? "= ANY(@known)" : "IN (SELECT value FROM json_each(@known))", StringComparison.Ordinal);
        command.CommandTimeout = 0;
        var from = command.CreateParameter();
        (from.ParameterName, from.Value) = ("from", (startedAt.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        command.Parameters.Add(from);
        var people = command.CreateParameter();
        (people.ParameterName, people.Value) = ("known", database.IsPostgres ? known : DomainJson.Write(known));
        command.Parameters.Add(people);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var entry = Entry(reader);
            if (entry.Subject != subject)
            {
                // The platform's own ledgers are no citizen's.
                subject = entry.Subject;
                ledger = PersonalId.TryParse(subject, out var citizen) ? new CitizenLedger(citizen, startedAt) : null;
                if (ledger is not null)
                {
                    ledgers.Add(ledger);
                }
            }

            ledger?.Add(entry);
        }

        return ledgers;
    }

    private static LedgerEntry Entry(DbDataReader reader) => new()
    {
        Subject = reader.GetString(0),
        Seq = reader.GetInt64(1),
        Id = new Guid((byte[])reader[2], bigEndian: true),
        Kind = reader.GetString(3),
        At = DateTimeOffset.UnixEpoch.AddTicks(reader.GetInt64(4) * TimeSpan.TicksPerMicrosecond),
        Tag = reader.GetString(5),
        Body = reader.GetString(6),
        PrevHash = (byte[])reader[7],
        Hash = (byte[])reader[8],
    };
}
