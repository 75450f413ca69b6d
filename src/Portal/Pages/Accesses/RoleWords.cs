using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Accesses;

/// <summary>Roles of officials in words; a role of which nothing is known is shown as it was named.</summary>
static class RoleWords
{
    public static string Say(Words words, string? role) => role switch
    {
        null or "" => words.T("Không nêu vai trò", "No role was named"),
        "officer" => words.T("Cán bộ", "Official"),
        "one-stop-officer" => words.T("Cán bộ bộ phận một cửa", "Official of the one-stop counter"),
        "insurance-officer" => words.T("Cán bộ bảo hiểm xã hội", "Social insurance official"),
        "tax-officer" => words.T("Cán bộ thuế", "Tax official"),
        "residence-officer" => words.T("Cán bộ quản lý cư trú", "Residence official"),
        "credit-officer" => words.T("Cán bộ tín dụng", "Credit officer"),
        "doctor" => words.T("Bác sĩ", "Doctor"),
        "teller" => words.T("Giao dịch viên", "Bank teller"),
        "judge" => words.T("Thẩm phán", "Judge"),
        _ => role,
    };
}
