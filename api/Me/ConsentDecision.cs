using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Contracts;
using Platform.Domain.Consents;

namespace Platform.Api.Me;

/// <summary>The citizen's own decision on one recipient and one purpose; nothing in it has a default that would mean yes.</summary>
sealed record ConsentDecision : IChecked
{
    public static string? LinesAt => ShownText.TextPointer;

    /// <summary>Organisation id of the rule book in force.</summary>
    [MaxLength(100)]
    public required string Recipient { get; init; }

    /// <summary>Purpose code.</summary>
    [MaxLength(100)]
    public required string Purpose { get; init; }

    /// <summary>Attribute paths and predicate names (without argument), each once.</summary>
    [MinLength(1), MaxLength(TargetNames.Most)]
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>True to grant, false to record a refusal.</summary>
    public required bool Granted { get; init; }

    /// <summary>First instant at which it counts; null for now.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>First instant at which it no longer counts.</summary>
    public required DateTimeOffset ValidTo { get; init; }

    /// <summary>How often it may be used; null for no limit.</summary>
    public FrequencyLimit? Limit { get; init; }

    /// <summary>For how many days the recipient may keep what it receives.</summary>
    [Range(1, 3650)]
    public required int DataLifeDays { get; init; }

    /// <summary>What was shown to the citizen.</summary>
    public required ShownText Evidence { get; init; }

    public void Check(InputCheck check)
    {
        check.Text(Recipient, "/recipient", 100);
        check.Purpose(Purpose, "/purpose");
        check.Range(DataLifeDays, 1, 3650, "/dataLifeDays");
        check.Range(Limit?.Count ?? 1, 1, 1_000_000, "/limit/count");
        if (ValidTo <= ValidFrom)
        {
            check.Refuse(ErrorCodes.ConsentTermsInvalid, "/validTo");
        }

        Evidence.Check(check);
        TargetNames.Check(check, Targets, "/targets");
    }

    public ConsentCall ToCall(string operationKey, int identityLevel) => new()
    {
        OperationKey = operationKey,
        Recipient = Recipient,
        Purpose = Purpose,
        Targets = Targets,
        Granted = Granted,
        ValidFrom = ValidFrom,
        ValidTo = ValidTo,
        LimitCount = Limit?.Count,
        LimitPer = Limit?.Per,
        DataLifeDays = DataLifeDays,
        Channel = Evidence.Channel,
        IdentityLevel = identityLevel,
        TextVersion = Evidence.TextVersion,
        Language = Evidence.Language,
        TextHash = Evidence.TextHash,
        Text = Evidence.Text,
    };
}

/// <summary>The text on which the citizen decided, so that the decision can be proved.</summary>
sealed record ShownText
{
    public const string TextPointer = "/evidence/text";
    const int LongestText = 20_000;

    /// <summary>Where it was shown, such as <c>portal</c> or <c>counter</c>.</summary>
    [MaxLength(40)]
    public required string Channel { get; init; }

    /// <summary>Version of the text.</summary>
    [MaxLength(40)]
    public required string TextVersion { get; init; }

    /// <summary>Language of the text.</summary>
    [AllowedValues("vi", "en")]
    public required string Language { get; init; }

    /// <summary>SHA-256 of the text, lower-case hexadecimal.</summary>
    [RegularExpression("^[0-9a-f]{64}$")]
    public required string TextHash { get; init; }

    /// <summary>The text itself, where it can be sent, with line feeds between its paragraphs; it is kept with the decision.</summary>
    [MaxLength(LongestText)]
    public string? Text { get; init; }

    public void Check(InputCheck check)
    {
        check.Text(Channel, "/evidence/channel", 40);
        check.Text(TextVersion, "/evidence/textVersion", 40);
        if (Text is not null && (string.IsNullOrWhiteSpace(Text) || Text.Length > LongestText))
        {
            check.Refuse(string.IsNullOrWhiteSpace(Text) ? ErrorCodes.TextEmpty : ErrorCodes.TextTooLong, TextPointer);
        }

        CheckLanguage(check, Language, "/evidence/language");
        CheckHash(check, TextHash, "/evidence/textHash");
    }

    public static void CheckLanguage(InputCheck check, string language, string pointer)
    {
        if (language is not ("vi" or "en"))
        {
            check.Refuse(ErrorCodes.EvidenceInvalid, pointer);
        }
    }

    public static void CheckHash(InputCheck check, string hash, string pointer)
    {
        if (hash.Length != 64 || !hash.All(digit => char.IsAsciiHexDigitLower(digit)))
        {
            check.Refuse(ErrorCodes.EvidenceInvalid, pointer);
        }
    }
}
