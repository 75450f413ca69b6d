using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Security;

/// <summary>The account's states, factors, places and history in words; a code that has none yet is shown as it is.</summary>
static class AccountTexts
{
    public static string State(Words words, string state) => state switch
    {
        "registered" => words.T("Chưa kích hoạt", "Not activated"),
        "active" => words.T("Đang hoạt động", "Active"),
        "locked" => words.T("Đang bị khoá", "Locked"),
        "cancelled" => words.T("Đã huỷ", "Ended"),
        _ => state,
    };

    public static string Device(Words words, string kind) => kind switch
    {
        "totp" or "otp" => words.T("Ứng dụng xác thực", "Authenticator app"),
        "passkey" => words.T("Khoá truy cập (passkey)", "Passkey"),
        "approval" => words.T("Thiết bị xác nhận", "Approving device"),
        _ => kind,
    };

    public static string Role(Words words, string role) => role switch
    {
        "one-stop-officer" => words.T("Cán bộ một cửa", "One-stop officer"),
        "rule-owner" => words.T("Người quản lý quy tắc chia sẻ", "Owner of sharing rules"),
        "eid-officer" => words.T("Cán bộ cấp định danh điện tử", "Officer who issues e-IDs"),
        "identity-admin" => words.T("Quản trị định danh điện tử", "Administrator of e-IDs"),
        _ => role,
    };

    public static string Place(Words words, string place) => place.Length > 0 ? place : words.T("Không rõ nơi đăng nhập", "Place not known");

    /// <summary>How a login was proved; what says nothing to people is left out.</summary>
    public static string Methods(Words words, IEnumerable<string> methods) =>
        string.Join(", ", methods.Where(method => method is not ("mfa" or "user")).Select(method => Method(words, method)).Distinct());

    static string Method(Words words, string method) => method switch
    {
        "pwd" => words.T("mật khẩu", "password"),
        "otp" => words.T("mã dùng một lần", "one-time code"),
        "hwk" or "swk" => words.T("khoá truy cập", "passkey"),
        "mca" => words.T("thiết bị xác nhận", "approving device"),
        "fed" => words.T("định danh quốc gia", "national e-ID"),
        _ => method,
    };
}
