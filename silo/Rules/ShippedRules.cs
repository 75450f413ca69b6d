using Platform.Domain;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Silo.Ledger;

namespace Platform.Silo.Rules;

/// <summary>Puts the rule book of the product in force in a new province; whichever silo comes first does it.</summary>
internal static class ShippedRules
{
    public const string Author = "product";
    public const string Installer = "installation";

    public static async Task Install(LedgerStore store, ILedgerAppender appender, TimeProvider clock)
    {
        var known = await store.Read(Governance.Subject, 0, 2);
        if (known.Length == 2)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var book = RuleBook.Shipped;
        var lane = await appender.OpenLane(CancellationToken.None);
        var digest = BatchDigest.Start;
        var batch = 0;
        if (known.IsEmpty)
        {
            // Losing an append means that another silo is doing the same: its entries hold the same book.
            var drafted = Entry(LedgerHead.Empty, LedgerKinds.RuleBookDrafted, now, new DraftedBody(Author, "installation", book));
            digest = (await appender.Append(lane, ++batch, digest, [drafted], CancellationToken.None)).Digest;
            known = await store.Read(Governance.Subject, 0, 1);
        }

        var published = Entry(known[^1].Head, LedgerKinds.RuleBookPublished, now, new PublishedBody(book.Number, Installer, now));
        await appender.Append(lane, ++batch, digest, [published], CancellationToken.None);
    }

    private static LedgerEntry Entry<TBody>(LedgerHead head, string kind, DateTimeOffset now, TBody body) => LedgerEntry.Extend(
        head,
        Governance.Subject,
        new EntryDraft { Id = Guid.CreateVersion7(now), Kind = kind, At = now, Body = DomainJson.Write(body) });
}
