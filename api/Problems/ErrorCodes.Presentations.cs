using Platform.Contracts;

namespace Platform.Api.Problems;

/// <summary>Documents that cannot be shown, and codes that open nothing.</summary>
static partial class ErrorCodes
{
    public static ApiError PresentationAttributesInvalid { get; } = Make(
        400, Refusals.PresentationAttributesInvalid,
        "Mục cần cho xem không thuộc giấy tờ này", "What is to be shown is not of the document",
        "Chọn từ 1 đến 40 mục của chính giấy tờ, mỗi mục một lần, hoặc profile.fullName và profile.birthDate.",
        "Choose 1 to 40 attributes of the document itself, each once, or profile.fullName and profile.birthDate.");

    public static ApiError PresentationDocumentUnknown { get; } = Make(
        404, Refusals.PresentationDocumentUnknown,
        "Hồ sơ không có giấy tờ này", "The record has no such document",
        "Xem các giấy tờ tại GET /v1/me/documents.", "See the documents at GET /v1/me/documents.");

    public static ApiError PresentationUnknown { get; } = Make(
        404, Refusals.PresentationUnknown,
        "Mã không có hiệu lực", "The code opens nothing",
        "Kiểm tra lại mã; nếu đúng thì mã đã hết hạn hoặc đã bị rút, đề nghị người cho xem tạo mã mới.",
        "Check the code; if it is right, it has expired or was taken back: ask whoever shows it to make a new one.");

    public static ApiError PresentationsTooMany { get; } = Make(
        409, Refusals.PresentationsTooMany,
        "Đang có quá nhiều mã chờ được xem", "As many codes wait as may",
        "Chờ mã cũ hết hạn sau vài phút hoặc rút bớt.", "Wait a few minutes until one expires, or take one back.");

    public static ApiError PresentationUsed { get; } = Make(
        410, Refusals.PresentationUsed,
        "Mã đã được dùng", "The code was used before",
        "Mỗi mã chỉ xem được một lần; đề nghị người cho xem tạo mã mới. Người cho xem thấy lần xem trong sổ truy cập của mình.",
        "A code counts once; ask whoever shows it to make a new one. They find the use in their access ledger.");
}
