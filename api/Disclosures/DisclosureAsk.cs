using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Platform.Api.Callers;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Contracts;
using Platform.Domain.Catalogue;
using Platform.Domain.Sharing;

namespace Platform.Api.Disclosures;

/// <summary>What a sector system asks about one person, and why.</summary>
sealed record DisclosureAsk : IChecked
{
    public const int MostTargets = 100;
    const int LongestTarget = 300;

    /// <summary>The person asked about.</summary>
    public required SubjectReference Subject { get; init; }

    /// <summary>Purpose code; one that the rule book in force does not have is denied, not malformed.</summary>
    [MaxLength(100)]
    public required string Purpose { get; init; }

    /// <summary>Attribute paths of the catalogue, each once.</summary>
    [MaxLength(MostTargets)]
    public ImmutableArray<string> Attributes { get; init; } = [];

    /// <summary>Predicates with their argument, such as <c>age.atLeast(18)</c>, each once.</summary>
    [MaxLength(MostTargets)]
    public ImmutableArray<string> Predicates { get; init; } = [];

    /// <summary>Reference of the case or dossier, where the rule asks for one.</summary>
    [MaxLength(100)]
    public string? CaseReference { get; init; }

    /// <summary>The official on whose behalf the system asks, where the rule asks for one.</summary>
    public OfficialReference? Official { get; init; }

    public void Check(InputCheck check)
    {
        check.PersonalId(Subject.PersonalId, "/subject/personalId");
        check.Purpose(Purpose, "/purpose");
        check.Text(CaseReference, "/caseReference", 100);
        Official?.Check(check);
        CheckTargets(check);
    }

    public DisclosureCall ToCall(Guid id, SystemCaller caller) => new()
    {
        Id = id,
        System = caller.Id,
        Purpose = Purpose,
        Targets = [.. Attributes, .. Predicates],
        CaseReference = CaseReference,
        Official = Official?.ToCall(caller.Official),
    };

    void CheckTargets(InputCheck check)
    {
        if (Attributes.Length + Predicates.Length is 0 or > MostTargets)
        {
            check.Refuse(Attributes.Length + Predicates.Length == 0 ? ErrorCodes.TargetsNone : ErrorCodes.TargetsTooMany, "/attributes");
            return;
        }

        var seen = new HashSet<string>();
        for (var index = 0; index < Attributes.Length; index++)
        {
            Refuse(check, CheckAttribute(Attributes[index], seen), $"/attributes/{index}");
        }

        for (var index = 0; index < Predicates.Length; index++)
        {
            Refuse(check, CheckPredicate(Predicates[index], seen), $"/predicates/{index}");
        }
    }

    static void Refuse(InputCheck check, ApiError? code, string pointer)
    {
        if (code is not null)
        {
            check.Refuse(code, pointer);
        }
    }

    static ApiError? CheckAttribute(string path, HashSet<string> seen) =>
        !AttributeCatalogue.Shipped.Attributes.ContainsKey(path) ? ErrorCodes.AttributeUnknown
        : !seen.Add(path) ? ErrorCodes.TargetsDuplicate
        : null;

    static ApiError? CheckPredicate(string text, HashSet<string> seen)
    {
        if (text.Length > LongestTarget)
        {
            return ErrorCodes.TextTooLong;
        }

        var target = Target.Parse(text);
        return !AttributeCatalogue.Shipped.Predicates.TryGetValue(target.Name, out var predicate) ? ErrorCodes.PredicateUnknown
            : !PredicateArgument.IsValid(predicate, target.Argument) ? ErrorCodes.PredicateArgumentMalformed
            : !seen.Add(text) ? ErrorCodes.TargetsDuplicate
            : null;
    }
}

/// <summary>A person by personal ID.</summary>
sealed record SubjectReference
{
    /// <summary>Twelve digits.</summary>
    [RegularExpression("^[0-9]{12}$")]
    public required string PersonalId { get; init; }
}
