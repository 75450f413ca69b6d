using Platform.Contracts;

namespace Platform.Identity.Pages.Account;

/// <summary>Names of states, factors and history lines for people.</summary>
static class EventTexts
{
    public static (string Vi, string En) Of(EidState state) => state switch
    {
        EidState.Registered => ("Chưa kích hoạt", "Not activated"),
        EidState.Active => ("Đang hoạt động", "Active"),
        EidState.Locked => ("Đang bị khóa", "Locked"),
        _ => ("Đã hủy", "Ended"),
    };

    public static (string Vi, string En) Of(FactorKind kind) => kind switch
    {
        FactorKind.Password => ("Mật khẩu", "Password"),
        FactorKind.Totp => ("Ứng dụng xác thực", "Authenticator app"),
        FactorKind.Passkey => ("Khóa truy cập", "Passkey"),
        FactorKind.Approval => ("Thiết bị xác nhận", "Approving device"),
        FactorKind.RecoveryCode => ("Mã khôi phục", "Recovery code"),
        _ => ("Định danh quốc gia", "National e-ID"),
    };

    public static (string Vi, string En) Method(string amr) => amr switch
    {
        "pwd" => Of(FactorKind.Password),
        "otp" => Of(FactorKind.Totp),
        "hwk" or "swk" => Of(FactorKind.Passkey),
        "mca" => Of(FactorKind.Approval),
        "fed" => Of(FactorKind.Upstream),
        "mfa" => ("Hai yếu tố", "Two factors"),
        "user" => ("Xác minh người dùng", "User verified"),
        _ => (amr, amr),
    };

    /// <summary>A line of the history; one that has no words yet is shown by its code.</summary>
    public static (string Vi, string En) Kind(string code) => code switch
    {
        "login.ok" => ("Đăng nhập", "Login"),
        "login.refused" => ("Đăng nhập bị từ chối", "Login refused"),
        "login.blocked" => ("Đăng nhập bị chặn vì thử quá nhiều", "Login stopped: too many attempts"),
        "login.stepped-up" => ("Nâng mức độ phiên", "Session raised"),
        "session.ended" => ("Kết thúc phiên", "Session ended"),
        "sessions.ended" => ("Kết thúc nhiều phiên", "Sessions ended"),
        "device.added" => ("Thêm thiết bị", "Device added"),
        "device.removed" => ("Xóa thiết bị", "Device removed"),
        "password.changed" => ("Đổi mật khẩu", "Password changed"),
        "recovery-codes.issued" => ("Cấp mã khôi phục", "Recovery codes issued"),
        "recovery-code.used" => ("Dùng mã khôi phục", "Recovery code used"),
        "approval.denied" => ("Từ chối trên thiết bị", "Denied on a device"),
        "claims.approved" => ("Cho phép chia sẻ thông tin", "Data sharing allowed"),
        "claims.withdrawn" => ("Rút lại cho phép chia sẻ", "Data sharing taken back"),
        "account.registered" => ("Đăng ký tài khoản", "Account registered"),
        "account.activated" => ("Kích hoạt tài khoản", "Account activated"),
        "account.locked" => ("Khóa tài khoản", "Account locked"),
        "account.unlocked" => ("Mở khóa tài khoản", "Account unlocked"),
        "account.cancelled" => ("Hủy tài khoản", "Account ended"),
        "level.raised" => ("Nâng lên mức độ 2", "Raised to level 2"),
        "level.lowered" => ("Hạ xuống mức độ 1", "Lowered to level 1"),
        "factors.reset" => ("Cấp lại phương thức xác thực", "Factors reset"),
        "representative.set" => ("Có người đại diện mới", "Representative set"),
        "representative.ended" => ("Tài khoản của riêng bạn, không còn người đại diện", "The account is your own, without a representative"),
        "upstream.linked" => ("Liên kết với định danh quốc gia", "Tied to the national e-ID"),
        "roles.set" => ("Thay đổi vai trò", "Roles changed"),
        _ => (code, code),
    };
}
