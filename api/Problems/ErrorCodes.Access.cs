namespace Platform.Api.Problems;

/// <summary>Callers who were not let in.</summary>
static partial class ErrorCodes
{
    public static ApiError TokenMissing { get; } = Make(
        401, "token.missing",
        "Thiếu mã truy cập", "The access token is missing",
        "Lấy mã truy cập từ máy chủ định danh và gửi trong tiêu đề Authorization: Bearer, hoặc Authorization: DPoP nếu mã gắn với khoá.",
        "Get an access token from the identity server and send it as Authorization: Bearer, or as Authorization: DPoP if it is bound to a key.");

    public static ApiError TokenInvalid { get; } = Make(
        401, "token.invalid",
        "Mã truy cập không hợp lệ", "The access token is not valid",
        "Lấy mã mới; mã phải là at+jwt ký bằng ES256, PS256 hoặc RS256 bởi đơn vị phát hành tin cậy, nguyên vẹn và còn hạn.",
        "Get a new one; it must be an at+jwt signed with ES256, PS256 or RS256 by a trusted issuer, untouched and in its lifetime.");

    public static ApiError TokenExpired { get; } = Make(
        401, "token.expired",
        "Mã truy cập đã hết hạn", "The access token has expired",
        "Lấy mã mới từ máy chủ định danh; đồng hồ hai bên không được lệch quá 30 giây.",
        "Get a new one from the identity server; clocks may differ by 30 seconds at most.");

    public static ApiError TokenIssuerUntrusted { get; } = Make(
        401, "token.issuer-untrusted",
        "Đơn vị phát hành mã truy cập không được tin cậy cho loại mã này", "The token's issuer is not trusted for this kind of token",
        "Lấy mã từ máy chủ định danh đã đăng ký với nền tảng.", "Get the token from an identity server that the platform trusts.");

    public static ApiError TokenAudienceWrong { get; } = Make(
        401, "token.audience-wrong",
        "Mã truy cập được cấp cho dịch vụ khác", "The access token was issued for another service",
        "Yêu cầu mã truy cập có aud là urn:platform:api.", "Ask for a token with the audience urn:platform:api.");

    public static ApiError TokenWrongKind { get; } = Make(
        403, "token.wrong-kind",
        "Loại mã truy cập không dùng được ở đây", "This kind of token cannot be used here",
        "Hệ thống dùng mã của hệ thống; công dân dùng mã đăng nhập có số định danh; cán bộ dùng mã có vai trò.",
        "Systems use a system token, citizens one with their personal ID, staff one with roles.");

    public static ApiError TokenScopeMissing { get; } = Make(
        403, "token.scope-missing",
        "Mã truy cập thiếu phạm vi cần thiết", "The access token lacks a scope",
        "Yêu cầu phạm vi ghi trong tài liệu của thao tác này; nếu chưa được cấp, liên hệ đơn vị vận hành.",
        "Ask for the scope that is documented for this operation; if you were not granted it, turn to the operator.");

    public static ApiError RoleMissing { get; } = Make(
        403, "token.role-missing",
        "Tài khoản không có vai trò cần thiết", "The account lacks a role",
        "Đề nghị quản trị viên cấp vai trò mà thao tác này cần.", "Ask an administrator for the role that this operation needs.");

    public static ApiError IdentityLevelTooLow { get; } = Make(
        403, "identity.level-too-low",
        "Cần tài khoản định danh mức 2", "An identity of level 2 is needed",
        "Đăng nhập lại bằng tài khoản định danh điện tử mức 2; nếu chưa có, đến cơ quan Công an để nâng mức.",
        "Log in again with your level-2 electronic identity; if you have none, the police raise your level in person.");

    public static ApiError RepresentativeNeeded { get; } = Make(
        403, "representative.needed",
        "Cần người đại diện chấp thuận", "The representative must approve",
        "Xin sự đồng ý qua máy chủ định danh (authorization_details); ở đó người đại diện được hỏi.",
        "Ask for the consent through the identity server (authorization_details); there the representative is asked.");

    public static ApiError AccessRefused { get; } = Make(
        403, "access.refused",
        "Không được phép truy cập", "Access is refused",
        "Liên hệ đơn vị vận hành.", "Turn to the operator.");
}
