using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Domain.Catalogue;

/// <summary>How an attribute's canonical text is to be read.</summary>
public enum AttributeType
{
    /// <summary>Free text in NFC.</summary>
    Text = 1,

    /// <summary>A code of a code list.</summary>
    Code = 2,

    /// <summary>A day, <c>yyyy-MM-dd</c>.</summary>
    Date = 3,

    /// <summary>A date of which parts may be unknown.</summary>
    PartialDate = 4,

    /// <summary>A whole number.</summary>
    Integer = 5,

    /// <summary>A decimal number with a point.</summary>
    Decimal = 6,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean = 7,

    /// <summary>A JSON array of texts.</summary>
    TextList = 8,

    /// <summary>A personal ID.</summary>
    PersonId = 9,

    /// <summary>A JSON array of persons, each with name and relation.</summary>
    PersonList = 10,

    /// <summary>Nothing: a predicate that takes no argument.</summary>
    None = 11,
}

/// <summary>Classes of personal data (Decree 356/2025).</summary>
public enum Sensitivity
{
    /// <summary>Basic personal data.</summary>
    Basic = 1,

    /// <summary>Sensitive personal data.</summary>
    Sensitive = 2,
}

/// <summary>An authoritative source of data.</summary>
public sealed record DataSource(string Key, string Vi, string En);

/// <summary>A group of attributes; a document kind if <see cref="Document"/> is set.</summary>
public sealed record AttributeGroup(string Key, string Vi, string En, string? Document, string? Source, Sensitivity? Sensitivity, string? Article);

/// <summary>An attribute: its path, labels, type, sensitivity, authoritative source and legal article.</summary>
public sealed record AttributeDefinition
{
    /// <summary>Dotted path, such as <c>profile.fullName</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Vietnamese label.</summary>
    public required string Vi { get; init; }

    /// <summary>English label.</summary>
    public required string En { get; init; }

    /// <summary>Type of the canonical text.</summary>
    public required AttributeType Type { get; init; }

    /// <summary>Basic or sensitive.</summary>
    public required Sensitivity Sensitivity { get; init; }

    /// <summary>Key of the authoritative source.</summary>
    public required string Source { get; init; }

    /// <summary>Legal basis of holding it.</summary>
    public required string Article { get; init; }

    /// <summary>The allowed codes, where the list is short and closed.</summary>
    public ImmutableArray<string>? Codes { get; init; }

    /// <summary>The document kind if this is an attribute of a document, else null.</summary>
    public string? DocumentKind => Path.StartsWith("document.", StringComparison.Ordinal) ? Path.Split('.')[1] : null;

    /// <summary>The attribute's own name: the last segments after the document kind, or the whole path.</summary>
    public string Name => DocumentKind is { } kind ? Path["document.".Length..][(kind.Length + 1)..] : Path;
}

/// <summary>A question answered yes, no or unknown instead of a value.</summary>
public sealed record PredicateDefinition
{
    /// <summary>Dotted name, such as <c>age.atLeast</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Type of its one argument, or <see cref="AttributeType.None"/>.</summary>
    public required AttributeType Parameter { get; init; }

    /// <summary>Vietnamese label.</summary>
    public required string Vi { get; init; }

    /// <summary>English label.</summary>
    public required string En { get; init; }

    /// <summary>The attributes it looks at.</summary>
    public required ImmutableArray<string> Reads { get; init; }
}

/// <summary>Everything that can be held and asked for; data that ships with the product.</summary>
public sealed class AttributeCatalogue
{
    private AttributeCatalogue(File file)
    {
        Version = file.Version;
        Sources = file.Sources;
        Groups = file.Groups;
        var expanded = file.Groups
            .Where(group => group.Document is not null)
            .SelectMany(group => file.DocumentAttributes.Select(common => new AttributeDefinition
            {
                Path = $"{group.Key}.{common.Name}",
                Vi = common.Vi,
                En = common.En,
                Type = common.Type,
                Sensitivity = group.Sensitivity ?? throw new JsonException($"Group {group.Key} has no sensitivity."),
                Source = group.Source ?? throw new JsonException($"Group {group.Key} has no source."),
                Article = group.Article ?? throw new JsonException($"Group {group.Key} has no article."),
                Codes = common.Codes,
            }));
        Attributes = expanded.Concat(file.Attributes).ToFrozenDictionary(attribute => attribute.Path);
        Predicates = file.Predicates.ToFrozenDictionary(predicate => predicate.Name);
        DocumentKinds = file.Groups.Where(group => group.Document is not null).ToFrozenDictionary(group => group.Document!);
    }

    /// <summary>The catalogue that ships with the product.</summary>
    public static AttributeCatalogue Shipped { get; } = Load(ShippedData.Text("catalogue.json"));

    /// <summary>Version of the data.</summary>
    public int Version { get; }

    /// <summary>Authoritative sources.</summary>
    public ImmutableArray<DataSource> Sources { get; }

    /// <summary>Groups in the order in which people read them.</summary>
    public ImmutableArray<AttributeGroup> Groups { get; }

    /// <summary>Attributes by path, the intrinsic ones of each document kind included.</summary>
    public FrozenDictionary<string, AttributeDefinition> Attributes { get; }

    /// <summary>Predicates by name.</summary>
    public FrozenDictionary<string, PredicateDefinition> Predicates { get; }

    /// <summary>Document kinds by key.</summary>
    public FrozenDictionary<string, AttributeGroup> DocumentKinds { get; }

    /// <summary>Reads a catalogue from JSON text; malformed text is a <see cref="JsonException"/>.</summary>
    public static AttributeCatalogue Load(string json) => new(DomainJson.Read<File>(json));

    /// <summary>Whether the catalogue has an attribute or predicate of that name.</summary>
    public bool Knows(string target) => Attributes.ContainsKey(target) || Predicates.ContainsKey(target);

    /// <summary>
    /// A target's name for people; the target itself where the catalogue does not know it. What a document says is named with the document: “Number” alone
    /// would be no specific consent (Law 91/2025/QH15 art. 9).
    /// </summary>
    public LocalText Label(string target) => Attributes.TryGetValue(target, out var attribute)
        ? attribute.DocumentKind is { } kind && DocumentKinds.TryGetValue(kind, out var document)
            ? new LocalText { Vi = $"{attribute.Vi} ({document.Vi})", En = $"{attribute.En} ({document.En})" }
            : new LocalText { Vi = attribute.Vi, En = attribute.En }
        : Predicates.TryGetValue(target, out var predicate)
            ? new LocalText { Vi = predicate.Vi, En = predicate.En }
            : new LocalText { Vi = target, En = target };

    private sealed record File(
        int Version,
        ImmutableArray<DataSource> Sources,
        ImmutableArray<AttributeGroup> Groups,
        ImmutableArray<CommonAttribute> DocumentAttributes,
        ImmutableArray<AttributeDefinition> Attributes,
        ImmutableArray<PredicateDefinition> Predicates);

    private sealed record CommonAttribute(string Name, string Vi, string En, AttributeType Type, ImmutableArray<string>? Codes);
}
