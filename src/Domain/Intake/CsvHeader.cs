using System.Collections.Immutable;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;

namespace Platform.Domain.Intake;

/// <summary>
/// The columns of a CSV file: <c>personalId</c>, optionally <c>status</c>, <c>protected</c>, <c>label</c> and <c>asOf</c>, and catalogue paths, of
/// documents in the form <c>document.kind.name</c>.
/// </summary>
internal sealed class CsvHeader
{
    private static readonly string[] Own = ["personalId", "status", "protected", "label", "asOf"];

    private readonly ImmutableArray<string> _columns;
    private readonly ImmutableArray<AttributeDefinition?> _attributes;

    private CsvHeader(ImmutableArray<string> columns) =>
        (_columns, _attributes) = (columns, [.. columns.Select(column => AttributeCatalogue.Shipped.Attributes.GetValueOrDefault(column))]);

    public static CsvHeader Read(ImmutableArray<string> columns)
    {
        for (var place = 0; place < columns.Length; place++)
        {
            var column = columns[place];
            if (!Own.Contains(column) && !AttributeCatalogue.Shipped.Attributes.ContainsKey(column))
            {
                throw new ImportRefusedException(ImportErrors.CsvHeader, $"Column {place + 1} of the header is neither a field of the format nor in the catalogue.");
            }

            if (columns.IndexOf(column) != place)
            {
                throw new ImportRefusedException(ImportErrors.CsvHeader, $"Column {place + 1} of the header is there twice.");
            }
        }

        return columns.Contains(Own[0])
            ? new CsvHeader(columns)
            : throw new ImportRefusedException(ImportErrors.CsvHeader, "The header has no column personalId.");
    }

    public ImportRow Row(ImmutableArray<string> fields)
    {
        if (fields.Length != _columns.Length)
        {
            throw new ImportRefusedException(ImportErrors.CsvFields, $"The line has {fields.Length} fields and the header {_columns.Length}.");
        }

        string? Field(string column) => _columns.IndexOf(column) is var place and >= 0 && fields[place].Length > 0 ? fields[place] : null;
        var at = CsvValue.Instant(Field("asOf"));
        var record = new CitizenRecord
        {
            PersonalId = CsvValue.Id(Field("personalId")),
            Status = CsvValue.Choice(Field("status"), CitizenStatus.Active, "status"),
            Protected = CsvValue.Truth(Field("protected")),
            Attributes = [.. Groups(fields, at)],
            Documents = [.. Documents(fields, at)],
        };
        return new ImportRow { Record = RecordCheck.Checked(record), Label = Field("label") is { } label ? ValueForm.Text(label, "label") : null };
    }

    private IEnumerable<(AttributeDefinition Attribute, string Text)> Filled(ImmutableArray<string> fields)
    {
        for (var place = 0; place < fields.Length; place++)
        {
            if (_attributes[place] is { } attribute && fields[place].Length > 0)
            {
                yield return (attribute, fields[place]);
            }
        }
    }

    private IEnumerable<SourcedAttributes> Groups(ImmutableArray<string> fields, DateTimeOffset at) => Filled(fields)
        .Where(cell => cell.Attribute.DocumentKind is null)
        .GroupBy(cell => cell.Attribute.Source)
        .Select(group => new SourcedAttributes
        {
            Provenance = Stated(group.Key, at),
            Values = AttributeValues.From(group.Select(cell => KeyValuePair.Create(cell.Attribute.Path, cell.Text))),
        });

    private IEnumerable<Document> Documents(ImmutableArray<string> fields, DateTimeOffset at) => Filled(fields)
        .Where(cell => cell.Attribute.DocumentKind is not null)
        .GroupBy(cell => cell.Attribute.DocumentKind!)
        .Select(kind => CsvValue.Document(
            kind.Key, kind.ToDictionary(cell => cell.Attribute.Name, cell => cell.Text), Stated(AttributeCatalogue.Shipped.DocumentKinds[kind.Key].Source!, at)));

    // A table does not say which version of the source's data it is, so whatever the source itself sends is newer.
    private static Provenance Stated(string source, DateTimeOffset at) => new() { Source = source, AsOf = at, Version = 0 };
}
