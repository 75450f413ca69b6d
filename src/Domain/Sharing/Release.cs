using System.Collections.Immutable;
using Platform.Domain.Citizens;

namespace Platform.Domain.Sharing;

/// <summary>
/// One value as the record states it, with its source; the number of the document it stands on is itself an attribute and is told only to those who
/// may have it.
/// </summary>
public sealed record ReleasedValue(string Text, string? DocumentNumber, string Source, DateTimeOffset AsOf);

/// <summary>Takes the values of an attribute from a record, after the decision has released it.</summary>
public static class Release
{
    private const string Documents = "document.";

    /// <summary>
    /// The values of an attribute path: at most one for profile, residence and household; for <c>document.kind.name</c> one per document of that kind
    /// that states it, documents in force first, then the newest first. Empty for what the record does not state or the path does not name.
    /// </summary>
    public static ImmutableArray<ReleasedValue> Values(CitizenRecord record, string path, DateOnly today)
    {
        if (path.StartsWith(Documents, StringComparison.Ordinal))
        {
            var dot = path.IndexOf('.', Documents.Length);
            return dot < 0 ? [] : OfDocuments(record, path[Documents.Length..dot], path[(dot + 1)..], today);
        }

        return record.Holder(path) is { } held
            ? [new ReleasedValue(held.Values[path]!, null, held.Provenance.Source, held.Provenance.AsOf)]
            : [];
    }

    private static ImmutableArray<ReleasedValue> OfDocuments(CitizenRecord record, string kind, string name, DateOnly today) =>
    [
        .. record.Documents
            .Where(document => document.Kind == kind)
            .OrderByDescending(document => document.IsValidOn(today))
            .ThenByDescending(document => document.ValidFrom)
            .ThenBy(document => document.Number, StringComparer.Ordinal)
            .Select(document => (document, text: document.Attribute(name, today)))
            .Where(stated => stated.text is not null)
            .Select(stated => new ReleasedValue(
                stated.text!, stated.document.Number, stated.document.Provenance.Source, stated.document.Provenance.AsOf)),
    ];
}
