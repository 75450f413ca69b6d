using System.Collections.Immutable;
using System.Text.Json;
using Platform.Api.Catalogue;
using Platform.Api.Me;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;

namespace Platform.Api.Presentations;

/// <summary>What a citizen shows of a document.</summary>
sealed record ShownDocument
{
    /// <summary>When it was shown: what it says holds for this instant.</summary>
    public required DateTimeOffset ShownAt { get; init; }

    /// <summary>Kind of the document.</summary>
    public required string Kind { get; init; }

    /// <summary>Name of the kind.</summary>
    public required LocalText Document { get; init; }

    /// <summary>State of the document on that day.</summary>
    public required DocumentState State { get; init; }

    /// <summary>What the citizen chose and the record states, in the order chosen.</summary>
    public required ImmutableArray<ShownAttribute> Values { get; init; }

    public static ShownDocument From(ShownAnswer answer) => new()
    {
        ShownAt = answer.ShownAt,
        Kind = answer.Kind!,
        Document = PresentationView.DocumentName(answer.Kind!).Label,
        State = answer.State,
        Values = [.. answer.Values.Select(ShownAttribute.From)],
    };
}

/// <summary>One value.</summary>
sealed record ShownAttribute
{
    /// <summary>Attribute path.</summary>
    public required string Path { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Label { get; init; }

    /// <summary>How the value is to be read.</summary>
    public required AttributeType Type { get; init; }

    /// <summary>The value in the JSON type of the catalogue.</summary>
    public required JsonElement Value { get; init; }

    /// <summary>A code in words, and persons by name and relation, one in a line; null where the value is in words already.</summary>
    public required LocalText? Text { get; init; }

    public static ShownAttribute From(ShownValue value)
    {
        var attribute = AttributeCatalogue.Shipped.Attributes[value.Path];
        return new ShownAttribute
        {
            Path = value.Path,
            Label = AttributeCatalogue.Shipped.Label(value.Path),
            Type = attribute.Type,
            Value = TypedValues.Of(attribute.Type, value.Text),
            Text = CodeTexts.Of(attribute, value.Text),
        };
    }
}
