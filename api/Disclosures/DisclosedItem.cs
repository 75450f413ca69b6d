using System.Collections.Immutable;
using System.Text.Json;
using Platform.Api.Catalogue;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Sharing;

namespace Platform.Api.Disclosures;

/// <summary>What was decided about one thing that was asked for.</summary>
sealed record DisclosedItem
{
    /// <summary>The target as asked for.</summary>
    public required string Target { get; init; }

    /// <summary>Released or denied.</summary>
    public required ItemOutcome Outcome { get; init; }

    /// <summary>
    /// The value in the JSON type of the catalogue; for a predicate <c>yes</c>, <c>no</c> or <c>unknown</c>. Null if nothing is held, if it was
    /// denied, or if several documents hold one each (see values).
    /// </summary>
    public required JsonElement? Value { get; init; }

    /// <summary>The value in words where it is a code that a list knows.</summary>
    public required LocalText? Text { get; init; }

    /// <summary>Whether the record holds a value; null where that was not released.</summary>
    public required bool? Held { get; init; }

    /// <summary>For an attribute of a document: the value of each document held.</summary>
    public required ImmutableArray<DocumentValue>? Values { get; init; }

    /// <summary>Key of the source of the value.</summary>
    public required string? Source { get; init; }

    /// <summary>The instant at which the source vouched for the value.</summary>
    public required DateTimeOffset? AsOf { get; init; }

    /// <summary>The rule that decided, if one did.</summary>
    public required RuleReference? Rule { get; init; }

    /// <summary>The consent that it rests on, if one is needed.</summary>
    public required Guid? ConsentId { get; init; }

    /// <summary>Why, as a stable code.</summary>
    public required string Reason { get; init; }

    /// <summary>For a denial: the changes that together turn it around.</summary>
    public required ImmutableArray<RemedyItem> Remedies { get; init; }

    /// <summary>All of this in a sentence or two.</summary>
    public required LocalText Explanation { get; init; }

    public static DisclosedItem From(DisclosedTarget target, bool withValues)
    {
        var name = Domain.Sharing.Target.Parse(target.Target).Name;
        var type = AttributeCatalogue.Shipped.Attributes.TryGetValue(name, out var attribute) ? attribute.Type : AttributeType.Text;
        var shown = withValues && target.Released;
        var values = shown ? target.Values : [];
        var only = values is [var one] ? one : null;
        return new DisclosedItem
        {
            Target = target.Target,
            Outcome = target.Released ? ItemOutcome.Released : ItemOutcome.Denied,
            Value = only is null ? null : TypedValues.Of(type, only.Text),
            Text = only is null || attribute is null ? null : CodeTexts.Of(attribute, only.Text),
            Held = shown ? !values.IsEmpty : null,
            Values = shown && attribute?.DocumentKind is not null ? [.. values.Select(value => DocumentValue.From(type, value))] : null,
            Source = only?.Source,
            AsOf = only?.AsOf,
            Rule = target.Rule is null ? null : new RuleReference { Id = target.Rule, Version = target.RuleVersion, Article = target.Article },
            ConsentId = target.Consent,
            Reason = target.Reason.Code(),
            Remedies = [.. target.Remedies.Select(RemedyItem.From)],
            Explanation = Domain.Sharing.Explanation.Of(
                target.Reason,
                AttributeCatalogue.Shipped.Label(name),
                target.Article,
                target.Remedies.Select(remedy => new Remedy(remedy.Kind, remedy.Value, remedy.Detail))),
        };
    }
}

/// <summary>Released or denied.</summary>
enum ItemOutcome
{
    /// <summary>The value is in the answer, if the record holds one.</summary>
    Released = 1,

    /// <summary>Nothing about the value is in the answer.</summary>
    Denied = 2,
}

/// <summary>The value that one document states.</summary>
sealed record DocumentValue
{
    /// <summary>The value in the JSON type of the catalogue.</summary>
    public required JsonElement Value { get; init; }

    /// <summary>Number of the document.</summary>
    public required string? Document { get; init; }

    /// <summary>Key of the source.</summary>
    public required string? Source { get; init; }

    /// <summary>The instant at which the source vouched for it.</summary>
    public required DateTimeOffset? AsOf { get; init; }

    public static DocumentValue From(AttributeType type, DisclosedValue value) => new()
    {
        Value = TypedValues.Of(type, value.Text),
        Document = value.Document,
        Source = value.Source,
        AsOf = value.AsOf,
    };
}

/// <summary>The rule that decided.</summary>
sealed record RuleReference
{
    /// <summary>Id of the rule.</summary>
    public required string Id { get; init; }

    /// <summary>Version of the rule under its id.</summary>
    public required int? Version { get; init; }

    /// <summary>The legal article that it carries out.</summary>
    public required string? Article { get; init; }
}

/// <summary>One change that helps to turn a denial around.</summary>
sealed record RemedyItem
{
    /// <summary>What to do, as a stable code.</summary>
    public required string Code { get; init; }

    /// <summary>With what, by code.</summary>
    public required string? Value { get; init; }

    /// <summary>More of it, by code.</summary>
    public required string? Detail { get; init; }

    public static RemedyItem From(RemedyView remedy) => new() { Code = remedy.Kind.Code(), Value = remedy.Value, Detail = remedy.Detail };
}
