using System.Collections.Immutable;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;

namespace Platform.Silo.Citizens;

/// <summary>What is stored of a citizen: the record, the entries of its last change, and the operation keys of the latest consents.</summary>
public sealed record CitizenState
{
    /// <summary>Operation keys remembered; a repetition after that many newer operations counts as a new one.</summary>
    public const int OperationsKept = 32;

    /// <summary>The record, or null as long as no source has delivered one.</summary>
    public CitizenRecord? Record { get; init; }

    /// <summary>Entries written together with the record; what of them the ledger does not have is appended before anything is served.</summary>
    public ImmutableArray<EntryDraft> Pending { get; init; } = [];

    /// <summary>Operation keys of the citizen's latest decisions.</summary>
    public ImmutableArray<Operation> Operations { get; init; } = [];

    /// <summary>Requests for consent, the latest last; there may be some for a number that has no record.</summary>
    public ImmutableArray<ConsentRequest> Requests { get; init; } = [];

    /// <summary>Operation keys with which systems made these requests.</summary>
    public ImmutableArray<RequestOperation> RequestOperations { get; init; } = [];

    /// <summary>Presentations of documents, the latest last.</summary>
    public ImmutableArray<HeldPresentation> Presentations { get; init; } = [];
}

/// <summary>One remembered operation: the key, a digest of its content, and the consent it made.</summary>
public sealed record Operation(string Key, string Digest, Guid Consent);

/// <summary>One remembered operation of a system: its key, a digest of its content, and the request for consent it made.</summary>
public sealed record RequestOperation(string System, string Key, string Digest, Guid Request);
