using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Platform.Domain.Intake;

/// <summary>
/// Reads import files as they stream in, UTF-8 with or without byte order mark, lines ending in LF or CRLF. A line that cannot be taken is reported
/// and does not stop the rest; texts come out in NFC.
/// </summary>
public static class ImportFile
{
    /// <summary>Lines longer than this, in bytes, are refused.</summary>
    public const int MaxLineBytes = 1024 * 1024;

    // Together about as many lines as an import takes in at once.
    private const int LinesOfGroup = 64;
    private const int GroupsAhead = 8;

    /// <summary>Reads one <see cref="ImportRow"/> in JSON on each line; blank lines are passed over.</summary>
    public static IAsyncEnumerable<ImportLine> ReadNdjson(Stream stream, CancellationToken cancellation = default) =>
        NdjsonLines(stream, cancellation);

    /// <summary>
    /// Reads comma-separated values (RFC 4180). The header names <c>personalId</c>, optionally <c>status</c>, <c>protected</c>, <c>label</c>,
    /// <c>asOf</c> (the instant at which the line held), and catalogue paths; an empty field is an absent value, and a line states at most one
    /// document of each kind and no consents. Of a file whose header cannot be read only that is reported.
    /// </summary>
    public static IAsyncEnumerable<ImportLine> ReadCsv(Stream stream, CancellationToken cancellation = default) => CsvLines(stream, cancellation);

    private static async IAsyncEnumerable<ImportLine> NdjsonLines(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var ahead = new Queue<Task<ImportLine[]>>();
        await foreach (var group in Groups(ByteLines.Read(stream, new LineEnd(), cancellation), cancellation))
        {
            ahead.Enqueue(Task.Run(() => Array.ConvertAll(group, line => Take(line, NdjsonLine.Read)), cancellation));
            if (ahead.Count >= GroupsAhead)
            {
                foreach (var line in await ahead.Dequeue())
                {
                    yield return line;
                }
            }
        }

        while (ahead.TryDequeue(out var last))
        {
            foreach (var line in await last)
            {
                yield return line;
            }
        }
    }

    // Reading a line costs far more than finding it, so groups of lines are read side by side, and while whoever asked for them is busy.
    private static async IAsyncEnumerable<ByteLine[]> Groups(IAsyncEnumerable<ByteLine> lines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (group, bytes) = (new List<ByteLine>(LinesOfGroup), 0);
        await foreach (var line in lines.WithCancellation(cancellation))
        {
            // The bytes are only good until the next line.
            group.Add(line.Bytes is { } kept ? line with { Bytes = kept.ToArray() } : line);
            bytes += line.Bytes?.Length ?? 0;
            if (group.Count == LinesOfGroup || bytes > MaxLineBytes)
            {
                yield return [.. group];
                group.Clear();
                bytes = 0;
            }
        }

        yield return [.. group];
    }

    private static async IAsyncEnumerable<ImportLine> CsvLines(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        CsvHeader? header = null;
        await foreach (var line in ByteLines.Read(stream, new CsvLineEnd(), cancellation))
        {
            if (header is not null)
            {
                yield return Take(line, bytes => header.Row(CsvLine.Fields(bytes.Span)));
                continue;
            }

            var (read, problem) = Header(line);
            if (problem is not null)
            {
                yield return problem;
                yield break;
            }

            header = read;
        }

        if (header is null)
        {
            yield return new ImportRefusedException(ImportErrors.CsvHeader, "The file has no header.").At(1);
        }
    }

    private static (CsvHeader? Header, ImportLine? Problem) Header(ByteLine line)
    {
        try
        {
            return (CsvHeader.Read(CsvLine.Fields(Clean(line).Span)), null);
        }
        catch (ImportRefusedException refusal)
        {
            return (null, new ImportRefusedException(ImportErrors.CsvHeader, refusal.Message).At(line.Number));
        }
    }

    private static ImportLine Take(ByteLine line, Func<ReadOnlyMemory<byte>, ImportRow> read)
    {
        try
        {
            return new ImportLine(line.Number, read(Clean(line)), null, null);
        }
        catch (ImportRefusedException refusal)
        {
            return refusal.At(line.Number);
        }
    }

    private static ReadOnlyMemory<byte> Clean(ByteLine line)
    {
        var bytes = line.Bytes ?? throw new ImportRefusedException(ImportErrors.LineTooLong, $"The line is longer than {MaxLineBytes} bytes.");
        return Utf8.IsValid(bytes.Span) ? bytes : throw new ImportRefusedException(ImportErrors.LineEncoding, "The line is not UTF-8.");
    }
}
