using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Platform.Api.Problems;

/// <summary>Problem details (RFC 9457) with a stable code and texts in both languages.</summary>
record Problem
{
    [SetsRequiredMembers]
    internal Problem(ApiError code)
    {
        Type = $"urn:platform:problem:{code.Code}";
        (Title, TitleVi) = (code.Title.En, code.Title.Vi);
        (Detail, DetailVi) = (code.WayOut.En, code.WayOut.Vi);
        (Status, Code) = (code.Status, code.Code);
    }

    /// <summary>The code as a URN.</summary>
    public required string Type { get; init; }

    /// <summary>What happened, in English.</summary>
    public required string Title { get; init; }

    /// <summary>What happened, in Vietnamese.</summary>
    public required string TitleVi { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The way out, in English.</summary>
    public required string Detail { get; init; }

    /// <summary>The way out, in Vietnamese.</summary>
    public required string DetailVi { get; init; }

    /// <summary>Stable code; programs decide by this member alone.</summary>
    public required string Code { get; init; }

    /// <summary>Identity of the request in the operator's traces, to be quoted when asking for help.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }

    /// <summary>For wrong input: everything that was found, by place; values are never repeated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<InputError>? Errors { get; init; }

    /// <summary>For an invalid rule book: what is wrong, one sentence each.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Findings { get; init; }

    /// <summary>For a publication too early: the earliest instant that is possible.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Earliest { get; init; }
}

/// <summary>One thing that is wrong with the input.</summary>
sealed record InputError
{
    /// <summary>Stable code.</summary>
    public required string Code { get; init; }

    /// <summary>Where, as a JSON pointer into the body.</summary>
    public required string Pointer { get; init; }

    /// <summary>Line of the body, from 1, where the member itself cannot be named.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Line { get; init; }

    /// <summary>Byte in that line, from 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Column { get; init; }
}
