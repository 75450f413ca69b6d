using System.Collections.Immutable;
using System.Text.Json;
using Platform.Api.Catalogue;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;

namespace Platform.Api.Me;

/// <summary>What the province holds about the citizen, documents aside.</summary>
sealed record RecordView
{
    /// <summary>The citizen's own number.</summary>
    public required string PersonalId { get; init; }

    /// <summary>Whether the number is in use.</summary>
    public required CitizenStatus Status { get; init; }

    /// <summary>Profile, residence and household.</summary>
    public required ImmutableArray<HeldGroup> Groups { get; init; }

    public static RecordView From(CitizenRecord record) => new()
    {
        PersonalId = record.PersonalId.Reveal(),
        Status = record.Status,
        Groups =
        [
            .. AttributeCatalogue.Shipped.Groups
                .Where(group => group.Document is null)
                .Select(group => new HeldGroup
                {
                    Key = group.Key,
                    Label = new LocalText { Vi = group.Vi, En = group.En },
                    Attributes = [.. HeldAttribute.In(record, group.Key)],
                }),
        ],
    };
}

/// <summary>Attributes that belong together.</summary>
sealed record HeldGroup
{
    /// <summary>Key of the group.</summary>
    public required string Key { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Label { get; init; }

    /// <summary>What is held.</summary>
    public required ImmutableArray<HeldAttribute> Attributes { get; init; }
}

/// <summary>A value with where it comes from.</summary>
sealed record HeldAttribute
{
    /// <summary>Path in the catalogue.</summary>
    public required string Path { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Label { get; init; }

    /// <summary>Type in the catalogue.</summary>
    public required AttributeType Type { get; init; }

    /// <summary>The value in the JSON type of the catalogue.</summary>
    public required JsonElement Value { get; init; }

    /// <summary>A code in words, and persons by name and relation, one in a line; null where the value is in words already.</summary>
    public required LocalText? Text { get; init; }

    /// <summary>Key of the source.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the source.</summary>
    public required LocalText SourceLabel { get; init; }

    /// <summary>The instant at which the source vouched for it.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Basic or sensitive personal data.</summary>
    public required Sensitivity Sensitivity { get; init; }

    public static IEnumerable<HeldAttribute> In(CitizenRecord record, string key) =>
        from held in record.Attributes
        from pair in held.Values
        where pair.Key.StartsWith(key + ".", StringComparison.Ordinal)
        orderby pair.Key
        let attribute = AttributeCatalogue.Shipped.Attributes.GetValueOrDefault(pair.Key)
        where attribute is not null
        select Of(attribute, pair.Value, held.Provenance);

    public static HeldAttribute Of(AttributeDefinition attribute, string text, Provenance provenance) => new()
    {
        Path = attribute.Path,
        Label = new LocalText { Vi = attribute.Vi, En = attribute.En },
        Type = attribute.Type,
        Value = TypedValues.Of(attribute.Type, text),
        Text = CodeTexts.Of(attribute, text),
        Source = provenance.Source,
        SourceLabel = Sources.Label(provenance.Source),
        AsOf = provenance.AsOf,
        Sensitivity = attribute.Sensitivity,
    };
}

static class Sources
{
    public static LocalText Label(string key) =>
        AttributeCatalogue.Shipped.Sources.FirstOrDefault(source => source.Key == key) is { } source
            ? new LocalText { Vi = source.Vi, En = source.En }
            : new LocalText { Vi = key, En = key };
}
