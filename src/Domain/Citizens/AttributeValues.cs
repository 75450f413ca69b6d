using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Domain.Citizens;

/// <summary>An immutable, ordered map from attribute name to its canonical text; compact, because every warm citizen holds several.</summary>
[JsonConverter(typeof(AttributeValuesConverter))]
[SuppressMessage("Naming", "CA1710", Justification = "The values of a record, named as the catalogue names them.")]
public sealed class AttributeValues : IReadOnlyCollection<KeyValuePair<string, string>>, IEquatable<AttributeValues>
{
    private readonly KeyValuePair<string, string>[] _pairs;

    private AttributeValues(KeyValuePair<string, string>[] ordered) => _pairs = ordered;

    /// <summary>No values.</summary>
    public static AttributeValues Empty { get; } = new([]);

    /// <summary>The number of values.</summary>
    public int Count => _pairs.Length;

    /// <summary>The value of an attribute, or null if it is absent.</summary>
    public string? this[string name]
    {
        get
        {
            int low = 0, high = _pairs.Length - 1;
            while (low <= high)
            {
                var middle = (low + high) >>> 1;
                var order = string.CompareOrdinal(_pairs[middle].Key, name);
                if (order == 0)
                {
                    return _pairs[middle].Value;
                }

                (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
            }

            return null;
        }
    }

    /// <summary>Builds a map; of equal names the last wins.</summary>
    public static AttributeValues From(IEnumerable<KeyValuePair<string, string>> values)
    {
        ArgumentNullException.ThrowIfNull(values);

        // Names repeat in every record of the province: one copy of each is enough.
        return Of([.. values.Select(pair => KeyValuePair.Create(AttributeNames.One(pair.Key), pair.Value))]);
    }

    /// <summary>Builds a map of names that are the one copy already; mostly they come in order, because that is how they are stored.</summary>
    internal static AttributeValues Of(KeyValuePair<string, string>[] pairs)
    {
        for (var index = 1; index < pairs.Length; index++)
        {
            if (string.CompareOrdinal(pairs[index - 1].Key, pairs[index].Key) >= 0)
            {
                return new AttributeValues(
                    [.. pairs.GroupBy(pair => pair.Key, StringComparer.Ordinal).Select(same => same.Last()).OrderBy(pair => pair.Key, StringComparer.Ordinal)]);
            }
        }

        return pairs.Length == 0 ? Empty : new AttributeValues(pairs);
    }

    /// <summary>A copy without the names for which the condition holds.</summary>
    public AttributeValues Without(Predicate<string> name) =>
        Array.Exists(_pairs, pair => name(pair.Key)) ? new AttributeValues(Array.FindAll(_pairs, pair => !name(pair.Key))) : this;

    /// <summary>Whether the other map holds the same values under the same names.</summary>
    public bool Equals(AttributeValues? other) => other is not null && _pairs.AsSpan().SequenceEqual(other._pairs);

    /// <summary>Whether the other object is a map with the same values under the same names.</summary>
    public override bool Equals(object? obj) => Equals(obj as AttributeValues);

    /// <summary>A hash of names and values.</summary>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var pair in _pairs)
        {
            hash.Add(pair);
        }

        return hash.ToHashCode();
    }

    /// <summary>The pairs in ordinal order of their names.</summary>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)_pairs).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _pairs.GetEnumerator();
}

/// <summary>Writes attribute values as one JSON object of strings in ordinal order of names.</summary>
public sealed class AttributeValuesConverter : JsonConverter<AttributeValues>
{
    /// <summary>Reads an object of strings.</summary>
    public override AttributeValues Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Attribute values are one object.");
        }

        var values = new List<KeyValuePair<string, string>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = AttributeNames.Read(ref reader);
            reader.Read();
            values.Add(new(name, reader.GetString() ?? throw new JsonException("An attribute value is a string.")));
        }

        return AttributeValues.Of([.. values]);
    }

    /// <summary>Writes an object of strings.</summary>
    public override void Write(Utf8JsonWriter writer, AttributeValues value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, text) in value)
        {
            writer.WriteString(name, text);
        }

        writer.WriteEndObject();
    }
}
