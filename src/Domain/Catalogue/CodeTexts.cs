using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Domain.Catalogue;

/// <summary>What codes say, in words.</summary>
public static class CodeTexts
{
    private static readonly ImmutableArray<CodeItem> States =
    [
        new("valid", "Có hiệu lực", "Valid"),
        new("suspended", "Tạm dừng hiệu lực", "Suspended"),
        new("revoked", "Đã thu hồi", "Revoked"),
        new("expired", "Hết hạn", "Expired"),
    ];

    private static readonly ImmutableArray<CodeItem> Nationalities = [new("VN", "Việt Nam", "Vietnam")];

    /// <summary>The words for an attribute's canonical text, a line for each person of a list; null if it is in words already or no list knows it.</summary>
    public static LocalText? Of(AttributeDefinition attribute, string text)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        return attribute.Type switch
        {
            AttributeType.Code => attribute.Name.EndsWith("commune", StringComparison.Ordinal) ? Commune(text) : Find(ListOf(attribute), text),
            AttributeType.PersonList => Persons(text),
            _ => null,
        };
    }

    private static ImmutableArray<CodeItem> ListOf(AttributeDefinition attribute) => attribute.Name switch
    {
        "profile.sex" => CodeLists.Shipped.Sexes,
        "profile.ethnicity" => CodeLists.Shipped.EthnicGroups,
        "profile.religion" => CodeLists.Shipped.Religions,
        "profile.maritalStatus" => CodeLists.Shipped.MaritalStatus,
        "profile.nationality" => Nationalities,
        "household.relationToHead" => CodeLists.Shipped.RelationsToHead,
        "state" => States,
        _ => [],
    };

    private static LocalText? Find(ImmutableArray<CodeItem> list, string code) =>
        list.FirstOrDefault(item => item.Code == code) is { } item ? new LocalText { Vi = item.Vi, En = item.En } : null;

    private static LocalText? Commune(string code)
    {
        if (Places.Shipped.Commune(code) is not { } commune)
        {
            return null;
        }

        var name = $"{char.ToUpperInvariant(commune.Type[0])}{commune.Type[1..]} {commune.Name}";
        return new LocalText { Vi = name, En = name };
    }

    private static LocalText? Persons(string text)
    {
        try
        {
            var persons = JsonElement.Parse(text).EnumerateArray()
                .Select(person => (Name: person.GetProperty("fullName").GetString()!, Relation: person.GetProperty("relation").GetString()!))
                .Select(person => (person.Name, Words: Find(CodeLists.Shipped.RelationsToHead, person.Relation) ?? new LocalText { Vi = person.Relation, En = person.Relation }))
                .ToArray();
            return new LocalText
            {
                Vi = string.Join('\n', persons.Select(person => $"{person.Name} – {person.Words.Vi}")),
                En = string.Join('\n', persons.Select(person => $"{person.Name} – {person.Words.En}")),
            };
        }
        // A source's error must not hide the value itself.
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
