using Platform.Contracts;

namespace Platform.Identity.Pages.Asking;

/// <summary>Names of identity claims for people.</summary>
static class ClaimTexts
{
    public static (string Vi, string En) Of(string claim) => claim switch
    {
        IdentityClaims.Name => ("Họ, chữ đệm và tên", "Full name"),
        IdentityClaims.BirthDate => ("Ngày sinh", "Date of birth"),
        IdentityClaims.Gender => ("Giới tính", "Sex"),
        IdentityClaims.PersonalId => ("Số định danh cá nhân (12 chữ số)", "Personal identification number (12 digits)"),
        _ => throw new ArgumentOutOfRangeException(nameof(claim)),
    };
}
