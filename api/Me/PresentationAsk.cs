using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Contracts;
using Platform.Domain.Catalogue;
using Platform.Domain.Presentations;

namespace Platform.Api.Me;

/// <summary>What the citizen wants to show of a document, and for how long; what is not named stays out.</summary>
sealed record PresentationAsk : IChecked
{
    const int LongestName = 100;

    /// <summary>The document.</summary>
    public required DocumentReference Document { get; init; }

    /// <summary>
    /// Attributes of the document by their own name (<c>number</c>, <c>validTo</c>, <c>class</c>) or path, and <c>profile.fullName</c> and
    /// <c>profile.birthDate</c>, each once. Kind and state of the document are always shown.
    /// </summary>
    [MinLength(1), MaxLength(PresentationScope.MostAttributes)]
    public required ImmutableArray<string> Attributes { get; init; }

    /// <summary>For how many minutes the code is to count.</summary>
    [Range(1, 5)]
    public required int Minutes { get; init; }

    ImmutableArray<string> Paths => [.. Attributes.Select(name => PresentationScope.Path(Document.Kind, name))];

    public void Check(InputCheck check)
    {
        check.Text(Document.Number, "/document/number", LongestName);
        check.Range(Minutes, 1, 5, "/minutes");
        if (!AttributeCatalogue.Shipped.DocumentKinds.ContainsKey(Document.Kind))
        {
            check.Refuse(ErrorCodes.DocumentKindUnknown, "/document/kind");
            return;
        }

        var isPossible = Attributes.Length is > 0 and <= PresentationScope.MostAttributes
            && Paths.Distinct().Count() == Attributes.Length
            && Paths.All(path => PresentationScope.Covers(Document.Kind, path));
        if (!isPossible)
        {
            check.Refuse(ErrorCodes.PresentationAttributesInvalid, "/attributes");
        }
    }

    public PresentationCall ToCall(string operationKey) => new()
    {
        OperationKey = operationKey,
        Kind = Document.Kind,
        Number = Document.Number,
        Attributes = Paths,
        Minutes = Minutes,
    };
}
