using System.ComponentModel.DataAnnotations;
using Platform.Api.Callers;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Contracts;

namespace Platform.Api.Disclosures;

/// <summary>
/// The official behind a request: either a personal ID, recorded masked only, or a staff code. Where the token proves the official, neither is
/// needed, and the personal ID and level of the token count.
/// </summary>
sealed record OfficialReference
{
    /// <summary>Twelve digits.</summary>
    [RegularExpression("^[0-9]{12}$")]
    public string? PersonalId { get; init; }

    /// <summary>The organisation's own code for the official, where there is no personal ID.</summary>
    [MaxLength(50)]
    public string? StaffCode { get; init; }

    /// <summary>The role in which the official acts.</summary>
    [MaxLength(100)]
    public required string Role { get; init; }

    /// <summary>The unit in which the official works.</summary>
    [MaxLength(200)]
    public string? Unit { get; init; }

    /// <summary>e-ID level with which the official is logged in; that of the live session where the token proves the official.</summary>
    [Range(1, 2)]
    public int? IdentityLevel { get; init; }

    public void Check(InputCheck check)
    {
        // A personal ID given as a staff code would be recorded in clear.
        if ((PersonalId is not null && StaffCode is not null) || Domain.Citizens.PersonalId.TryParse(StaffCode, out _))
        {
            check.Refuse(ErrorCodes.OfficialIncomplete, "/official");
        }

        check.PersonalId(PersonalId, "/official/personalId");
        check.Text(StaffCode, "/official/staffCode", 50);
        check.Text(Role, "/official/role", 100);
        check.Text(Unit, "/official/unit", 200);
        check.Range(IdentityLevel ?? 1, 1, 2, "/official/identityLevel");
    }

    /// <summary>Whether this says what must be said next to what the token proves, and nothing else.</summary>
    public static InputError? Contradiction(OfficialReference? official, ProvenOfficial? proven) => (official, proven) switch
    {
        (null, null) => null,
        // A role is recorded with every official, and no token knows it.
        (null, _) => At(ErrorCodes.OfficialIncomplete, "/official"),
        ({ PersonalId: null, StaffCode: null }, null) => At(ErrorCodes.OfficialIncomplete, "/official"),
        ({ StaffCode: not null }, not null) => At(ErrorCodes.OfficialMismatch, "/official/staffCode"),
        ({ PersonalId: { } named }, not null) when named != proven.PersonalId.Reveal() => At(ErrorCodes.OfficialMismatch, "/official/personalId"),
        _ => null,
    };

    public OfficialCall ToCall(ProvenOfficial? proven) => new()
    {
        PersonalId = proven?.PersonalId.Reveal() ?? PersonalId,
        StaffCode = StaffCode,
        Role = Role,
        Unit = Unit,
        IdentityLevel = proven?.Level ?? IdentityLevel,
    };

    static InputError At(ApiError code, string pointer) => new() { Code = code.Code, Pointer = pointer };
}
