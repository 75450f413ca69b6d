using System.Collections;
using System.Globalization;

namespace Platform.Hosting.Logging;

/// <summary>A log or scope state that is masked when a provider looks at it, not before.</summary>
sealed class MaskedState(object? state) : IReadOnlyList<KeyValuePair<string, object?>>
{
    readonly IReadOnlyList<KeyValuePair<string, object?>> _pairs = state switch
    {
        IReadOnlyList<KeyValuePair<string, object?>> list => list,
        IEnumerable<KeyValuePair<string, object?>> pairs => [.. pairs],
        IEnumerable<KeyValuePair<string, string>> pairs => [.. pairs.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value))],
        _ => [],
    };

    public int Count => _pairs.Count;

    public KeyValuePair<string, object?> this[int index] => Mask(_pairs[index]);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _pairs.Select(Mask).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => Mask(Convert.ToString(state, CultureInfo.InvariantCulture) ?? "");

    /// <summary>Masks a text made from this state; a credential in it may be known only by the name it had here.</summary>
    public string Mask(string text)
    {
        foreach (var (name, value) in _pairs)
        {
            if (value is string { Length: > 0 } secret && LogMask.IsSecretName(name))
            {
                text = text.Replace(secret, LogMask.HiddenSecret, StringComparison.Ordinal);
            }
        }
        return LogMask.Apply(text);
    }

    static KeyValuePair<string, object?> Mask(KeyValuePair<string, object?> pair) =>
        KeyValuePair.Create(LogMask.Apply(pair.Key), LogMask.IsSecretName(pair.Key) ? LogMask.HiddenSecret : MaskValue(pair.Value));

    // A value keeps its type only when its text holds nothing to hide: a personal number may well be logged as a number.
    static object? MaskValue(object? value)
    {
        switch (value)
        {
            case null or bool or Guid or DateTimeOffset or DateTime or TimeSpan or int or short or byte or Enum:
                return value;
            case string text:
                return LogMask.Apply(text);
            case IFormattable number when number.GetType().IsPrimitive || number is decimal:
                var digits = number.ToString(null, CultureInfo.InvariantCulture);
                var masked = LogMask.Apply(digits);
                return ReferenceEquals(digits, masked) ? value : masked;
            case IEnumerable<object?> items:
                return string.Join(", ", items.Select(MaskValue));
            case IEnumerable items:
                return string.Join(", ", items.Cast<object?>().Select(MaskValue));
            default:
                return LogMask.Apply(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        }
    }
}
