using Platform.Contracts;

namespace Platform.Api.Problems;

/// <summary>Requests for consent: what systems may not ask, and what citizens cannot decide.</summary>
static partial class ErrorCodes
{
    public static ApiError RequestTargetsInvalid { get; } = Make(
        400, Refusals.RequestTargetsInvalid,
        "Mục được chọn không thuộc đề nghị", "What was chosen is not a part of the request",
        "Khi đồng ý, chọn ít nhất một mục trong các mục được đề nghị, mỗi mục một lần; khi từ chối thì để trống targets.",
        "To grant, choose at least one of the targets asked for, each once; to refuse, leave targets empty.");

    public static ApiError ConsentRequestPointless { get; } = Make(
        403, Refusals.ConsentRequestPointless,
        "Quy tắc không cho hệ thống khai thác mục này bằng sự đồng ý", "No consent could open this to the system for the purpose",
        "Chỉ đề nghị những mục mà quy tắc cho phép trên cơ sở đồng ý cho mục đích đó; xem you trong GET /v1/catalogue. Mục được khai thác theo luật thì không cần xin đồng ý.",
        "Ask only for what a rule permits on consent for the purpose; see you in GET /v1/catalogue. What the law opens needs no consent.");

    public static ApiError SystemSuspended { get; } = Make(
        403, Refusals.SystemSuspended,
        "Hệ thống đang bị tạm dừng", "The system is suspended",
        "Liên hệ đơn vị quản lý quy tắc để được mở lại.", "Turn to the rule owners to be resumed.");

    public static ApiError ConsentRequestUnknown { get; } = Make(
        404, Refusals.ConsentRequestUnknown,
        "Hệ thống không có đề nghị này", "Your system made no such request",
        "Dùng id trong câu trả lời của POST /v1/consent-requests của chính hệ thống; đề nghị đã kết thúc chỉ tra được trong 90 ngày.",
        "Use the id that POST /v1/consent-requests gave to your own system; an ended request can be found for 90 days.");

    public static ApiError RequestUnknown { get; } = Make(
        404, Refusals.RequestUnknown,
        "Không có đề nghị này", "There is no such request",
        "Xem danh sách tại GET /v1/me/requests.", "See GET /v1/me/requests.");

    public static ApiError ConsentRequestsTooMany { get; } = Make(
        409, Refusals.ConsentRequestsTooMany,
        "Công dân đang có quá nhiều đề nghị chờ quyết định", "As many requests wait for the citizen as may",
        "Chờ công dân quyết định hoặc rút bớt đề nghị đang chờ; mỗi hệ thống được chờ tối đa 3 đề nghị.",
        "Wait for the citizen's decisions or take waiting requests back; of one system three may wait.");

    public static ApiError ConsentRequestEnded { get; } = Make(
        409, Refusals.ConsentRequestEnded,
        "Đề nghị không còn chờ quyết định", "The request no longer waits",
        "Xem kết quả tại GET /v1/consent-requests/{id}.", "See its outcome at GET /v1/consent-requests/{id}.");

    public static ApiError RequestDecided { get; } = Make(
        409, Refusals.RequestDecided,
        "Đề nghị đã được quyết định, đã rút hoặc đã hết hạn", "The request was decided, taken back, or has expired",
        "Xem kết quả tại GET /v1/me/requests; sự đồng ý đã cho có thể rút lại tại GET /v1/me/consents.",
        "See its outcome at GET /v1/me/requests; a consent that was given can be withdrawn, see GET /v1/me/consents.");

    public static ApiError RequestTextChanged { get; } = Make(
        409, Refusals.RequestTextChanged,
        "Nội dung của đề nghị đã thay đổi", "The text of the request is another by now",
        "Đọc lại tại GET /v1/me/requests/{id} rồi quyết định theo nội dung mới.", "Read it again at GET /v1/me/requests/{id} and decide on what it says now.");
}
