namespace Platform.Contracts;

/// <summary>A fault after which nothing was released or acknowledged, and the same call may simply be made again.</summary>
[GenerateSerializer, Alias("try-again")]
public sealed class TryAgainException : Exception
{
    /// <summary>Makes the fault with a code and no more than a short, impersonal sentence.</summary>
    public TryAgainException(string code, string message)
        : base(message) => Code = code;

    /// <summary>Makes the fault with a code, a sentence and its cause.</summary>
    public TryAgainException(string code, string message, Exception inner)
        : base(message, inner) => Code = code;

    /// <summary>One of the codes of this class.</summary>
    [Id(0)]
    public string Code { get; }

    /// <summary>Another activation has moved the citizen's ledger on.</summary>
    public const string LedgerMoved = "ledger.moved";

    /// <summary>More appends are waiting than the silo takes.</summary>
    public const string LedgerBusy = "ledger.busy";

    /// <summary>The ledger's database does not answer.</summary>
    public const string LedgerUnavailable = "ledger.unavailable";

    /// <summary>The record's database does not answer, or the record was changed elsewhere.</summary>
    public const string RecordUnavailable = "record.unavailable";

    /// <summary>The silo cannot confirm which rule book is current.</summary>
    public const string RulesUnconfirmed = "rules.unconfirmed";
}
