using Platform.Contracts;

namespace Platform.Api.Problems;

/// <summary>Tokens in the wrong hands, and sessions that are over.</summary>
static partial class ErrorCodes
{
    public static ApiError TokenSeveral { get; } = Make(
        401, "token.several",
        "Yêu cầu có nhiều mã truy cập", "The request has several access tokens",
        "Gửi đúng một tiêu đề Authorization.", "Send exactly one Authorization header.");

    public static ApiError TokenProofMissing { get; } = Make(
        401, "token.proof-missing",
        "Mã truy cập gắn với khoá nhưng thiếu bằng chứng giữ khoá", "The token is bound to a key, and the proof of the key is missing",
        "Gửi Authorization: DPoP cùng mã truy cập và một tiêu đề DPoP có bằng chứng ký bằng khoá đó (RFC 9449).",
        "Send Authorization: DPoP with the token, and one DPoP header with a proof signed by that key (RFC 9449).");

    public static ApiError TokenProofInvalid { get; } = Make(
        401, "token.proof-invalid",
        "Bằng chứng giữ khoá không hợp lệ", "The proof of the key is not valid",
        "Tạo bằng chứng mới cho yêu cầu này theo RFC 9449, ký bằng khoá mà mã truy cập gắn với; WWW-Authenticate nêu chỗ sai.",
        "Make a new proof for this request as in RFC 9449, signed by the key that the token is bound to; WWW-Authenticate says what is wrong.");

    public static ApiError TokenProofReplayed { get; } = Make(
        401, "token.proof-replayed",
        "Bằng chứng giữ khoá đã được dùng", "The proof of the key has been used before",
        "Tạo bằng chứng mới với jti mới cho mỗi yêu cầu.", "Make a new proof with a new jti for each request.");

    public static ApiError TokenNonceNeeded { get; } = Make(
        401, "token.nonce-needed",
        "Bằng chứng giữ khoá thiếu nonce hiện hành", "The proof of the key lacks the current nonce",
        "Tạo bằng chứng mới với nonce trong tiêu đề DPoP-Nonce của câu trả lời này rồi gửi lại.",
        "Make a new proof with the nonce in this answer's DPoP-Nonce header and send the request again.");

    public static ApiError TokenNotBound { get; } = Make(
        401, "token.not-bound",
        "Mã truy cập không gắn với khoá nào", "The token is bound to no key",
        "Gửi mã này bằng Authorization: Bearer, hoặc lấy mã mới kèm bằng chứng DPoP tại máy chủ định danh.",
        "Send this token as Authorization: Bearer, or get one with a DPoP proof at the identity server.");

    public static ApiError TokenBindingRequired { get; } = Make(
        401, "token.binding-required",
        "Chỉ nhận mã truy cập gắn với khoá hoặc chứng thư", "Only tokens bound to a key or a certificate count",
        "Lấy mã mới tại máy chủ định danh với bằng chứng DPoP hoặc chứng thư của máy khách (mTLS).",
        "Get a token at the identity server with a DPoP proof or a client certificate (mTLS).");

    public static ApiError TokenCertificateMissing { get; } = Make(
        401, "token.certificate-missing",
        "Mã truy cập gắn với chứng thư nhưng kết nối không có chứng thư", "The token is bound to a certificate, and the connection has none",
        "Gọi cổng mTLS của API với chứng thư đã dùng khi lấy mã.", "Call the API's mTLS port with the certificate that the token was got with.");

    public static ApiError TokenCertificateWrong { get; } = Make(
        401, "token.certificate-wrong",
        "Chứng thư của kết nối không phải là chứng thư của mã truy cập, hoặc không trong thời hạn",
        "The connection's certificate is not the token's, or not in its validity",
        "Kết nối bằng chứng thư đã dùng khi lấy mã; nếu đã đổi chứng thư thì lấy mã mới.",
        "Connect with the certificate that the token was got with; after a change of certificate get a new token.");

    public static ApiError TokenSessionMissing { get; } = Make(
        401, "token.session-missing",
        "Mã truy cập không nêu phiên đăng nhập", "The token names no session",
        "Đăng nhập lại và dùng mã có sid và personal_id do máy chủ định danh của tỉnh cấp.",
        "Log in again and use a token with sid and personal_id from the province's identity server.");

    public static ApiError SessionUnknown { get; } = Make(
        404, "session.unknown",
        "Tài khoản không có phiên này, hoặc phiên đã kết thúc", "The account has no such session, or it has ended",
        "Xem các phiên đang mở tại GET /v1/me/account.", "See GET /v1/me/account for the sessions that live.");

    public static ApiError AccountUnknown { get; } = Make(
        404, EidRefusals.AccountUnknown,
        "Không có tài khoản định danh điện tử", "There is no e-ID account",
        "Đăng ký tài khoản định danh điện tử tại Công an cấp xã.", "Register for an e-ID with the commune police.");

    public static ApiError AccountCancelled { get; } = Make(
        409, EidRefusals.AccountCancelled,
        "Tài khoản định danh điện tử đã bị huỷ", "The e-ID account was ended",
        "Liên hệ Công an cấp xã để đăng ký lại.", "Turn to the commune police to register anew.");

    public static ApiError SessionEnded { get; } = Make(
        401, EidRefusals.SessionEnded,
        "Phiên đăng nhập đã kết thúc", "The session has ended",
        "Đăng nhập lại; nếu tài khoản bị khoá thì mở khoá trước.", "Log in again; if the account is locked, have it unlocked first.");
}
