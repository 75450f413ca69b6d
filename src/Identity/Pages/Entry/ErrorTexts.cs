using System.Collections.Frozen;
using Platform.Domain;

namespace Platform.Identity.Pages.Entry;

/// <summary>Faults of an authorization request that may not be sent back to the relying party (RFC 6749 section 4.1.2.1, RFC 9126).</summary>
static class ErrorTexts
{
    static readonly LocalText TellService = Say(
        "Quay lại dịch vụ và thử lại. Nếu vẫn lỗi, báo cho đơn vị quản lý dịch vụ mã lỗi trên trang này.",
        "Go back to the service and try again. If it fails again, tell the service's operator the code on this page.");

    static readonly LocalText WaitAndTry = Say("Chờ vài phút rồi thử lại từ dịch vụ bạn đang dùng.", "Wait a few minutes, then try again from the service you were using.");

    static readonly FrozenDictionary<string, Message> Known = new Dictionary<string, Message>
    {
        ["invalid_request"] = new(Say("Yêu cầu đăng nhập không hợp lệ", "The login request is not valid"), TellService),
        ["invalid_request_uri"] = new(Say("Yêu cầu đăng nhập đã hết hạn", "The login request has run out"), TellService),
        ["invalid_client"] = new(Say("Dịch vụ chưa được đăng ký", "The service is not registered"), TellService),
        ["unauthorized_client"] = new(Say("Dịch vụ không được phép yêu cầu đăng nhập", "The service may not ask for a login"), TellService),
        ["invalid_scope"] = new(Say("Dịch vụ yêu cầu nhiều hơn phạm vi đã đăng ký", "The service asked for more than it is registered for"), TellService),
        ["access_denied"] = new(Say("Bạn đã từ chối hoặc không được phép", "You denied it, or it is not allowed"), TellService),
        ["unsupported_response_type"] = new(Say("Yêu cầu đăng nhập không được hỗ trợ", "This kind of login request is not supported"), TellService),
        ["upstream_failed"] = new(Say("Đăng nhập qua hệ thống định danh quốc gia không thành công", "The login at the national e-ID did not succeed"), WaitAndTry),
        ["server_error"] = new(Say("Có lỗi trong hệ thống", "Something went wrong here"), WaitAndTry),
        ["temporarily_unavailable"] = new(Say("Hệ thống đang bận", "The system is busy"), WaitAndTry),
    }.ToFrozenDictionary();

    public static IEnumerable<string> Codes => Known.Keys;

    /// <summary>The page for a code and the code to show; what is not a known code is not repeated.</summary>
    public static (Message Message, string Code) Of(string? code) =>
        code is not null && Known.TryGetValue(code, out var message) ? (message, code) : (Known["invalid_request"], "invalid_request");

    static LocalText Say(string vi, string en) => new() { Vi = vi, En = en };
}

/// <summary>A fault with its code.</summary>
public sealed record ErrorNotice(Message Message, string Code);
