using Platform.Contracts;

namespace Platform.Api.Problems;

/// <summary>What citizens ask for on their own pages and is not there, or not possible.</summary>
static partial class ErrorCodes
{
    public static ApiError AccessUnknown { get; } = Make(
        404, "access.unknown",
        "Sổ truy cập của bạn không có lần truy cập này", "Your ledger has no such access",
        "Xem danh sách tại GET /v1/me/accesses.", "See GET /v1/me/accesses.");

    public static ApiError ReportSubjectAmbiguous { get; } = Make(
        400, Refusals.ReportSubjectAmbiguous,
        "Phản ánh phải nói về đúng một nội dung phù hợp", "A report is about exactly one thing that fits its kind",
        "Đính chính thì nêu một trường thông tin hoặc một giấy tờ; hỏi lý do thì nêu một lần truy cập.",
        "For a correction name one attribute or one document, for a question one access.");

    public static ApiError ReportSubjectUnknown { get; } = Make(
        404, Refusals.ReportSubjectUnknown,
        "Hồ sơ hoặc sổ truy cập không có nội dung được phản ánh", "The record or the ledger does not have what the report is about",
        "Chọn nội dung trong GET /v1/me, /v1/me/documents hoặc /v1/me/accesses.", "Choose from GET /v1/me, /v1/me/documents or /v1/me/accesses.");

    public static ApiError ReportsTooMany { get; } = Make(
        409, Refusals.ReportsTooMany,
        "Bạn đã có 20 phản ánh đang chờ trả lời", "You have 20 reports waiting for an answer",
        "Chờ trả lời, hoặc đến bộ phận một cửa nếu việc gấp.", "Wait for an answer, or go to the one-stop counter if it is urgent.");

    public static ApiError ReportUnknown { get; } = Make(
        404, Refusals.ReportUnknown,
        "Không có phản ánh này", "There is no such report",
        "Xem danh sách tại GET /v1/reports/open.", "See GET /v1/reports/open.");

    public static ApiError ReportAnswered { get; } = Make(
        409, Refusals.ReportAnswered,
        "Phản ánh đã được trả lời", "The report was answered already",
        "Tải lại danh sách; cán bộ khác có thể đã trả lời.", "Load the list again; another official may have answered.");

    public static ApiError ReportOwn { get; } = Make(
        403, Refusals.ReportOwn,
        "Không được trả lời phản ánh của chính mình", "Nobody answers their own report",
        "Để cán bộ khác trả lời.", "Leave it to another official.");

    public static ApiError ReportOutcomeUnfit { get; } = Make(
        400, Refusals.ReportOutcomeUnfit,
        "Kết quả không phù hợp với loại phản ánh", "The outcome does not fit the kind of report",
        "Câu hỏi thì explained; đính chính thì corrected hoặc notCorrected.", "A question is explained; a correction is corrected or notCorrected.");
}
