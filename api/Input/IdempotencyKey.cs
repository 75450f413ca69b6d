using System.Reflection;
using System.Text.RegularExpressions;
using Platform.Api.Problems;

namespace Platform.Api.Input;

/// <summary>The required Idempotency-Key header.</summary>
sealed partial class IdempotencyKey(string? value, Refusal? refusal) : IInput
{
    public const string Header = "Idempotency-Key";

    /// <summary>A UUID, whose digits are by chance, or whatever else holds no twelve digits in a row.</summary>
    public const string Pattern =
        "^(?:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9A-Fa-f]{32}|(?!.*[0-9]{12})[A-Za-z0-9._-]{1,100})$";

    public string Value => value ?? throw new InvalidOperationException("A refused key has no value.");

    public Refusal? Refusal { get; } = refusal;

    public static ValueTask<IdempotencyKey?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var values = context.Request.Headers[Header];
        return ValueTask.FromResult<IdempotencyKey?>(values switch
        {
            [] or [null or ""] => new(null, ErrorCodes.IdempotencyKeyMissing),
            [{ } key] when Form().IsMatch(key) => new(key, null),
            _ => new(null, ErrorCodes.IdempotencyKeyMalformed),
        });
    }

    // A personal number in a key would be stored with it.
    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
