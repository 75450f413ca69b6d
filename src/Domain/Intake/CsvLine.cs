using System.Collections.Immutable;
using System.Text;

namespace Platform.Domain.Intake;

/// <summary>Cuts one CSV record into fields (RFC 4180).</summary>
internal static class CsvLine
{
    public static ImmutableArray<string> Fields(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line);
        var fields = ImmutableArray.CreateBuilder<string>();
        for (var at = 0; ; at++)
        {
            fields.Add(at < text.Length && text[at] == '"' ? Quoted(text, ref at) : Plain(text, ref at));
            if (at >= text.Length)
            {
                return fields.ToImmutable();
            }
        }
    }

    private static string Plain(string text, ref int at)
    {
        var comma = text.IndexOf(',', at);
        var end = comma < 0 ? text.Length : comma;
        var field = text[at..end];
        at = end;
        return field.Contains('"', StringComparison.Ordinal) ? throw Misplaced() : field;
    }

    private static string Quoted(string text, ref int at)
    {
        var field = new StringBuilder();
        for (var place = at + 1; place < text.Length; place++)
        {
            if (text[place] != '"')
            {
                field.Append(text[place]);
            }
            else if (place + 1 < text.Length && text[place + 1] == '"')
            {
                field.Append('"');
                place++;
            }
            else if (place + 1 == text.Length || text[place + 1] == ',')
            {
                at = place + 1;
                return field.ToString();
            }
            else
            {
                break;
            }
        }

        throw Misplaced();
    }

    private static ImportRefusedException Misplaced() =>
        new(ImportErrors.CsvQuotes, "Quotes are not closed, or stand inside a field without being doubled.");
}
