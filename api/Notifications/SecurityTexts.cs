using Platform.Domain;

namespace Platform.Api.Notifications;

/// <summary>What happened to an account, by the code of its history.</summary>
static class SecurityTexts
{
    public static LocalText Of(string code) => code switch
    {
        "device.added" => Both("Thiết bị hoặc yếu tố xác thực mới được thêm", "A device or factor was added"),
        "device.removed" => Both("Thiết bị hoặc yếu tố xác thực bị gỡ", "A device or factor was removed"),
        "password.changed" => Both("Mật khẩu đã được đổi", "The password was changed"),
        "recovery-codes.issued" => Both("Mã khôi phục mới được cấp", "New recovery codes were issued"),
        "recovery-code.used" => Both("Một mã khôi phục đã được dùng", "A recovery code was used"),
        "account.locked" or "account.locked-by-record" => Both("Tài khoản đã bị khóa", "The account was locked"),
        "account.unlocked" => Both("Tài khoản đã được mở khóa", "The account was unlocked"),
        "level.raised" => Both("Mức độ định danh được nâng", "The identity level was raised"),
        "level.lowered" => Both("Mức độ định danh bị hạ", "The identity level was lowered"),
        "factors.reset" => Both("Các yếu tố xác thực được đặt lại", "The factors were reset"),
        "upstream.linked" => Both("Tài khoản được liên kết với tài khoản định danh khác", "The account was linked to another identity"),
        "roles.set" => Both("Vai trò của tài khoản thay đổi", "The account's roles changed"),
        _ => Both("Có thay đổi về an toàn tài khoản", "Something changed in the account's security"),
    };

    static LocalText Both(string vi, string en) => new() { Vi = vi, En = en };
}
