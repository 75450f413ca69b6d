using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Platform.Api.Catalogue;
using Platform.Api.Disclosures;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;

namespace Platform.Api.Documents;

/// <summary>A document as its authoritative source now has it.</summary>
sealed record DocumentPush : IChecked
{
    static readonly string[] OwnMembers = ["number", "issuer", "issuedOn", "validFrom", "validTo", "state"];

    /// <summary>Whose document it is.</summary>
    public required SubjectReference Subject { get; init; }

    /// <summary>Document kind of the catalogue, such as <c>drivingLicence</c>.</summary>
    [MaxLength(40)]
    public required string Kind { get; init; }

    /// <summary>The number that the issuer gave it; with the kind it identifies the document.</summary>
    [MaxLength(100)]
    public required string Number { get; init; }

    /// <summary>The issuing authority, as printed.</summary>
    [MaxLength(300)]
    public required string Issuer { get; init; }

    /// <summary>Date of issue.</summary>
    public DateOnly? IssuedOn { get; init; }

    /// <summary>First day of validity.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Last day of validity; null if it does not expire.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>What the issuer says of it; expiry follows from the dates.</summary>
    public required PushedState State { get; init; }

    /// <summary>The issuer's version, higher for each change of the document.</summary>
    [Range(1, long.MaxValue)]
    public required long IssuerVersion { get; init; }

    /// <summary>The instant at which the issuer vouched for this content.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Attributes of the kind by their name in the catalogue, in its JSON types.</summary>
    public required Dictionary<string, JsonElement> Attributes { get; init; }

    public void Check(InputCheck check)
    {
        check.PersonalId(Subject.PersonalId, "/subject/personalId");
        check.Text(Number, "/number", 100);
        check.Text(Issuer, "/issuer", 300);
        check.Range(IssuerVersion, 1, long.MaxValue, "/issuerVersion");
        if (ValidFrom > ValidTo)
        {
            check.Refuse(ErrorCodes.DocumentDatesInvalid, "/validTo");
        }

        if (!AttributeCatalogue.Shipped.DocumentKinds.ContainsKey(Kind))
        {
            check.Refuse(ErrorCodes.DocumentKindUnknown, "/kind");
            return;
        }

        foreach (var (name, value) in Attributes)
        {
            if (Definition(name) is not { } attribute)
            {
                check.Refuse(ErrorCodes.DocumentAttributeUnknown, "/attributes");
            }
            else if (TypedValues.Canonical(attribute, value) is null)
            {
                check.Refuse(ErrorCodes.DocumentValueMalformed, $"/attributes/{name}");
            }
        }
    }

    public Document ToDocument() => new()
    {
        Kind = Kind,
        Number = Number,
        Issuer = Issuer,
        IssuedOn = IssuedOn,
        ValidFrom = ValidFrom,
        ValidTo = ValidTo,
        IssuerState = (DocumentState)State,
        Provenance = new Provenance
        {
            Source = AttributeCatalogue.Shipped.DocumentKinds[Kind].Source!,
            AsOf = CivilTime.Microseconds(AsOf),
            Version = IssuerVersion,
        },
        Values = AttributeValues.From(Attributes.Select(pair => KeyValuePair.Create(pair.Key, TypedValues.Canonical(Definition(pair.Key)!, pair.Value)!))),
    };

    AttributeDefinition? Definition(string name) =>
        OwnMembers.Contains(name) ? null : AttributeCatalogue.Shipped.Attributes.GetValueOrDefault($"document.{Kind}.{name}");
}

/// <summary>What an issuer says of its document.</summary>
enum PushedState
{
    /// <summary>In force, within its validity.</summary>
    Valid = DocumentState.Valid,

    /// <summary>Temporarily without effect.</summary>
    Suspended = DocumentState.Suspended,

    /// <summary>Withdrawn for good.</summary>
    Revoked = DocumentState.Revoked,
}
