using System.ComponentModel.DataAnnotations;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Contracts;

namespace Platform.Api.Disclosures;

/// <summary>The official behind a request: either a personal ID, recorded masked only, or a staff code.</summary>
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

    /// <summary>e-ID level with which the official is logged in.</summary>
    [Range(1, 2)]
    public int? IdentityLevel { get; init; }

    public void Check(InputCheck check)
    {
        // A personal ID given as a staff code would be recorded in clear.
        if (PersonalId is null == StaffCode is null || Domain.Citizens.PersonalId.TryParse(StaffCode, out _))
        {
            check.Refuse(ErrorCodes.OfficialIncomplete, "/official");
        }

        check.PersonalId(PersonalId, "/official/personalId");
        check.Text(StaffCode, "/official/staffCode", 50);
        check.Text(Role, "/official/role", 100);
        check.Text(Unit, "/official/unit", 200);
        check.Range(IdentityLevel ?? 1, 1, 2, "/official/identityLevel");
    }

    public OfficialCall ToCall() => new()
    {
        PersonalId = PersonalId,
        StaffCode = StaffCode,
        Role = Role,
        Unit = Unit,
        IdentityLevel = IdentityLevel,
    };
}
