using System.Text;
using Platform.Domain;
using Platform.Domain.Intake;

namespace Platform.Synthetic;

/// <summary>Forms of import files.</summary>
public enum FileFormat
{
    /// <summary>One JSON object on each line; says everything.</summary>
    Ndjson = 1,

    /// <summary>Comma-separated values with a header; has room for one document of each kind and for no consents.</summary>
    Csv = 2,
}

/// <summary>Writes rows as an import file, UTF-8 without byte order mark.</summary>
public static class ProvinceFile
{
    private const int ReportEvery = 500;

    /// <summary>Writes the rows as they come and reports how many have been written.</summary>
    public static async Task Write(
        Stream stream, IEnumerable<ImportRow> rows, FileFormat format, Action<int>? written = null, CancellationToken cancellation = default)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        Func<ImportRow, string> line = format == FileFormat.Csv ? CsvRows.Line : DomainJson.Write;
        if (format == FileFormat.Csv)
        {
            await writer.WriteLineAsync(CsvRows.Header);
        }

        var count = 0;
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            await writer.WriteLineAsync(line(row));
            if (++count % ReportEvery == 0)
            {
                written?.Invoke(count);
            }
        }

        written?.Invoke(count);
    }
}
