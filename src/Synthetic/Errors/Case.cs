using Platform.Domain.Citizens;
using Platform.Synthetic.Households;
using Platform.Synthetic.People;

namespace Platform.Synthetic.Errors;

/// <summary>A record in which an error may be planted, and what is true of the person.</summary>
internal sealed record Case(Dice Dice, Household Household, Person Person, CitizenRecord Record, CitizenRecord[] All, DateOnly Today)
{
    public string? this[string path] => Record.Attribute(path);

    /// <summary>The record with another value of an attribute, in the place and under the provenance of the right one.</summary>
    public CitizenRecord With(string path, string value) => Record with
    {
        Attributes =
        [
            .. Record.Attributes.Select(group => group with { Values = AttributeValues.From(group.Values.Append(new(path, value))) }),
        ],
    };

    public CitizenRecord Without(string path) => Record with
    {
        Attributes = [.. Record.Attributes.Select(group => group with { Values = group.Values.Without(name => name == path) })],
    };

    public CitizenRecord With(Document document, Document changed) => Record with { Documents = Record.Documents.Replace(document, changed) };

    public Document? Find(string kind) => Record.Documents.FirstOrDefault(document => document.Kind == kind);
}
