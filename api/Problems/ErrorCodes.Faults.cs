using Platform.Contracts;

namespace Platform.Api.Problems;

/// <summary>Faults after which nothing was released or acknowledged.</summary>
static partial class ErrorCodes
{
    const string AgainVi = "Chưa cung cấp và chưa ghi nhận gì; gửi lại yêu cầu sau số giây nêu trong Retry-After.";
    const string AgainEn = "Nothing was released or acknowledged; send the request again after the seconds in Retry-After.";

    public static ApiError Fault { get; } = Make(
        500, "platform.fault",
        "Nền tảng gặp lỗi", "The platform has a fault",
        "Gửi lại; nếu vẫn lỗi, báo đơn vị vận hành kèm traceId.", "Try again; if it persists, tell the operator and quote traceId.");

    public static ApiError Unavailable { get; } = Make(
        503, "platform.unavailable", "Nền tảng tạm thời không phục vụ được", "The platform is not available for the moment", AgainVi, AgainEn);

    public static ApiError Busy { get; } = Make(
        503, "platform.busy", "Nền tảng đang nhận quá nhiều yêu cầu", "The platform has more requests than it can take", AgainVi, AgainEn);

    public static ApiError LedgerMoved { get; } = Make(
        503, TryAgainException.LedgerMoved, "Sổ truy cập của công dân vừa có mục mới", "The citizen's ledger has just moved on", AgainVi, AgainEn);

    public static ApiError LedgerBusy { get; } = Make(
        503, TryAgainException.LedgerBusy, "Sổ truy cập đang quá tải", "The ledger has more to write than it can take", AgainVi, AgainEn);

    public static ApiError LedgerUnavailable { get; } = Make(
        503, TryAgainException.LedgerUnavailable, "Không ghi được sổ truy cập", "The ledger cannot be written", AgainVi, AgainEn);

    public static ApiError RecordUnavailable { get; } = Make(
        503, TryAgainException.RecordUnavailable, "Không đọc hoặc ghi được hồ sơ", "The record cannot be read or written", AgainVi, AgainEn);

    public static ApiError RulesUnconfirmed { get; } = Make(
        503, TryAgainException.RulesUnconfirmed,
        "Chưa xác nhận được bộ quy tắc đang áp dụng", "It cannot be confirmed which rule book is in force", AgainVi, AgainEn);
}
