using System.Collections.Frozen;
using Platform.Contracts;
using Platform.Domain;

namespace Platform.Identity.Pages.Shell;

/// <summary>What people read for each refusal: what happened, and what to do next.</summary>
static class RefusalTexts
{
    public const string Blocked = "attempts.blocked";
    public const string OtherPerson = "passkey.other-person";
    public const string FirstDeviceTooLate = "factor.first-too-late";
    public const string ConsentChanged = "consent.text-changed";

    /// <summary>For a code that no text is written for; a test keeps that from happening with a code of the contracts.</summary>
    static readonly RefusalText Unknown = new(
        Say("Không thể thực hiện yêu cầu.", "This could not be done."),
        Say("Hãy thử lại sau ít phút. Nếu vẫn không được, gọi tổng đài 1900 0368.", "Try again in a few minutes. If it still fails, call 1900 0368."));

    public static FrozenDictionary<string, RefusalText> All { get; } = new Dictionary<string, RefusalText>
    {
        [EidRefusals.ProofWrong] = new(
            Say("Thông tin đăng nhập không đúng.", "What you entered is not right."),
            Say("Kiểm tra lại số định danh, mật khẩu hoặc mã rồi thử lại. Nếu quên mật khẩu, đăng nhập bằng khóa truy cập hoặc đến Công an xã để cấp lại.",
                "Check the number, the password or the code and try again. If you forgot the password, log in with a passkey or have it renewed at the commune police.")),
        [EidRefusals.ProofUsed] = new(
            Say("Mã hoặc yêu cầu này đã được dùng hoặc đã hết hạn.", "This code or question was used before or has run out."),
            Say("Chờ mã mới (30 giây) hoặc tải lại trang rồi thử lại.", "Wait for the next code (30 seconds) or reload the page, then try again.")),
        [EidRefusals.FactorUnknown] = new(
            Say("Tài khoản không có phương thức xác thực này.", "No such factor is registered."),
            Say("Chọn cách xác thực khác.", "Choose another way.")),
        [EidRefusals.FactorsTooMany] = new(
            Say("Bạn đã đăng ký số thiết bị tối đa.", "You have registered as many as possible."),
            Say("Xóa một thiết bị không còn dùng rồi thử lại.", "Remove one that you no longer use, then try again.")),
        [EidRefusals.UpstreamOtherPerson] = new(
            Say("Tài khoản này đã được liên kết với một người khác ở hệ thống định danh quốc gia.", "The account is tied to another person at the national e-ID."),
            Say("Liên hệ Công an xã hoặc gọi 1900 0368 để kiểm tra.", "Ask the commune police or call 1900 0368 to have it checked.")),
        [EidRefusals.AccountUnknown] = new(
            Say("Chưa có tài khoản định danh điện tử.", "There is no account."),
            Say("Đến Công an xã, phường nơi gần nhất để đăng ký.", "Register at any commune police office.")),
        [EidRefusals.AccountExists] = new(
            Say("Tài khoản đã tồn tại.", "There is an account already."),
            Say("Hãy đăng nhập.", "Log in instead.")),
        [EidRefusals.AccountNotActivated] = new(
            Say("Tài khoản chưa được kích hoạt.", "The account is not activated yet."),
            Say("Kích hoạt bằng mã trong thông báo cấp tài khoản (có hiệu lực 7 ngày).", "Activate it with the code from the notice of creation (good for seven days).")),
        [EidRefusals.AccountLocked] = new(
            Say("Tài khoản đang bị khóa.", "The account is locked."),
            Say("Nếu bạn tự khóa, dùng trang Mở khóa tài khoản. Nếu cơ quan có thẩm quyền khóa, liên hệ Công an xã hoặc 1900 0368.",
                "If you locked it yourself, use the page Unlock my account. If the authority locked it, ask the commune police or call 1900 0368.")),
        [EidRefusals.AccountCancelled] = new(
            Say("Tài khoản đã bị hủy.", "The account was ended."),
            Say("Liên hệ Công an xã, phường để được hướng dẫn.", "Ask the commune police what can be done.")),
        [EidRefusals.AccountState] = new(
            Say("Thao tác không phù hợp với trạng thái của tài khoản.", "The step does not fit the state of the account."),
            Say("Tải lại trang Tài khoản để xem trạng thái hiện tại.", "Reload the account page to see how it stands.")),
        [EidRefusals.LockNotYours] = new(
            Say("Bạn không thể tự mở khóa này.", "You cannot lift this lock yourself."),
            Say("Cơ quan có thẩm quyền đã khóa tài khoản: liên hệ Công an xã hoặc 1900 0368.", "The authority locked the account: ask the commune police or call 1900 0368.")),
        [EidRefusals.ActivationInvalid] = new(
            Say("Mã kích hoạt không đúng, đã dùng hoặc quá 7 ngày.", "The activation code is wrong, used or older than seven days."),
            Say("Kiểm tra số và mã. Nếu quá hạn, gọi 1900 0368 để nhận mã mới.", "Check the number and the code. If it ran out, call 1900 0368 for a new one.")),
        [EidRefusals.RepresentativeNeeded] = new(
            Say("Cần người đại diện có tài khoản mức độ 2 đang hoạt động.", "A representative with an active account of level 2 is needed."),
            Say("Người đại diện cần đến Công an xã để đăng ký hoặc kích hoạt tài khoản mức độ 2.", "The representative registers or activates an account of level 2 at the commune police.")),
        [EidRefusals.RepresentativeNotConfirmed] = new(
            Say("Người đại diện chưa xác nhận.", "The representative has not confirmed."),
            Say("Nhờ người đại diện mở trang Xác nhận đăng nhập trên thiết bị của họ rồi thử lại.", "Ask the representative to open the page Approve logins on their device, then try again.")),
        [EidRefusals.CitizenInactive] = new(
            Say("Số định danh không còn hiệu lực trong dữ liệu dân cư.", "The number is not in use in the population record."),
            Say("Liên hệ Công an xã, phường để kiểm tra thông tin.", "Ask the commune police to check the record.")),
        [EidRefusals.RecordIncomplete] = new(
            Say("Thiếu thông tin cần thiết.", "Something that is needed is missing."),
            Say("Điền đủ các ô rồi gửi lại.", "Fill in every field and send again.")),
        [EidRefusals.ApprovalUnavailable] = new(
            Say("Hiện không thể gửi yêu cầu xác nhận đến thiết bị.", "No device can be asked at the moment."),
            Say("Chờ 5 phút hoặc chọn cách xác thực khác.", "Wait five minutes or choose another way.")),
        [EidRefusals.ApprovalUnknown] = new(
            Say("Yêu cầu xác nhận không còn.", "The question is no longer there."),
            Say("Bắt đầu lại việc đăng nhập để gửi yêu cầu mới.", "Start the login again to send a new one.")),
        [EidRefusals.ApprovalNumberWrong] = new(
            Say("Số đã nhập không khớp; yêu cầu đã bị từ chối.", "The number does not match; the login was denied."),
            Say("Nếu chính bạn đang đăng nhập, gửi yêu cầu mới và nhập đúng số trên màn hình kia.", "If it is you who logs in, send a new question and type the number of the other screen.")),
        [EidRefusals.SessionEnded] = new(
            Say("Phiên đăng nhập đã kết thúc.", "The session has ended."),
            Say("Đăng nhập lại để tiếp tục.", "Log in again to go on.")),
        [EidRefusals.LevelTooLow] = new(
            Say("Cần đăng nhập ở mức độ 2.", "Level 2 is needed."),
            Say("Đăng nhập lại bằng hai yếu tố: mật khẩu và thiết bị đã đăng ký.", "Log in again with two factors: the password and a registered device.")),
        [Refusals.CitizenUnknown] = new(
            Say("Tỉnh không lưu hồ sơ của số này.", "The province holds no record of this number."),
            Say("Liên hệ Công an xã, phường nơi cư trú.", "Ask the commune police where you live.")),
        [Refusals.RecipientUnknown] = new(
            Say("Bên nhận dữ liệu không được đăng ký.", "The recipient of the data is not registered."),
            Say("Quay lại dịch vụ và báo cho đơn vị quản lý dịch vụ.", "Go back and tell the service's operator.")),
        [Refusals.PurposeUnknown] = new(
            Say("Mục đích sử dụng không được phép.", "The purpose is not one that is allowed."),
            Say("Quay lại dịch vụ và báo cho đơn vị quản lý dịch vụ.", "Go back and tell the service's operator.")),
        [Refusals.ConsentTermsInvalid] = new(
            Say("Nội dung xin đồng ý không hợp lệ.", "The terms of the consent are not possible."),
            Say("Quay lại dịch vụ và báo cho đơn vị quản lý dịch vụ.", "Go back and tell the service's operator.")),
        [Refusals.ConsentsTooMany] = new(
            Say("Bạn đang có quá nhiều sự đồng ý còn hiệu lực.", "You have as many consents as there may be."),
            Say("Rút bớt một sự đồng ý không còn cần trong trang hồ sơ của bạn, rồi thử lại.", "Withdraw one that you no longer need in your record, then try again.")),
        [Refusals.OperationKeyReused] = new(
            Say("Bạn đã trả lời yêu cầu này.", "You have answered this question already."),
            Say("Tiếp tục, hoặc quay lại dịch vụ để bắt đầu lại.", "Go on, or go back to the service and start again.")),
        [Refusals.SystemUnknown] = new(
            Say("Hệ thống nhận dữ liệu không được đăng ký.", "The receiving system is not registered."),
            Say("Quay lại dịch vụ và báo cho đơn vị quản lý dịch vụ.", "Go back and tell the service's operator.")),
        [Blocked] = new(
            Say("Đã thử quá nhiều lần.", "There were too many attempts."),
            Say("Chờ đến giờ ghi bên dưới, hoặc dùng khóa truy cập, hoặc đăng nhập trên trình duyệt bạn từng dùng.",
                "Wait until the time given, or use a passkey, or a browser in which you have logged in before.")),
        [OtherPerson] = new(
            Say("Khóa truy cập này thuộc tài khoản khác.", "This passkey belongs to another account."),
            Say("Chọn khóa truy cập của đúng tài khoản, hoặc bắt đầu lại.", "Choose the passkey of this account, or start again.")),
        [FirstDeviceTooLate] = new(
            Say("Không thể đăng ký thiết bị đầu tiên chỉ bằng mật khẩu.", "A password alone cannot register the first device of this account now."),
            Say("Dùng mã khôi phục khi đăng nhập, hoặc đến Công an xã để xác minh lại; sau đó bạn có 7 ngày để đăng ký.",
                "Log in with a recovery code, or be checked in person at the commune police; you then have seven days to register one.")),
        [ConsentChanged] = new(
            Say("Nội dung đồng ý vừa thay đổi.", "The text has just changed."),
            Say("Đọc lại nội dung mới dưới đây rồi quyết định.", "Read the new text below, then decide.")),
    }.ToFrozenDictionary();

    public static Problem Of(string code, string language, string? field = null)
    {
        var text = All.GetValueOrDefault(code, Unknown);
        return language == Languages.English ? new Problem(text.What.En, text.Next.En, field) : new Problem(text.What.Vi, text.Next.Vi, field);
    }

    static LocalText Say(string vi, string en) => new() { Vi = vi, En = en };
}

sealed record RefusalText(LocalText What, LocalText Next);
