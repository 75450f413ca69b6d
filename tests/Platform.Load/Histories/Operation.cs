using System.Collections.Immutable;

namespace Platform.Load.Histories;

/// <summary>What was asked. <see cref="Read"/> is the citizen's own reading: the ledger, or the list of accesses.</summary>
internal enum OperationKind
{
    Grant,
    Withdraw,
    Disclose,
    Push,
    Read,
}

/// <summary>What the caller knows: done, a recorded or known "no", or nothing (no answer, a fault, out of time).</summary>
internal enum OperationOutcome
{
    Done,
    Refused,
    Unknown,
}

/// <summary>
/// One call and its answer. A change that got no answer and was asked again under the same key is one operation, from the first call to the last
/// answer; every attempt at a disclosure is an operation of its own, for each may have left an entry in the ledger.
/// </summary>
internal sealed record Operation
{
    public required long Id { get; init; }

    /// <summary>Index of the citizen; a history never holds a personal number.</summary>
    public required int Citizen { get; init; }

    public required OperationKind Kind { get; init; }

    /// <summary>Which API was asked.</summary>
    public required int Instance { get; init; }

    /// <summary>Microseconds since the run began, on the one clock of the recorder.</summary>
    public required long Called { get; init; }

    /// <summary>As <see cref="Called"/>; none for what stayed unknown.</summary>
    public long? Answered { get; init; }

    public required OperationOutcome Outcome { get; init; }

    /// <summary>The problem's code, or the HTTP status where there is none.</summary>
    public string? Code { get; init; }

    /// <summary>The consent granted or withdrawn; for a disclosure in doubt none.</summary>
    public Guid? Consent { get; init; }

    public string? Recipient { get; init; }

    public string? Purpose { get; init; }

    /// <summary>What the consent is for, or what the disclosure asks for.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>A consent's limit of uses in total; none is any number.</summary>
    public int? Uses { get; init; }

    /// <summary>Targets that a disclosure released.</summary>
    public ImmutableArray<string> Released { get; init; } = [];

    /// <summary>Consents that the answer to a disclosure named.</summary>
    public ImmutableArray<Guid> ConsentsUsed { get; init; } = [];

    /// <summary>The ledger entry that the answer named.</summary>
    public Guid? Entry { get; init; }

    public long? Seq { get; init; }

    /// <summary>The entry's hash in lower-case hexadecimal.</summary>
    public string? Hash { get; init; }

    /// <summary>A push: the issuer's version. A disclosure or a read: the version seen in the value, or the newest position seen in the ledger.</summary>
    public long? Version { get; init; }
}
