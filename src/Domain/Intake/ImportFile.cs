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

    /// <summary>Reads one <see cref="ImportRow"/> in JSON on each line; blank lines are passed over.</summary>
    public static async IAsyncEnumerable<ImportLine> ReadNdjson(Stream stream, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var line in ByteLines.Read(stream, new LineEnd(), cancellation))
        {
            yield return Take(line, NdjsonLine.Read);
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
