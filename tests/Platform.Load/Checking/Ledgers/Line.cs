using System.Collections.Immutable;
using Platform.Domain;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Load.Histories;
using Platform.Silo.Citizens;
using Operation = Platform.Load.Histories.Operation;

namespace Platform.Load.Checking.Ledgers;

/// <summary>An entry as far as it is compared with operations.</summary>
/// <param name="Seq">Its position.</param>
/// <param name="Id">Its identity.</param>
/// <param name="Kind">What happened.</param>
/// <param name="At">When, by the silo's clock.</param>
/// <param name="Hash">Its hash in lower-case hexadecimal.</param>
/// <param name="Asked">Which operations it can come from: equal for the entry and for what was asked; none for entries that no operation makes.</param>
/// <param name="Released">What a disclosure released.</param>
/// <param name="Consents">The consents that a disclosure rests on, or the one that was given or withdrawn.</param>
/// <param name="Version">The issuer's version of a document.</param>
/// <param name="Document">Kind of the document.</param>
internal sealed record Line(
    long Seq,
    Guid Id,
    string Kind,
    DateTimeOffset At,
    string Hash,
    string? Asked,
    ImmutableArray<string> Released,
    ImmutableArray<Guid> Consents,
    long? Version,
    string? Document)
{
    public static Line From(LedgerEntry entry, Body body) => new(
        entry.Seq,
        entry.Id,
        entry.Kind,
        entry.At,
        Convert.ToHexStringLower(entry.Hash.Span),
        body switch
        {
            { Disclosure: { } disclosure } => Key(
                OperationKind.Disclose, RuleBook.Shipped.System(disclosure.Request.System)?.Organisation, disclosure.Request.Purpose, disclosure.Request.Targets, null),
            { Consent: { } granted } when entry.Kind == LedgerKinds.ConsentGranted => Key(
                OperationKind.Grant, granted.Consent.Recipient, granted.Consent.Purpose, granted.Consent.Targets, granted.Consent.Limit?.Count),
            { Consent: { } withdrawn } when entry.Kind == LedgerKinds.ConsentWithdrawn => Withdrawal(withdrawn.Consent.Id),
            { Document: { } document } => Push(document.Kind, document.IssuerVersion),
            _ => null,
        },
        body.Disclosure is { } decided ? [.. decided.Decision.Targets.Where(target => target.Released).Select(target => target.Target)] : [],
        body switch
        {
            { Disclosure: { } used } => [.. used.Decision.ConsentsUsed()],
            { Consent: { } consent } => [consent.Consent.Id],
            _ => [],
        },
        body.Document?.IssuerVersion,
        body.Document?.Kind);

    /// <summary>What entries of an operation have in common.</summary>
    public static string Of(Operation operation) => operation.Kind switch
    {
        OperationKind.Withdraw => Withdrawal(operation.Consent!.Value),
        OperationKind.Push => Push(DocumentOf(operation), operation.Version!.Value),
        _ => Key(operation.Kind, operation.Recipient, operation.Purpose, operation.Targets, operation.Uses),
    };

    /// <summary>The kind of document of which an operation speaks.</summary>
    public static string? DocumentOf(Operation operation) =>
        operation.Targets.Select(target => target.Split('.')).FirstOrDefault(parts => parts is ["document", _, _])?[1];

    private static string Key(OperationKind kind, string? recipient, string? purpose, IEnumerable<string> targets, int? uses) =>
        $"{kind} {recipient} {purpose} {string.Join(' ', targets.Order(StringComparer.Ordinal))} {uses}";

    private static string Withdrawal(Guid consent) => $"{OperationKind.Withdraw} {consent}";

    private static string Push(string? document, long version) => $"{OperationKind.Push} {document} {version}";
}

/// <summary>The body of an entry, read once.</summary>
internal sealed record Body(DisclosureBody? Disclosure = null, ConsentBody? Consent = null, DocumentBody? Document = null, ImportBody? Import = null)
{
    public static Body Of(LedgerEntry entry) => entry.Kind switch
    {
        LedgerKinds.Disclosure => new Body(Disclosure: DomainJson.Read<DisclosureBody>(entry.Body)),
        LedgerKinds.ConsentGranted or LedgerKinds.ConsentRefused or LedgerKinds.ConsentWithdrawn => new Body(Consent: DomainJson.Read<ConsentBody>(entry.Body)),
        LedgerKinds.DocumentPut => new Body(Document: DomainJson.Read<DocumentBody>(entry.Body)),
        LedgerKinds.RecordImported => new Body(Import: DomainJson.Read<ImportBody>(entry.Body)),
        _ => new Body(),
    };
}
