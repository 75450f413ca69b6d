using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Platform.Api.Disclosures;
using Platform.Api.Input;
using Platform.Contracts;
using Platform.Domain.Consents;

namespace Platform.Api.ConsentRequests;

/// <summary>What a sector system asks a citizen to consent to.</summary>
sealed record ConsentRequestAsk : IChecked
{
    /// <summary>The person asked.</summary>
    public required SubjectReference Subject { get; init; }

    /// <summary>Purpose code of the rule book in force.</summary>
    [MaxLength(100)]
    public required string Purpose { get; init; }

    /// <summary>Attribute paths and predicate names (without argument), each once; no more than the purpose needs.</summary>
    [MinLength(1), MaxLength(TargetNames.Most)]
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>For how many days from the citizen's decision the consent is to count.</summary>
    [Range(1, 3650)]
    public required int Days { get; init; }

    /// <summary>For how many days the data is to be kept after it was received.</summary>
    [Range(1, 3650)]
    public required int DataLifeDays { get; init; }

    /// <summary>How often the consent is to be used; null for no limit.</summary>
    public FrequencyLimit? Limit { get; init; }

    /// <summary>Reference of the case or dossier, so that the citizen recognises it.</summary>
    [MaxLength(100)]
    public string? CaseReference { get; init; }

    /// <summary>What the citizen is told in the system's own words.</summary>
    [MaxLength(500)]
    public string? Note { get; init; }

    public void Check(InputCheck check)
    {
        check.PersonalId(Subject.PersonalId, "/subject/personalId");
        check.Purpose(Purpose, "/purpose");
        check.Range(Days, 1, 3650, "/days");
        check.Range(DataLifeDays, 1, 3650, "/dataLifeDays");
        check.Range(Limit?.Count ?? 1, 1, 1_000_000, "/limit/count");
        check.Text(CaseReference, "/caseReference", 100);
        check.Text(Note, "/note", 500);
        TargetNames.Check(check, Targets, "/targets");
    }

    public ConsentRequestCall ToCall(string operationKey, string system) => new()
    {
        OperationKey = operationKey,
        System = system,
        Purpose = Purpose,
        Targets = Targets,
        Days = Days,
        DataLifeDays = DataLifeDays,
        LimitCount = Limit?.Count,
        LimitPer = Limit?.Per,
        CaseReference = CaseReference,
        Note = Note,
    };
}
