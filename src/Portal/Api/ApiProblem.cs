using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Portal.Api;

/// <summary>A refusal in the API's own words (RFC 9457).</summary>
sealed record ApiProblem
{
    public required int Status { get; init; }

    /// <summary>Stable; decide by this alone.</summary>
    public required string Code { get; init; }

    public required string Title { get; init; }

    public required string TitleVi { get; init; }

    /// <summary>The way out.</summary>
    public required string Detail { get; init; }

    public required string DetailVi { get; init; }

    /// <summary>To be quoted when asking for help.</summary>
    public string? TraceId { get; init; }

    /// <summary>What else it says; read it with <see cref="ApiClient.Rest{T}"/>.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; init; }
}

/// <summary>What a call gave: a value, or a refusal.</summary>
readonly record struct ApiResult<T>(T? Value, ApiProblem? Problem)
{
    /// <summary>The value; a refusal is then shown as a page of its own.</summary>
    public T Require() => Problem is null ? Value! : throw new ApiRefusedException(Problem);
}
