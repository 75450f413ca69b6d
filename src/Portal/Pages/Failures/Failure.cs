using Platform.Portal.Api.Shapes;

namespace Platform.Portal.Pages.Failures;

/// <summary>Something that went wrong, as a page says it: what, what now, and the status for programs.</summary>
public sealed record Failure(int Status, LocalText Title, LocalText Lead, LocalText Next, bool MayRetry = false)
{
    public static Failure NotFound { get; } = Make(
        404, "Không tìm thấy trang này", "We cannot find this page",
        "Địa chỉ có thể đã gõ sai, hoặc trang đã được chuyển đi.", "The address may be mistyped, or the page has moved.",
        "Bắt đầu lại từ trang chủ.", "Start again from the home page.");

    public static Failure Forbidden { get; } = Make(
        403, "Bạn không được mở trang này", "You may not open this page",
        "Trang này dành cho người có vai trò khác.", "This page is for people with another role.",
        "Nếu bạn cho rằng đây là nhầm lẫn, hãy liên hệ 1900 0368.", "If you think that this is a mistake, call 1900 0368.");

    public static Failure BadRequest { get; } = Make(
        400, "Yêu cầu không đọc được", "The request could not be read",
        "Chưa có gì được thực hiện.", "Nothing has been done.",
        "Quay lại trang trước, tải lại và thử lần nữa.", "Go back, reload the page and try again.");

    public static Failure TooLarge { get; } = Make(
        413, "Nội dung gửi quá dài", "What you sent is too long",
        "Chưa có gì được thực hiện.", "Nothing has been done.",
        "Quay lại, viết ngắn hơn rồi gửi lại.", "Go back, shorten it, and send it again.");

    public static Failure ForeignForm { get; } = Make(
        400, "Biểu mẫu không phải từ cổng này", "The form did not come from this portal",
        "Để bảo vệ bạn, chúng tôi không thực hiện yêu cầu này. Có thể trang đã mở quá lâu, hoặc một trang khác đã gửi thay bạn.",
        "To protect you, we did not carry it out. The page may have been open for too long, or another site sent it in your name.",
        "Mở lại trang từ cổng này rồi thử lại.", "Open the page from this portal again and retry.");

    public static Failure Fault { get; } = Make(
        500, "Đã có lỗi ở phía chúng tôi", "Something went wrong on our side",
        "Lỗi đã được ghi lại. Bạn không làm gì sai.", "The fault was recorded. You did nothing wrong.",
        "Thử lại sau ít phút. Nếu vẫn lỗi, gọi 1900 0368.", "Try again in a few minutes. If it happens again, call 1900 0368.", mayRetry: true);

    public static Failure ApiDown { get; } = Make(
        503, "Chưa lấy được dữ liệu của bạn", "We cannot get your data right now",
        "Hệ thống giữ hồ sơ đang tạm thời không trả lời. Hồ sơ của bạn vẫn an toàn và không có gì bị thay đổi nửa chừng.",
        "The system that keeps the records does not answer at the moment. Your record is safe, and nothing was half changed.",
        "Chờ một phút rồi thử lại. Nếu bạn vừa gửi biểu mẫu, gửi lại cũng không bị thực hiện hai lần.",
        "Wait a minute, then try again. If you sent a form, sending it again will not do it twice.", mayRetry: true);

    public static Failure Busy { get; } = Make(
        503, "Đang có quá nhiều yêu cầu", "There are too many requests",
        "Hệ thống đang bận.", "The system is busy.",
        "Chờ một phút rồi thử lại.", "Wait a minute, then try again.", mayRetry: true);

    public static Failure ApiMalformed { get; } = Make(
        502, "Hệ thống trả lời không đúng", "The system gave an answer that we cannot use",
        "Để không hiển thị thông tin sai hoặc thiếu, chúng tôi không hiển thị gì.", "Rather than show something wrong or half, we show nothing.",
        "Thử lại sau ít phút. Nếu vẫn lỗi, gọi 1900 0368.", "Try again in a few minutes. If it happens again, call 1900 0368.", mayRetry: true);

    public static Failure IdentityDown { get; } = Make(
        503, "Chưa đăng nhập được", "Logging in does not work right now",
        "Dịch vụ định danh điện tử đang tạm thời không trả lời.", "The electronic identity service does not answer at the moment.",
        "Chờ một phút rồi thử lại.", "Wait a minute, then try again.", mayRetry: true);

    public static Failure LoginRefused { get; } = Make(
        503, "Đã đăng nhập nhưng chưa mở được hồ sơ", "You are logged in, but your record cannot be opened",
        "Hệ thống giữ hồ sơ không nhận lần đăng nhập này.", "The system that keeps the records does not accept this login.",
        "Chờ một phút rồi thử lại. Nếu vẫn lỗi, gọi 1900 0368.", "Wait a minute, then try again. If it happens again, call 1900 0368.", mayRetry: true);

    public static Failure LoginFailed { get; } = Make(
        400, "Đăng nhập chưa hoàn tất", "The login was not completed",
        "Trang đăng nhập đã quá hạn, đã được dùng rồi, hoặc được mở ở trình duyệt khác.",
        "The login page was too old, had been used already, or was opened in another browser.",
        "Bắt đầu đăng nhập lại từ cổng này.", "Start logging in again from this portal.");

    public static Failure LoginCancelled { get; } = Make(
        400, "Bạn đã không đăng nhập", "You did not log in",
        "Bạn đã huỷ, hoặc không đồng ý đăng nhập.", "You cancelled, or did not agree to log in.",
        "Bạn có thể đăng nhập lại bất cứ lúc nào.", "You can log in again at any time.");

    public static Failure LevelTooLow { get; } = Make(
        403, "Cần tài khoản định danh mức 2", "You need an identity of level 2",
        "Tài khoản của bạn chưa ở mức 2, nên chưa xem được hồ sơ. Nâng mức không mất phí.",
        "Your account is not of level 2, so your record cannot be shown. Raising the level costs nothing.",
        "Mang thẻ căn cước đến Công an cấp xã hoặc nơi làm căn cước; tại đó bạn được lấy ảnh khuôn mặt, vân tay và nâng lên mức 2.",
        "Take your identity card to the commune police or an identity card office; they take your face and fingerprints and raise you to level 2.");

    /// <summary>A refusal in the API's own words.</summary>
    internal static Failure Of(Api.ApiProblem problem) =>
        new(problem.Status, Both(problem.TitleVi, problem.Title), Both(problem.DetailVi, problem.Detail), Both("", ""));

    public static LocalText Both(string vi, string en) => new() { Vi = vi, En = en };

    static Failure Make(int status, string titleVi, string titleEn, string leadVi, string leadEn, string nextVi, string nextEn, bool mayRetry = false) =>
        new(status, Both(titleVi, titleEn), Both(leadVi, leadEn), Both(nextVi, nextEn), mayRetry);

    /// <summary>Answers a request with this page, whatever had been begun.</summary>
    internal Task Show(HttpContext context)
    {
        if (Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "30";
        }
        return Shell.Visit.ForFailure(context).Page<FailurePage, Failure>(this, Status).ExecuteAsync(context);
    }
}
