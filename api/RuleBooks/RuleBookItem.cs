using Platform.Api.Catalogue;
using Platform.Contracts;
using Platform.Domain.Sharing;

namespace Platform.Api.RuleBooks;

/// <summary>A rule book and how it came about.</summary>
sealed record RuleBookItem
{
    /// <summary>Number.</summary>
    public required int Number { get; init; }

    /// <summary>Drafted, approved, rejected or published.</summary>
    public required RuleBookState State { get; init; }

    /// <summary>Who drafted it.</summary>
    public required string DraftedBy { get; init; }

    /// <summary>Who reviewed it.</summary>
    public required string? ReviewedBy { get; init; }

    /// <summary>The reviewer's comment.</summary>
    public required string? Comment { get; init; }

    /// <summary>Who published it.</summary>
    public required string? PublishedBy { get; init; }

    /// <summary>From when it is in force.</summary>
    public required DateTimeOffset? EffectiveFrom { get; init; }

    /// <summary>The book; null in lists.</summary>
    public required RuleBook? Book { get; init; }

    public static RuleBookItem From(RuleBookView view) => new()
    {
        Number = view.Number,
        State = view.State,
        DraftedBy = view.DraftedBy,
        ReviewedBy = view.ReviewedBy,
        Comment = view.Comment,
        PublishedBy = view.PublishedBy,
        EffectiveFrom = view.EffectiveFrom,
        Book = view.Book is null ? null : view.Read(),
    };
}
