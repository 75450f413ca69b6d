using System.Collections.Immutable;
using Platform.Domain.Catalogue;

namespace Platform.Domain.Sharing;

/// <summary>Finds what is wrong with a drafted rule book, before people review it.</summary>
public static class RuleBookCheck
{
    /// <summary>The most rules a book may have.</summary>
    public const int MaxRules = 5_000;

    /// <summary>The most findings that are told of one book.</summary>
    public const int MaxFindings = 200;

    private const int Format = 1;
    private const int MaxIdLength = 100;
    private static readonly ImmutableArray<string> OrganisationKinds = ["state", "court", "procuracy", "enterprise", "bank"];

    /// <summary>One plain sentence per finding; none if the book may be reviewed. Any book is checked, however malformed.</summary>
    public static ImmutableArray<string> Check(RuleBook book, AttributeCatalogue catalogue)
    {
        var findings = Findings(book, catalogue).Take(MaxFindings + 1).ToImmutableArray();
        return findings.Length <= MaxFindings
            ? findings
            : findings.SetItem(MaxFindings, $"There are more than {MaxFindings} findings; the others are not listed.");
    }

    private static IEnumerable<string> Findings(RuleBook book, AttributeCatalogue catalogue)
    {
        if (HasGaps(book))
        {
            return ["A list of the book holds nothing in the place of an entry."];
        }

        return Head(book)
            .Concat(Duplicates("organisation", book.Organisations.Select(organisation => organisation.Id)))
            .Concat(Duplicates("system", book.Systems.Select(system => system.Id)))
            .Concat(Duplicates("ground", book.Grounds.Select(ground => ground.Id)))
            .Concat(Duplicates("purpose", book.Purposes.Select(purpose => purpose.Code)))
            .Concat(Duplicates("rule", book.Rules.Select(rule => rule.Id)))
            .Concat(book.Organisations.SelectMany(Organisation))
            .Concat(book.Systems.SelectMany(system => System(system, book, catalogue)))
            .Concat(book.Grounds.SelectMany(Ground))
            .Concat(book.Purposes.SelectMany(purpose => Purpose(purpose, book)))
            .Concat(book.Rules.SelectMany(new RuleCheck(book, catalogue).Check));
    }

    private static bool HasGaps(RuleBook book) =>
        IsGap(book.Organisations) || IsGap(book.Systems) || IsGap(book.Grounds) || IsGap(book.Purposes) || IsGap(book.Rules)
        || book.Systems.Any(system => IsGap(system.Pushes)) || book.Rules.Any(rule => IsGap(rule.Targets) || IsGap(rule.When));

    private static bool IsGap<T>(ImmutableArray<T> items)
        where T : class => items.IsDefault || items.Any(item => item is null);

    private static IEnumerable<string> Head(RuleBook book)
    {
        if (book.Format != Format)
        {
            yield return $"The format of the book is {book.Format}; only {Format} can be read.";
        }

        if (IsEmpty(book.Title))
        {
            yield return "The book has no title in both languages.";
        }

        if (book.Rules.Length > MaxRules)
        {
            yield return $"The book has {book.Rules.Length} rules; it may have {MaxRules}.";
        }
    }

    private static IEnumerable<string> Organisation(Organisation organisation)
    {
        if (IsEmpty(organisation.Name))
        {
            yield return $"Organisation '{organisation.Id}' has no name in both languages.";
        }

        if (!OrganisationKinds.Contains(organisation.Kind))
        {
            yield return $"Organisation '{organisation.Id}' is of the unknown kind '{organisation.Kind}'.";
        }
    }

    private static IEnumerable<string> System(SectorSystem system, RuleBook book, AttributeCatalogue catalogue)
    {
        if (IsEmpty(system.Name))
        {
            yield return $"System '{system.Id}' has no name in both languages.";
        }

        if (!book.Organisations.Any(organisation => organisation.Id == system.Organisation))
        {
            yield return $"System '{system.Id}' belongs to the unknown organisation '{system.Organisation}'.";
        }

        if (system.DailyReleases is < 1)
        {
            yield return $"System '{system.Id}' is to have {system.DailyReleases} releases a day; suspend it instead, or give it at least 1.";
        }

        foreach (var kind in system.Pushes.Where(kind => !catalogue.DocumentKinds.ContainsKey(kind)))
        {
            yield return $"System '{system.Id}' is to push documents of the unknown kind '{kind}'.";
        }
    }

    private static IEnumerable<string> Ground(LegalGround ground)
    {
        if (IsEmpty(ground.Name) || string.IsNullOrWhiteSpace(ground.Article))
        {
            yield return $"Ground '{ground.Id}' lacks a name in both languages or its article.";
        }
    }

    private static IEnumerable<string> Purpose(Purpose purpose, RuleBook book)
    {
        if (IsEmpty(purpose.Name) || IsEmpty(purpose.Description) || string.IsNullOrWhiteSpace(purpose.Article))
        {
            yield return $"Purpose '{purpose.Code}' lacks a name or a description in both languages, or its article.";
        }

        if (string.IsNullOrWhiteSpace(purpose.Ground))
        {
            yield return $"Purpose '{purpose.Code}' has no legal ground.";
        }
        else if (!book.Grounds.Any(ground => ground.Id == purpose.Ground))
        {
            yield return $"Purpose '{purpose.Code}' rests on the unknown ground '{purpose.Ground}'.";
        }
    }

    private static IEnumerable<string> Duplicates(string what, IEnumerable<string> ids)
    {
        foreach (var id in ids.GroupBy(id => id, StringComparer.Ordinal))
        {
            if (!IsId(id.Key))
            {
                yield return $"The {what} id '{id.Key}' is not made of lower-case letters, digits, points and hyphens.";
            }

            if (id.Skip(1).Any())
            {
                yield return $"The {what} id '{id.Key}' is given {id.Count()} times.";
            }
        }
    }

    // Ids stand in the tags that limits count by, where a blank separates them.
    private static bool IsId(string id) =>
        id.Length is > 0 and <= MaxIdLength && id.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-');

    internal static bool IsEmpty(LocalText text) => string.IsNullOrWhiteSpace(text.Vi) || string.IsNullOrWhiteSpace(text.En);
}
