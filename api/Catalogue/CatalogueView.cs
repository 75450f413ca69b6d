using System.Collections.Immutable;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Sharing;

namespace Platform.Api.Catalogue;

/// <summary>Everything that can be held and asked for, and what the calling system may ask.</summary>
sealed record CatalogueView
{
    /// <summary>Version of the catalogue.</summary>
    public required int Version { get; init; }

    /// <summary>Number of the rule book in force.</summary>
    public required int RuleBook { get; init; }

    /// <summary>Groups of attributes, document kinds among them.</summary>
    public required ImmutableArray<GroupView> Groups { get; init; }

    /// <summary>Attributes by path.</summary>
    public required ImmutableArray<AttributeView> Attributes { get; init; }

    /// <summary>Questions answered yes, no or unknown.</summary>
    public required ImmutableArray<PredicateView> Predicates { get; init; }

    /// <summary>Purposes of the rule book in force.</summary>
    public required ImmutableArray<PurposeView> Purposes { get; init; }

    /// <summary>The rules that speak of the calling system.</summary>
    public required ImmutableArray<PermittedView> You { get; init; }

    public static CatalogueView From(AttributeCatalogue catalogue, RuleBook book, string system) => new()
    {
        Version = catalogue.Version,
        RuleBook = book.Number,
        Groups = [.. catalogue.Groups.Select(group => new GroupView
        {
            Key = group.Key,
            Label = new LocalText { Vi = group.Vi, En = group.En },
            DocumentKind = group.Document,
            Source = group.Source,
        })],
        Attributes = [.. catalogue.Attributes.Values.OrderBy(attribute => attribute.Path, StringComparer.Ordinal).Select(AttributeView.From)],
        Predicates = [.. catalogue.Predicates.Values.OrderBy(predicate => predicate.Name, StringComparer.Ordinal).Select(PredicateView.From)],
        Purposes = [.. book.Purposes.Select(purpose => new PurposeView
        {
            Code = purpose.Code,
            Name = purpose.Name,
            Description = purpose.Description,
            Ground = purpose.Ground,
            Article = purpose.Article,
        })],
        You = PermittedView.Of(book, system),
    };
}

/// <summary>A group of attributes.</summary>
sealed record GroupView
{
    /// <summary>Key: the beginning of the paths in it.</summary>
    public required string Key { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Label { get; init; }

    /// <summary>The document kind, if it is one.</summary>
    public required string? DocumentKind { get; init; }

    /// <summary>Key of the source of the document kind.</summary>
    public required string? Source { get; init; }
}

/// <summary>An attribute.</summary>
sealed record AttributeView
{
    /// <summary>Dotted path.</summary>
    public required string Path { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Label { get; init; }

    /// <summary>Type of its values.</summary>
    public required AttributeType Type { get; init; }

    /// <summary>Basic or sensitive personal data.</summary>
    public required Sensitivity Sensitivity { get; init; }

    /// <summary>Key of the authoritative source.</summary>
    public required string Source { get; init; }

    /// <summary>Legal basis of holding it.</summary>
    public required string Article { get; init; }

    /// <summary>The allowed codes, where the list is short and closed.</summary>
    public required ImmutableArray<string>? Codes { get; init; }

    public static AttributeView From(AttributeDefinition attribute) => new()
    {
        Path = attribute.Path,
        Label = new LocalText { Vi = attribute.Vi, En = attribute.En },
        Type = attribute.Type,
        Sensitivity = attribute.Sensitivity,
        Source = attribute.Source,
        Article = attribute.Article,
        Codes = attribute.Codes,
    };
}

/// <summary>A predicate.</summary>
sealed record PredicateView
{
    /// <summary>Dotted name.</summary>
    public required string Name { get; init; }

    /// <summary>Type of its argument; none if it takes none.</summary>
    public required AttributeType Parameter { get; init; }

    /// <summary>Name for people.</summary>
    public required LocalText Label { get; init; }

    /// <summary>The attributes it looks at.</summary>
    public required ImmutableArray<string> Reads { get; init; }

    public static PredicateView From(PredicateDefinition predicate) => new()
    {
        Name = predicate.Name,
        Parameter = predicate.Parameter,
        Label = new LocalText { Vi = predicate.Vi, En = predicate.En },
        Reads = predicate.Reads,
    };
}

/// <summary>A purpose.</summary>
sealed record PurposeView
{
    /// <summary>Stable code.</summary>
    public required string Code { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Name { get; init; }

    /// <summary>What is done with the data.</summary>
    public required LocalText Description { get; init; }

    /// <summary>Id of the legal ground.</summary>
    public required string Ground { get; init; }

    /// <summary>The article.</summary>
    public required string Article { get; init; }
}
