using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Portal.Api.Shapes;

/// <summary>What the province holds about the person, documents aside.</summary>
public sealed record Record
{
    public required string PersonalId { get; init; }

    /// <summary>Whether the number is in use: <c>active</c>, <c>deceased</c>, <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    public required ImmutableArray<RecordGroup> Groups { get; init; }

    public RecordField? Field(string path) => Groups.SelectMany(group => group.Attributes).FirstOrDefault(field => field.Path == path);

    /// <summary>A value that is a text; null if there is none.</summary>
    public string? Text(string path) => Field(path)?.Value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}

/// <summary>Fields that belong together.</summary>
public sealed record RecordGroup
{
    public required string Key { get; init; }

    public required LocalText Label { get; init; }

    public required ImmutableArray<RecordField> Attributes { get; init; }
}

/// <summary>A value with where it comes from.</summary>
public sealed record RecordField
{
    public required string Path { get; init; }

    public required LocalText Label { get; init; }

    /// <summary>Type in the catalogue, such as <c>date</c>.</summary>
    public required string Type { get; init; }

    public required JsonElement Value { get; init; }

    /// <summary>A code in words, and persons one in a line; null where the value is in words already.</summary>
    public LocalText? Text { get; init; }

    public required LocalText SourceLabel { get; init; }

    /// <summary>When the source vouched for it.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary><c>basic</c> or <c>sensitive</c>.</summary>
    public required string Sensitivity { get; init; }
}
