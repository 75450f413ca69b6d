using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Contracts;

namespace Platform.Api.Me;

/// <summary>The citizen's decision on a request for consent; nothing in it has a default that would mean yes.</summary>
sealed record RequestDecision : IChecked
{
    const string Channel = "portal";

    /// <summary>True to grant what was chosen, false to refuse all of it.</summary>
    public required bool Granted { get; init; }

    /// <summary>Of the targets asked for, those that are granted; empty if refused.</summary>
    [MaxLength(TargetNames.Most)]
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>Language of the text that was shown.</summary>
    [AllowedValues("vi", "en")]
    public required string Language { get; init; }

    /// <summary>The hash that came with the text that was shown.</summary>
    [RegularExpression("^[0-9a-f]{64}$")]
    public required string TextHash { get; init; }

    public void Check(InputCheck check)
    {
        if (Granted || !Targets.IsEmpty)
        {
            TargetNames.Check(check, Targets, "/targets");
        }

        ShownText.CheckLanguage(check, Language, "/language");
        ShownText.CheckHash(check, TextHash, "/textHash");
        if (!Granted && !Targets.IsEmpty)
        {
            check.Refuse(ErrorCodes.RequestTargetsInvalid, "/targets");
        }
    }

    public RequestDecisionCall ToCall(string operationKey, Guid request, int identityLevel) => new()
    {
        OperationKey = operationKey,
        Request = request,
        Granted = Granted,
        Targets = Targets,
        Channel = Channel,
        IdentityLevel = identityLevel,
        Language = Language,
        TextHash = TextHash,
    };
}
