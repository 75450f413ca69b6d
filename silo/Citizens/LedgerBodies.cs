using System.Collections.Immutable;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;

namespace Platform.Silo.Citizens;

/// <summary>Body of a disclosure entry: all inputs of the decision, the decision, and a digest of what was released.</summary>
public sealed record DisclosureBody(DisclosureRequest Request, SharingFacts Facts, Decision Decision, string? AnswerDigest);

/// <summary>Body of a consent entry; the record digest ties the stored record to the ledger.</summary>
public sealed record ConsentBody(Consent Consent, string RecordDigest)
{
    /// <summary>The text that was shown, where the channel had it; its hash is in the evidence.</summary>
    public string? Text { get; init; }
}

/// <summary>Body of an entry about identity claims that a relying party received at a login.</summary>
public sealed record IdentityBody(string Client, string ClientName, ImmutableArray<string> Claims);

/// <summary>Body of a document entry; the document itself is in the record, here stands its digest.</summary>
public sealed record DocumentBody(string System, string Kind, string Source, long IssuerVersion, string DocumentDigest, string RecordDigest);

/// <summary>Body of an import entry.</summary>
public sealed record ImportBody(ImmutableArray<string> Sources, int Documents, ImmutableArray<Guid> Consents, string RecordDigest);
