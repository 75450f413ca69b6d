using System.Collections.Frozen;
using System.Text.Json;
using Platform.Domain.Catalogue;

namespace Platform.Domain.Citizens;

/// <summary>One copy of each attribute name, found without making another first: a record holds dozens, and a province millions.</summary>
internal static class AttributeNames
{
    private const int Longest = 128;

    private static readonly FrozenSet<string> Known =
        AttributeCatalogue.Shipped.Attributes.Values.SelectMany(attribute => new[] { attribute.Path, attribute.Name }).Select(string.Intern).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The one copy of a name.</summary>
    public static string One(string name) => Known.TryGetValue(name, out var known) ? known : string.Intern(name);

    /// <summary>The one copy of the name that the reader stands at.</summary>
    public static string Read(ref Utf8JsonReader reader)
    {
        if (!reader.HasValueSequence && reader.ValueSpan.Length <= Longest)
        {
            Span<char> name = stackalloc char[Longest];
            if (Known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name[..reader.CopyString(name)], out var known))
            {
                return known;
            }
        }

        return One(reader.GetString()!);
    }
}
