using System.Collections.Immutable;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;

namespace Platform.Domain.Presentations;

/// <summary>What can be shown with a document: its own attributes, and by whom it is held.</summary>
public static class PresentationScope
{
    /// <summary>Attributes that one presentation may show.</summary>
    public const int MostAttributes = 40;

    private static readonly ImmutableArray<string> OfHolder = ["profile.fullName", "profile.birthDate"];

    /// <summary>The full path of an attribute that may be named by its own name, such as <c>number</c>; the text itself if it has a point.</summary>
    public static string Path(string kind, string name) => name.Contains('.', StringComparison.Ordinal) ? name : $"document.{kind}.{name}";

    /// <summary>Whether an attribute may be shown with a document of the kind.</summary>
    public static bool Covers(string kind, string path) =>
        OfHolder.Contains(path) || AttributeCatalogue.Shipped.Attributes.TryGetValue(path, out var attribute) && attribute.DocumentKind == kind;

    /// <summary>The canonical text of an attribute on a day, or null if it is not stated.</summary>
    public static string? Value(CitizenRecord record, Document document, string path, DateOnly today) => OfHolder.Contains(path)
        ? record.Attribute(path)
        : AttributeCatalogue.Shipped.Attributes.TryGetValue(path, out var attribute) ? document.Attribute(attribute.Name, today) : null;
}
