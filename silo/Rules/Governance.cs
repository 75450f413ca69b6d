using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;

namespace Platform.Silo.Rules;

/// <summary>Rule books and suspensions as the governance ledger tells them: a fold over its entries.</summary>
internal sealed record Governance
{
    /// <summary>The ledger's subject; not twelve digits, so no citizen's.</summary>
    public const string Subject = "rules";

    public static Governance Empty { get; } = new();

    public LedgerHead Head { get; private init; } = LedgerHead.Empty;

    public ImmutableSortedDictionary<int, GovernedBook> Books { get; private init; } = ImmutableSortedDictionary<int, GovernedBook>.Empty;

    public ImmutableDictionary<string, Standing> Standings { get; private init; } = ImmutableDictionary<string, Standing>.Empty;

    /// <summary>The book in force: of those published and already effective the one that became effective last.</summary>
    public GovernedBook? InForce(DateTimeOffset now) => Books.Values
        .Where(book => book.EffectiveFrom <= now)
        .OrderBy(book => book.EffectiveFrom)
        .ThenBy(book => book.Book.Number)
        .LastOrDefault();

    public Governance After(LedgerEntry entry)
    {
        if (!entry.Extends(Head))
        {
            throw new InvalidDataException($"The governance ledger is broken at entry {entry.Seq}; run verify-ledger and restore it from a backup.");
        }

        return Apply(entry) with { Head = entry.Head };
    }

    private Governance Apply(LedgerEntry entry)
    {
        switch (entry.Kind)
        {
            case LedgerKinds.RuleBookDrafted:
                var drafted = DomainJson.Read<DraftedBody>(entry.Body);
                return With(new GovernedBook(drafted.Book, RuleBookState.Drafted, drafted.Person, drafted.OperationKey, entry.At));
            case LedgerKinds.RuleBookReviewed:
                var reviewed = DomainJson.Read<ReviewedBody>(entry.Body);
                return With(Books[reviewed.Number] with
                {
                    State = reviewed.Approved ? RuleBookState.Approved : RuleBookState.Rejected,
                    ReviewedBy = reviewed.Person,
                    Comment = reviewed.Comment,
                });
            case LedgerKinds.RuleBookPublished:
                var published = DomainJson.Read<PublishedBody>(entry.Body);
                return With(Books[published.Number] with
                {
                    State = RuleBookState.Published,
                    PublishedBy = published.Person,
                    EffectiveFrom = published.EffectiveFrom,
                });
            case LedgerKinds.SystemSuspended or LedgerKinds.SystemResumed:
                var standing = DomainJson.Read<StandingBody>(entry.Body);
                var suspended = entry.Kind == LedgerKinds.SystemSuspended;
                return this with { Standings = Standings.SetItem(standing.System, new Standing(suspended, standing.Person, standing.Cause, entry.At)) };
            default:
                throw new InvalidDataException($"The governance ledger holds an entry of a kind that this release does not know: {entry.Kind}.");
        }
    }

    private Governance With(GovernedBook book) => this with { Books = Books.SetItem(book.Book.Number, book) };
}

/// <summary>A rule book and how it came about.</summary>
internal sealed record GovernedBook(RuleBook Book, RuleBookState State, string DraftedBy, string OperationKey, DateTimeOffset DraftedAt)
{
    public string? ReviewedBy { get; init; }

    public string? Comment { get; init; }

    public string? PublishedBy { get; init; }

    public DateTimeOffset? EffectiveFrom { get; init; }

    public RuleBookView View(bool withContent) => new()
    {
        Number = Book.Number,
        State = State,
        DraftedBy = DraftedBy,
        ReviewedBy = ReviewedBy,
        Comment = Comment,
        PublishedBy = PublishedBy,
        EffectiveFrom = EffectiveFrom,
        Book = withContent ? DomainJson.Write(Book) : null,
    };
}

internal sealed record Standing(bool Suspended, string Person, string Cause, DateTimeOffset At);

/// <summary>Body of <see cref="LedgerKinds.RuleBookDrafted"/>.</summary>
public sealed record DraftedBody(string Person, string OperationKey, RuleBook Book);

/// <summary>Body of <see cref="LedgerKinds.RuleBookReviewed"/>.</summary>
public sealed record ReviewedBody(int Number, string Person, bool Approved, string Comment);

/// <summary>Body of <see cref="LedgerKinds.RuleBookPublished"/>.</summary>
public sealed record PublishedBody(int Number, string Person, DateTimeOffset EffectiveFrom);

/// <summary>Body of <see cref="LedgerKinds.SystemSuspended"/> and <see cref="LedgerKinds.SystemResumed"/>.</summary>
public sealed record StandingBody(string System, string Person, string Cause);
