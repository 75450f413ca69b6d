using Platform.Domain;
using Platform.Identity.Pages.Shell;

namespace Platform.Identity.Pages.Entry;

/// <summary>A page that only says something: what happened, what to do next, and where to go.</summary>
public sealed record Message(LocalText Title, LocalText Next, string? Link = null, LocalText? LinkText = null)
{
    public static Message Expired { get; } = new(
        Say("Yêu cầu đã hết hạn", "This request has run out"),
        Say("Quay lại dịch vụ bạn đang dùng và bắt đầu đăng nhập lại. Mỗi yêu cầu có hiệu lực 15 phút và chỉ dùng được trên trình duyệt đã mở nó.",
            "Go back to the service you were using and start the login again. A request lives fifteen minutes and works only in the browser that opened it."));

    public static Message BadForm { get; } = new(
        Say("Không nhận được biểu mẫu", "The form could not be taken"),
        Say("Trang đã để mở quá lâu hoặc nội dung quá lớn. Quay lại, tải lại trang rồi gửi lại.", "The page was open for too long, or too much was sent. Go back, reload the page and send it again."));

    public static Message Busy { get; } = new(
        Say("Hệ thống đang bận", "The system is busy"),
        Say("Chờ vài giây rồi tải lại trang. Chưa có gì bị thay đổi.", "Wait a few seconds, then reload the page. Nothing has been changed."));

    public static Message NotFound { get; } = new(
        Say("Không tìm thấy trang", "Page not found"),
        Say("Kiểm tra địa chỉ, hoặc mở trang tài khoản của bạn.", "Check the address, or open your account page."),
        Addresses.Account,
        Say("Trang tài khoản", "Account page"));

    public static Message LoggedOut { get; } = new(
        Say("Bạn đã đăng xuất", "You are logged out"),
        Say("Các dịch vụ đã đăng nhập bằng phiên này cũng đã được thông báo. Trên máy dùng chung, hãy đóng trình duyệt.",
            "The services of this session have been told too. On a shared computer, close the browser."),
        Addresses.Account,
        Say("Đăng nhập lại", "Log in again"));

    public static Message Locked { get; } = new(
        Say("Tài khoản đã được khóa", "Your account is locked"),
        Say("Mọi phiên đăng nhập đã kết thúc. Khi muốn dùng lại, mở trang Mở khóa tài khoản và đăng nhập bằng mật khẩu cùng yếu tố thứ hai.",
            "All sessions have ended. To use it again, open the page Unlock my account and log in with your password and second factor."),
        Addresses.Unlock,
        Say("Mở khóa tài khoản", "Unlock my account"));

    public static Message Activated { get; } = new(
        Say("Tài khoản đã được kích hoạt", "Your account is activated"),
        Say("Bước tiếp theo: đăng nhập và đăng ký một thiết bị trong vòng 7 ngày, để dùng được mức độ 2.",
            "Next: log in and register a device within seven days, so that you can use level 2."),
        Addresses.Devices,
        Say("Đăng nhập và đăng ký thiết bị", "Log in and register a device"));

    static LocalText Say(string vi, string en) => new() { Vi = vi, En = en };
}
