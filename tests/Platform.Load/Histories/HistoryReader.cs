using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Platform.Load.Histories;

/// <summary>Reads a history; damage is told with its line, also an end that was cut off.</summary>
internal static class HistoryReader
{
    public static async Task<History> Read(string file, CancellationToken cancellation)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16, useAsync: true);
        return await Read(stream, file, cancellation);
    }

    public static async Task<History> Read(Stream stream, string name, CancellationToken cancellation)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        var line = 1;
        try
        {
            var header = Parse<HistoryHeader>(await reader.ReadLineAsync(cancellation) ?? "", name, line);
            if (header.Format != HistoryHeader.CurrentFormat)
            {
                throw new DamagedHistoryException(name, line, $"this is a history of format {header.Format}; format {HistoryHeader.CurrentFormat} can be read.");
            }

            var operations = ImmutableArray.CreateBuilder<Operation>();
            var seen = new HashSet<long>();
            for (line = 2; await reader.ReadLineAsync(cancellation) is { } text; line++)
            {
                var operation = Parse<Operation>(text, name, line);
                if (OperationCheck.Find(operation, header) is { } wrong)
                {
                    throw new DamagedHistoryException(name, line, $"{wrong}.");
                }

                if (!seen.Add(operation.Id))
                {
                    throw new DamagedHistoryException(name, line, $"operation {operation.Id} is there already.");
                }

                operations.Add(operation);
            }

            return new History(header, operations.DrainToImmutable());
        }
        catch (DecoderFallbackException)
        {
            throw new DamagedHistoryException(name, line, "this is no UTF-8 text.");
        }
    }

    private static T Parse<T>(string text, string name, int line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, HistoryJson.Options) ?? throw new JsonException("null");
        }
        catch (JsonException fault)
        {
            var what = typeof(T) == typeof(HistoryHeader) ? "the header of a history" : "an operation";
            throw new DamagedHistoryException(name, line, $"this is not {what} ({fault.Path ?? "$"}).");
        }
    }
}
