using System.Collections.Immutable;
using Platform.Domain.Consents;
using Platform.Domain.Presentations;
using Platform.Domain.Sharing;

namespace Platform.Silo.Citizens;

/// <summary>Body of a disclosure entry: all inputs of the decision, the decision, and a digest of what was released.</summary>
public sealed record DisclosureBody(DisclosureRequest Request, SharingFacts Facts, Decision Decision, string? AnswerDigest);

/// <summary>Body of a consent entry; the record digest ties the stored record to the ledger.</summary>
public sealed record ConsentBody(Consent Consent, string RecordDigest)
{
    /// <summary>The text that was shown, where the channel had it; its hash is in the evidence.</summary>
    public string? Text { get; init; }

    /// <summary>The request that the decision answers, where it answers one.</summary>
    public Guid? Request { get; init; }

    /// <summary>Digest of all requests after the decision, where it answers one.</summary>
    public string? RequestsDigest { get; init; }
}

/// <summary>Body of an entry about a request for consent; the digest of all requests ties the stored ones to the ledger.</summary>
public sealed record ConsentRequestBody(ConsentRequest Request, string RequestsDigest);

/// <summary>Body of an entry about a presentation; the digest of all presentations ties the stored ones to the ledger.</summary>
public sealed record PresentationBody(DocumentPresentation Presentation, string PresentationsDigest)
{
    /// <summary>Digest of what was shown, once it was.</summary>
    public string? AnswerDigest { get; init; }
}

/// <summary>Body of an entry about identity claims that a relying party received at a login.</summary>
public sealed record IdentityBody(string Client, string ClientName, ImmutableArray<string> Claims);

/// <summary>Body of a document entry; the document itself is in the record, here stands its digest.</summary>
public sealed record DocumentBody(string System, string Kind, string Source, long IssuerVersion, string DocumentDigest, string RecordDigest);

/// <summary>Body of an import entry.</summary>
public sealed record ImportBody(ImmutableArray<string> Sources, int Documents, ImmutableArray<Guid> Consents, string RecordDigest);
