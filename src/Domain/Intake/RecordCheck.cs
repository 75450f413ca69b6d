using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;

namespace Platform.Domain.Intake;

/// <summary>Holds a record from outside against the catalogue and puts its texts and instants into stored form.</summary>
internal static partial class RecordCheck
{
    private static readonly AttributeCatalogue Catalogue = AttributeCatalogue.Shipped;

    private static readonly ImmutableHashSet<string> Sources = [.. Catalogue.Sources.Select(source => source.Key)];

    public static CitizenRecord Checked(CitizenRecord record)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return record with
        {
            Attributes = [.. record.Attributes.Select(group => Group(Present(group), seen))],
            Documents = Documents(record.Documents),
            Consents = Consents(record.Consents),
        };
    }

    private static SourcedAttributes Group(SourcedAttributes group, HashSet<string> seen)
    {
        foreach (var (path, _) in group.Values)
        {
            if (!seen.Add(path))
            {
                throw new ImportRefusedException(ImportErrors.AttributeRepeated, "An attribute stands in two groups of the record.");
            }
        }

        return group with
        {
            Provenance = Checked(group.Provenance),
            Values = Values(group.Values, path => Catalogue.Attributes.TryGetValue(path, out var attribute) && attribute.DocumentKind is null ? attribute : null),
        };
    }

    private static ImmutableArray<Document> Documents(ImmutableArray<Document> documents)
    {
        var seen = new HashSet<(string Kind, string Number)>();
        return
        [
            .. documents.Select(document =>
            {
                var read = Checked(Present(document));
                return seen.Add((read.Kind, read.Number))
                    ? read
                    : throw new ImportRefusedException(ImportErrors.DocumentRepeated, $"Two documents of kind {read.Kind} have the same number.");
            }),
        ];
    }

    private static Document Checked(Document document)
    {
        var kind = document.Kind;
        if (!Catalogue.DocumentKinds.ContainsKey(kind))
        {
            throw new ImportRefusedException(ImportErrors.DocumentKind, "A document is of a kind that is not in the catalogue.");
        }

        if (document.IssuerState is not (DocumentState.Valid or DocumentState.Suspended or DocumentState.Revoked))
        {
            throw new ImportRefusedException(
                ImportErrors.DocumentState, $"A document of kind {kind} is neither valid, suspended nor revoked; expiry follows from its last day.");
        }

        if (document.ValidTo < document.ValidFrom)
        {
            throw new ImportRefusedException(ImportErrors.DocumentValidity, $"A document of kind {kind} ends before it begins.");
        }

        return document with
        {
            Number = ValueForm.Text(document.Number, "number of a document of kind ", kind),
            Issuer = ValueForm.Text(document.Issuer, "issuer of a document of kind ", kind),
            Provenance = Checked(document.Provenance),
            Values = Values(document.Values, name => OwnAttribute(kind, name)),
        };
    }

    // Number, validity and state are properties of the document itself and may not be stated a second time.
    private static AttributeDefinition? OwnAttribute(string kind, string name) =>
        name is "number" or "issuer" or "issuedOn" or "validFrom" or "validTo" or "state"
            ? null
            : Catalogue.Attributes.GetValueOrDefault($"document.{kind}.{name}");

    private static AttributeValues Values(AttributeValues values, Func<string, AttributeDefinition?> find)
    {
        List<KeyValuePair<string, string>>? changed = null;
        foreach (var (name, value) in values)
        {
            var attribute = find(name)
                ?? throw new ImportRefusedException(ImportErrors.AttributeUnknown, "An attribute is not in the catalogue, or does not belong where it stands.");
            var canonical = ValueForm.Canonical(attribute, value);
            if (canonical != value)
            {
                (changed ??= []).Add(new(name, canonical));
            }
        }

        return changed is null ? values : AttributeValues.From(values.Concat(changed));
    }

    private static Provenance Checked(Provenance provenance) => Sources.Contains(provenance.Source)
        ? provenance with { AsOf = CivilTime.Microseconds(provenance.AsOf) }
        : throw new ImportRefusedException(ImportErrors.SourceUnknown, "A source is not in the catalogue.");

    private static ImmutableArray<Consent> Consents(ImmutableArray<Consent> consents)
    {
        var seen = new HashSet<Guid>();
        return
        [
            .. consents.Select(consent => IsSound(Present(consent)) && seen.Add(consent.Id)
                ? consent with
                {
                    DecidedAt = CivilTime.Microseconds(consent.DecidedAt),
                    ValidFrom = CivilTime.Microseconds(consent.ValidFrom),
                    ValidTo = CivilTime.Microseconds(consent.ValidTo),
                    WithdrawnAt = consent.WithdrawnAt is { } at ? CivilTime.Microseconds(at) : null,
                    Targets = [.. consent.Targets.Order(StringComparer.Ordinal)],
                }
                : throw new ImportRefusedException(
                    ImportErrors.Consent, "A consent contradicts itself, is there twice, or covers what the catalogue does not have.")),
        ];
    }

    private static bool IsSound(Consent consent) =>
        Code().IsMatch(consent.Recipient)
        && Code().IsMatch(consent.Purpose)
        && consent.Targets.Length > 0
        && consent.Targets.All(target => target is not null && Catalogue.Knows(target))
        && consent.Targets.Distinct(StringComparer.Ordinal).Count() == consent.Targets.Length
        && consent.ValidFrom < consent.ValidTo
        && consent.Limit is not { Count: < 1 }
        && consent.DataLifeDays >= 0
        && consent.State == ConsentState.Withdrawn == consent.WithdrawnAt is not null
        && (consent.WithdrawnAt ?? consent.DecidedAt) >= consent.DecidedAt
        && consent.Evidence.IdentityLevel is 1 or 2
        && Code().IsMatch(consent.Evidence.Channel)
        && Code().IsMatch(consent.Evidence.TextVersion)
        && consent.Evidence.Language is "vi" or "en"
        && Hash().IsMatch(consent.Evidence.TextHash);

    private static T Present<T>(T? item) where T : class =>
        item ?? throw new ImportRefusedException(ImportErrors.JsonShape, "A list of the record has an entry that is null.");

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\z")]
    private static partial Regex Code();

    [GeneratedRegex("^[0-9a-f]{64}\\z")]
    private static partial Regex Hash();
}
