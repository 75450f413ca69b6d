using System.Collections.Immutable;
using System.Text;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Domain.Intake;

namespace Platform.Synthetic;

/// <summary>Rows as comma-separated values (RFC 4180): of each kind of document the first, and no consents.</summary>
internal static class CsvRows
{
    private static readonly ImmutableArray<AttributeDefinition> Columns =
        [.. AttributeCatalogue.Shipped.Attributes.Values.OrderBy(attribute => attribute.DocumentKind is not null).ThenBy(attribute => attribute.Path, StringComparer.Ordinal)];

    public static string Header { get; } = string.Join(',', Columns.Select(column => column.Path).Prepend("personalId,status,protected,label"));

    public static string Line(ImportRow row)
    {
        var record = row.Record;
        var status = record.Status.ToString();
        var line = new StringBuilder(record.PersonalId.Reveal())
            .Append(',').Append(char.ToLowerInvariant(status[0])).Append(status, 1, status.Length - 1)
            .Append(',').Append(record.Protected ? "true" : "false")
            .Append(',').Append(row.Label);
        foreach (var column in Columns)
        {
            line.Append(',').Append(Field(Value(record, column)));
        }

        return line.ToString();
    }

    // What a document's state is on a day follows from its dates: the file states what the issuer reported.
    private static string? Value(CitizenRecord record, AttributeDefinition column)
    {
        if (column.DocumentKind is not { } kind)
        {
            return record.Attribute(column.Path);
        }

        return record.Documents.FirstOrDefault(document => document.Kind == kind) is { } first ? first.Attribute(column.Name, DateOnly.MinValue) : null;
    }

    private static string? Field(string? value) => value is not null && value.AsSpan().ContainsAny("\",\r\n")
        ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : value;
}
