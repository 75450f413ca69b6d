using System.Globalization;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Synthetic.People;

namespace Platform.Synthetic.Records;

/// <summary>Collects values under their names; what is empty is left out.</summary>
internal sealed class Values
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    public Values Set(string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            _pairs.Add(new(name, text));
        }

        return this;
    }

    public Values Set(string name, DateOnly? day) => Set(name, day is { } known ? Person.Iso(known) : null);

    public Values Set(string name, int number) => Set(name, number.ToString(CultureInfo.InvariantCulture));

    public Values Set(string name, bool truth) => Set(name, truth ? "true" : "false");

    public Values Set<T>(string name, IReadOnlyCollection<T> list) => Set(name, DomainJson.Write(list));

    public AttributeValues Done() => AttributeValues.From(_pairs);
}

/// <summary>A person in a list of persons.</summary>
internal sealed record ListedPerson(string PersonalId, string FullName, string Relation);
