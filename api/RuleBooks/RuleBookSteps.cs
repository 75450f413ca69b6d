using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Platform.Api.Input;
using Platform.Domain;
using Platform.Domain.Sharing;

namespace Platform.Api.RuleBooks;

/// <summary>A book as it is drafted; it is given the next number.</summary>
sealed record RuleBookDraft : IChecked
{
    /// <summary>Title.</summary>
    public required LocalText Title { get; init; }

    /// <summary>Organisations that may receive.</summary>
    public required ImmutableArray<Organisation> Organisations { get; init; }

    /// <summary>Sector systems.</summary>
    public required ImmutableArray<SectorSystem> Systems { get; init; }

    /// <summary>Legal grounds.</summary>
    public required ImmutableArray<LegalGround> Grounds { get; init; }

    /// <summary>Purposes.</summary>
    public required ImmutableArray<Purpose> Purposes { get; init; }

    /// <summary>Rules, in the order in which they are tried.</summary>
    public required ImmutableArray<Rule> Rules { get; init; }

    // What a book may say is checked where books are kept, with findings in words.
    public void Check(InputCheck check)
    {
        check.Text(Title.Vi, "/title/vi", 300);
        check.Text(Title.En, "/title/en", 300);
    }

    public RuleBook ToBook() => new()
    {
        Number = 0,
        Title = Title,
        Organisations = Organisations,
        Systems = Systems,
        Grounds = Grounds,
        Purposes = Purposes,
        Rules = Rules,
    };
}

/// <summary>The word of a second person on a draft.</summary>
sealed record RuleBookReview : IChecked
{
    /// <summary>True to approve, false to reject for good.</summary>
    public required bool Approve { get; init; }

    /// <summary>Why.</summary>
    [MaxLength(1000)]
    public required string Comment { get; init; }

    public void Check(InputCheck check) => check.Text(Comment, "/comment", 1000);
}

/// <summary>When an approved draft comes into force.</summary>
sealed record RuleBookPublication : IChecked
{
    /// <summary>From when the book is in force.</summary>
    public required DateTimeOffset EffectiveFrom { get; init; }

    public void Check(InputCheck check)
    {
    }
}
