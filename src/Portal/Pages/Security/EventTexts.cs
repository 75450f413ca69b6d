using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Security;

/// <summary>What happened to an account, in words; a kind that has none yet is shown by its code.</summary>
static class EventTexts
{
    public static string Kind(Words words, string kind) => kind switch
    {
        "login.ok" => words.T("Đăng nhập", "Login"),
        "login.refused" => words.T("Đăng nhập bị từ chối", "Login refused"),
        "login.blocked" => words.T("Đăng nhập bị chặn vì thử sai quá nhiều lần", "Login stopped after too many wrong attempts"),
        "login.stepped-up" => words.T("Xác thực thêm để lên mức cao hơn", "One more proof, to a higher level"),
        "session.ended" => words.T("Kết thúc một phiên đăng nhập", "A session was ended"),
        "sessions.ended" => words.T("Kết thúc các phiên đăng nhập", "Sessions were ended"),
        "device.added" => words.T("Thêm thiết bị", "Device added"),
        "device.removed" => words.T("Xoá thiết bị", "Device removed"),
        "password.changed" => words.T("Đổi mật khẩu", "Password changed"),
        "recovery-codes.issued" => words.T("Tạo mã khôi phục mới", "New recovery codes made"),
        "recovery-code.used" => words.T("Dùng một mã khôi phục", "A recovery code was used"),
        "approval.denied" => words.T("Từ chối một lần đăng nhập trên thiết bị xác nhận", "A login was denied on the approving device"),
        "claims.approved" => words.T("Cho phép một dịch vụ nhận thông tin khi đăng nhập", "A service was allowed to receive data at login"),
        "claims.withdrawn" => words.T("Không cho dịch vụ nhận thông tin khi đăng nhập nữa", "A service no longer receives data at login"),
        "account.registered" => words.T("Đăng ký tài khoản", "Account registered"),
        "account.activated" => words.T("Kích hoạt tài khoản", "Account activated"),
        "account.locked" => words.T("Khoá tài khoản", "Account locked"),
        "account.unlocked" => words.T("Mở khoá tài khoản", "Account unlocked"),
        "account.cancelled" => words.T("Huỷ tài khoản", "Account ended"),
        "level.raised" => words.T("Nâng lên mức 2", "Raised to level 2"),
        "level.lowered" => words.T("Hạ xuống mức 1", "Lowered to level 1"),
        "factors.reset" => words.T("Cấp lại cách xác thực", "Ways to log in were reset"),
        "representative.set" => words.T("Có người đại diện mới", "New representative"),
        "representative.ended" => words.T("Tài khoản do bạn tự dùng, không còn người đại diện", "The account is your own, without a representative"),
        "upstream.linked" => words.T("Liên kết với định danh quốc gia", "Tied to the national e-ID"),
        "roles.set" => words.T("Thay đổi vai trò cán bộ", "Official roles changed"),
        _ => kind,
    };

    /// <summary>True for what a person should look at twice.</summary>
    public static bool IsWarning(string kind) => kind is "login.refused" or "login.blocked" or "approval.denied" or "recovery-code.used" or "account.locked" or "factors.reset";

    /// <summary>Where, how and by whom; null if nothing is known.</summary>
    public static string? Details(Words words, AccountEvent line)
    {
        string?[] parts =
        [
            line.Place,
            Detail(words, line.Kind, line.Detail),
            line.Official is null ? null : words.T($"thực hiện: {line.Official}", $"by {line.Official}"),
        ];
        var told = string.Join(" · ", parts.Where(part => !string.IsNullOrEmpty(part)));
        return told.Length == 0 ? null : told;
    }

    static string? Detail(Words words, string kind, string? detail) => (kind, detail) switch
    {
        (_, null) => null,
        ("login.ok" or "login.stepped-up", _) => AccountTexts.Methods(words, detail.Split(' ')),
        ("session.ended" or "sessions.ended", _) => Reason(words, detail),
        ("device.added", _) when detail.Split(' ', 2) is [var device, var name] => $"{AccountTexts.Device(words, device)}: {name}",
        ("account.registered" or "level.raised", _) => Check(words, detail),
        ("roles.set", _) when detail.Split(": ", 2) is [var roles, var reason] => $"{string.Join(", ", roles.Split(' ').Select(role => AccountTexts.Role(words, role)))}: {reason}",
        ("claims.approved" or "claims.withdrawn", _) => words.T($"dịch vụ: {detail}", $"service: {detail}"),
        _ => detail,
    };

    static string Check(Words words, string detail) => detail.Split(' ') switch
    {
        ["face", ..] => words.T("đã đối chiếu khuôn mặt", "face checked"),
        ["fingerprint", ..] => words.T("đã đối chiếu vân tay", "fingerprint checked"),
        ["upstream"] => words.T("qua định danh quốc gia", "through the national e-ID"),
        _ => detail,
    };

    static string Reason(Words words, string reason) => reason switch
    {
        "holder" => words.T("bạn tự kết thúc", "ended by you"),
        "logout" => words.T("đăng xuất", "logged out"),
        "replaced" => words.T("thay bằng lần đăng nhập mới", "replaced by a new login"),
        "representative" => words.T("người đại diện không còn quyền", "the representative may no longer act"),
        _ => reason,
    };
}
