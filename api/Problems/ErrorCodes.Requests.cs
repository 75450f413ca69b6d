namespace Platform.Api.Problems;

/// <summary>Requests that could not be read.</summary>
static partial class ErrorCodes
{
    public static ApiError RequestMalformed { get; } = Make(
        400, "request.malformed",
        "Yêu cầu HTTP không hợp lệ", "The HTTP request is malformed",
        "Kiểm tra lại cách gửi yêu cầu theo tài liệu OpenAPI.", "Send the request as the OpenAPI document describes it.");

    public static ApiError ParameterMalformed { get; } = Make(
        400, "request.parameter-malformed",
        "Tham số trong đường dẫn hoặc truy vấn không đúng dạng", "A parameter of the path or query is malformed",
        "Mã tham chiếu là UUID; số là số nguyên trong khoảng ghi trong tài liệu.", "Ids are UUIDs; numbers are whole and within the documented range.");

    public static ApiError JsonMalformed { get; } = Make(
        400, "request.json-malformed",
        "Nội dung không phải JSON hợp lệ", "The body is not valid JSON",
        "Gửi một đối tượng JSON mã hóa UTF-8, sâu không quá 16 tầng, không lặp tên trường.",
        "Send one JSON object in UTF-8, at most 16 levels deep, in which no member occurs twice.");

    public static ApiError ShapeInvalid { get; } = Make(
        400, "request.shape-invalid",
        "Nội dung không đúng cấu trúc quy định", "The body does not have the documented shape",
        "Bỏ trường không có trong tài liệu, thêm trường bắt buộc, sửa kiểu dữ liệu tại vị trí nêu trong errors; thời điểm phải có múi giờ.",
        "Remove members that are not documented, add required ones and correct types at the place given in errors; an instant needs its offset.");

    public static ApiError TextNotNormalized { get; } = Make(
        400, "text.not-normalized",
        "Chữ không ở dạng Unicode dựng sẵn (NFC)", "A text is not in Unicode NFC",
        "Chuyển toàn bộ chữ sang Unicode dựng sẵn (NFC) trước khi gửi.", "Normalise all texts to NFC before sending them.");

    public static ApiError TextControlCharacter { get; } = Make(
        400, "text.control-character",
        "Chữ có ký tự điều khiển", "A text has a control character",
        "Bỏ ký tự NUL, xuống dòng và các ký tự điều khiển khác.", "Remove NUL, line breaks and other control characters.");

    public static ApiError TextEmpty { get; } = Make(
        400, "text.empty",
        "Chữ bắt buộc đang để trống", "A required text is empty",
        "Nhập nội dung hoặc bỏ trường nếu không bắt buộc.", "Give the text, or leave the member out if it is optional.");

    public static ApiError TextTooLong { get; } = Make(
        400, "text.too-long",
        "Chữ dài quá giới hạn", "A text is too long",
        "Rút ngắn theo giới hạn trong tài liệu OpenAPI.", "Shorten it to the limit in the OpenAPI document.");

    public static ApiError NumberOutOfRange { get; } = Make(
        400, "number.out-of-range",
        "Số nằm ngoài khoảng cho phép", "A number is out of its range",
        "Dùng số trong khoảng ghi trong tài liệu OpenAPI.", "Use a number within the range in the OpenAPI document.");

    public static ApiError IdempotencyKeyMissing { get; } = Make(
        400, "idempotency-key.missing",
        "Thiếu tiêu đề Idempotency-Key", "The Idempotency-Key header is missing",
        "Tạo một mã mới (ví dụ UUID) cho mỗi thao tác và gửi lại đúng mã đó khi thử lại.",
        "Make a new key (such as a UUID) for each operation and repeat the same key when you try again.");

    public static ApiError IdempotencyKeyMalformed { get; } = Make(
        400, "idempotency-key.malformed",
        "Idempotency-Key không đúng dạng", "The Idempotency-Key is malformed",
        "Dùng từ 1 đến 100 chữ cái, chữ số ASCII, dấu chấm, gạch nối hoặc gạch dưới; không dùng 12 chữ số liền nhau.",
        "Use 1 to 100 ASCII letters, digits, points, hyphens or underscores, and no run of twelve digits.");

    public static ApiError RouteUnknown { get; } = Make(
        404, "route.unknown",
        "Không có địa chỉ này", "There is no such route",
        "Xem các địa chỉ trong tài liệu /openapi/v1.json.", "See /openapi/v1.json for the routes.");

    public static ApiError MethodNotAllowed { get; } = Make(
        405, "route.method-not-allowed",
        "Địa chỉ này không nhận phương thức đã gửi", "The route does not take this method",
        "Dùng phương thức nêu trong tiêu đề Allow.", "Use a method of the Allow header.");

    public static ApiError TooLarge { get; } = Make(
        413, "request.too-large",
        "Nội dung quá lớn", "The body is too large",
        "Giữ nội dung trong 64 KB (đồng ý: 192 KB, bộ quy tắc: 1 MB); chia thành nhiều yêu cầu.", "Keep the body within 64 KB (consents: 192 KB, rule books: 1 MB); split the request.");

    public static ApiError ContentType { get; } = Make(
        415, "request.content-type",
        "Kiểu nội dung không được hỗ trợ", "The content type is not supported",
        "Gửi Content-Type: application/json (UTF-8).", "Send Content-Type: application/json (UTF-8).");

    public static ApiError RateLimited { get; } = Make(
        429, "request.rate-limited",
        "Gửi quá nhiều yêu cầu", "Too many requests",
        "Chờ số giây nêu trong tiêu đề Retry-After rồi gửi lại.", "Wait for the seconds in the Retry-After header, then ask again.");
}
