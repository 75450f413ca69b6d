using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Intake;
using Platform.Domain.Ledger;
using Platform.Silo.Citizens;
using Platform.Silo.Ledger;
using Platform.Silo.Storage;

namespace Platform.Silo.Import;

/// <summary>
/// Takes in many records: record and ledger entry of a batch in one transaction, so that an interrupted import has whole citizens only and is
/// resumed by starting it again. A citizen the province already holds is left as it is.
/// </summary>
public sealed class CitizenImporter
{
    private const int BatchSize = 500;
    private readonly PlatformDatabase _database;
    private readonly TimeProvider _clock;
    private readonly ImportWriter _writer;

    public CitizenImporter(PlatformDatabase database, TimeProvider clock)
    {
        _database = database;
        _clock = clock;
        _writer = new ImportWriter(database);
    }

    /// <summary>Imports all lines; each batch is reported after its commit.</summary>
    public async IAsyncEnumerable<ImportProgress> Import(IAsyncEnumerable<ImportLine> lines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var lane = new ImportLane(await SiloHost.Appender(_database, _clock).OpenLane(cancellation));
        var progress = new ImportProgress(0, 0, 0, []);
        await foreach (var batch in lines.Chunk(BatchSize, cancellation))
        {
            progress = await Take(progress, batch, lane, cancellation);
            yield return progress;
        }
    }

    private async Task<ImportProgress> Take(ImportProgress progress, IReadOnlyList<ImportLine> lines, ImportLane lane, CancellationToken cancellation)
    {
        var problems = ImmutableArray.CreateBuilder<ImportProblem>();
        var records = new Dictionary<string, CitizenRecord>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (line.Row is null)
            {
                problems.Add(new ImportProblem(line.Number, line.ErrorCode!, line.ErrorReason!));
            }
            else if (!records.TryAdd(line.Row.Record.PersonalId.Reveal(), line.Row.Record))
            {
                problems.Add(new ImportProblem(line.Number, "citizen.repeated", "The same personal ID stands on an earlier line; the earlier line was taken."));
            }
        }

        await using var connection = await _database.Source.OpenConnectionAsync(cancellation);
        await using var transaction = await ImportWriter.Begin(connection, cancellation);
        var held = await _writer.Held(connection, transaction, [.. records.Keys], cancellation);

        // In the order of their keys, as silos append: an import and a batch of theirs cannot wait for each other in a circle.
        var fresh = records
            .Where(record => !held.States.Contains(record.Key))
            .OrderBy(record => record.Key, StringComparer.Ordinal)
            .AsParallel().AsOrdered()
            .Select(record => PreparedRecord.Of(record.Value))
            .ToArray();
        var entries = fresh.Select(record => Entry(record, held.Heads.GetValueOrDefault(record.Subject, LedgerHead.Empty))).ToArray();
        if (fresh.Length > 0)
        {
            await _writer.Write(connection, transaction, fresh, held, entries, lane, cancellation);
        }

        await transaction.CommitAsync(cancellation);
        lane.Committed();
        return new ImportProgress(
            progress.Imported + fresh.Length, progress.AlreadyHeld + records.Count - fresh.Length, progress.Refused + problems.Count, problems.ToImmutable());
    }

    private LedgerEntry Entry(PreparedRecord prepared, LedgerHead head)
    {
        var (record, now) = (prepared.Record, _clock.GetUtcNow());
        var sources = record.Attributes.Select(group => group.Provenance.Source)
            .Concat(record.Documents.Select(document => document.Provenance.Source))
            .Distinct()
            .Order(StringComparer.Ordinal);
        var body = new ImportBody([.. sources], record.Documents.Length, [.. record.Consents.Select(consent => consent.Id)], prepared.Digest());
        return LedgerEntry.Extend(
            head,
            prepared.Subject,
            new EntryDraft { Id = Guid.CreateVersion7(now), Kind = LedgerKinds.RecordImported, At = now, Body = DomainJson.Write(body) });
    }
}

/// <summary>Counts so far, and the problems of the batch just committed.</summary>
public sealed record ImportProgress(long Imported, long AlreadyHeld, long Refused, ImmutableArray<ImportProblem> Problems)
{
    public long Lines => Imported + AlreadyHeld + Refused;
}

/// <summary>A line that was not taken: where, a stable code, and why, without personal data.</summary>
public sealed record ImportProblem(long Line, string Code, string Reason);

/// <summary>The import's own chain of batches.</summary>
internal sealed class ImportLane(int number)
{
    private byte[] _next = BatchDigest.Start;

    public int Number => number;

    public long Batch { get; private set; } = 1;

    public byte[] Digest { get; private set; } = BatchDigest.Start;

    public byte[] Seal(IEnumerable<byte[]> hashes) => _next = BatchDigest.Next(Digest, hashes);

    public void Committed()
    {
        if (!ReferenceEquals(_next, Digest))
        {
            (Digest, Batch) = (_next, Batch + 1);
        }
    }
}

internal static class AsyncChunks
{
    public static async IAsyncEnumerable<IReadOnlyList<T>> Chunk<T>(
        this IAsyncEnumerable<T> items, int size, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var chunk = new List<T>(size);
        await foreach (var item in items.WithCancellation(cancellation))
        {
            chunk.Add(item);
            if (chunk.Count == size)
            {
                yield return chunk;
                chunk = new List<T>(size);
            }
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }
}
