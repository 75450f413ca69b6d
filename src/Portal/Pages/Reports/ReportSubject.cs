using System.Collections.Immutable;
using System.Globalization;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Documents;
using Platform.Portal.Pages.MyRecord;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Reports;

/// <summary>What a report is about: a field or a document, found anew in the record so that nobody reports on what is not there.</summary>
public sealed record ReportSubject(LocalText About, string Back)
{
    const string FieldName = "field";
    const string DocumentName = "document";

    public string? Attribute { get; private init; }

    public RecordField? Field { get; private init; }

    /// <summary>True if the field's value stays hidden.</summary>
    public bool Hidden { get; private init; }

    public HeldDocument? Document { get; private init; }

    /// <summary>The form's hidden field, by which the subject is found again.</summary>
    public required (string Name, string Value) Key { get; init; }

    internal static Task<ReportSubject?> Find(Visit visit, Func<string, string> named) =>
        named(FieldName) is { Length: > 0 } field ? OfField(visit, field)
        : named(DocumentName) is { Length: > 0 } document ? OfDocument(visit, document)
        : Task.FromResult<ReportSubject?>(null);

    static async Task<ReportSubject?> OfField(Visit visit, string path) =>
        (await visit.Api.Get<Record>("v1/me")).Require().Field(path) is { } field
            ? new ReportSubject(field.Label, Addresses.Record) { Key = (FieldName, path), Attribute = path, Field = field, Hidden = RecordRoutes.IsPrivate(field) }
            : null;

    static async Task<ReportSubject?> OfDocument(Visit visit, string name) =>
        name.Split('/') is [var kind, var ordinal] && int.TryParse(ordinal, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            && DocumentList.Find((await visit.Api.Get<ImmutableArray<HeldDocument>>("v1/me/documents")).Require(), kind, position) is { } document
            ? new ReportSubject(document.Held.Label, document.Address) { Key = (DocumentName, name), Document = document.Held }
            : null;
}
