using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Consents;

namespace Platform.Domain.Citizens;

/// <summary>What the province holds about one citizen; immutable, so a change is a new record and a failed change leaves nothing behind.</summary>
public sealed record CitizenRecord
{
    /// <summary>Ended consents kept in the record; older ones live on in the ledger alone, so the record stays bounded.</summary>
    public const int EndedConsentsKept = 50;

    /// <summary>The personal ID, also the key of the grain.</summary>
    public required PersonalId PersonalId { get; init; }

    /// <summary>Life-cycle state of the number.</summary>
    public CitizenStatus Status { get; init; } = CitizenStatus.Active;

    /// <summary>Whether the person is specially protected (such as a victim or a witness); rules may then forbid more.</summary>
    public bool Protected { get; init; }

    /// <summary>Profile, residence and household, grouped by source and version; a path stands in at most one group.</summary>
    public ImmutableArray<SourcedAttributes> Attributes { get; init; } = [];

    /// <summary>Integrated documents; kind and number identify one.</summary>
    public ImmutableArray<Document> Documents { get; init; } = [];

    /// <summary>Consents, the latest last.</summary>
    public ImmutableArray<Consent> Consents { get; init; } = [];

    /// <summary>The canonical text of a profile, residence or household attribute, or null if the record does not have it.</summary>
    public string? Attribute(string path) => Holder(path)?.Values[path];

    /// <summary>The group that holds a path, or null.</summary>
    public SourcedAttributes? Holder(string path)
    {
        foreach (var group in Attributes)
        {
            if (group.Values[path] is not null)
            {
                return group;
            }
        }

        return null;
    }

    /// <summary>A copy in which the values of one source replace what the record had under the same paths.</summary>
    public CitizenRecord WithAttributes(Provenance provenance, AttributeValues values)
    {
        var kept = Attributes
            .Select(group => group with { Values = group.Values.Without(name => values[name] is not null) })
            .Where(group => group.Values.Count > 0);
        return values.Count == 0
            ? this
            : this with { Attributes = [.. kept, new SourcedAttributes { Provenance = provenance, Values = values }] };
    }

    /// <summary>The document of a kind and number, or null.</summary>
    public Document? Find(string kind, string number) => Documents.FirstOrDefault(document => document.Kind == kind && document.Number == number);

    /// <summary>A copy that holds the document in the place of an earlier version of it.</summary>
    public CitizenRecord WithDocument(Document document) => this with
    {
        Documents = [.. Documents.Where(held => held.Kind != document.Kind || held.Number != document.Number), document],
    };

    /// <summary>A copy that holds the consent; ended consents beyond <see cref="EndedConsentsKept"/> are dropped, oldest first.</summary>
    public CitizenRecord WithConsent(Consent consent)
    {
        var all = Consents.Add(consent);
        var ended = all.Where(held => held.State != ConsentState.Granted || held.ValidTo <= consent.DecidedAt).ToArray();
        var dropped = ended.Take(Math.Max(0, ended.Length - EndedConsentsKept)).Select(held => held.Id).ToHashSet();
        return this with { Consents = dropped.Count == 0 ? all : all.RemoveAll(held => dropped.Contains(held.Id)) };
    }

    /// <summary>A copy in which the consent is withdrawn; withdrawing does not touch what was lawfully released before.</summary>
    public CitizenRecord WithoutConsent(Guid consentId, DateTimeOffset at) => this with
    {
        Consents =
        [
            .. Consents.Select(held => held.Id == consentId && held.State == ConsentState.Granted
                ? held with { State = ConsentState.Withdrawn, WithdrawnAt = at }
                : held),
        ],
    };

    /// <summary>SHA-256 of the canonical text of the record, in lower-case hexadecimal; ties the stored record to its ledger.</summary>
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DomainJson.Write(this))));
}
