using Platform.Contracts;

namespace Platform.Api.Problems;

/// <summary>What was understood but is not possible.</summary>
static partial class ErrorCodes
{
    public static ApiError PersonalIdMalformed { get; } = Make(
        400, "personal-id.malformed",
        "Số định danh cá nhân không đúng dạng", "A personal ID is malformed",
        "Số định danh cá nhân gồm đúng 12 chữ số.", "A personal ID is exactly twelve digits.");

    public static ApiError PurposeMalformed { get; } = Make(
        400, "purpose.malformed",
        "Mã mục đích không đúng dạng", "A purpose code is malformed",
        "Dùng mã trong GET /v1/catalogue: chữ thường, chữ số, dấu chấm và gạch nối.",
        "Use a code of GET /v1/catalogue: lower-case letters, digits, points and hyphens.");

    public static ApiError AttributeUnknown { get; } = Make(
        400, "attribute.unknown",
        "Danh mục không có trường thông tin này", "The catalogue has no such attribute",
        "Xem GET /v1/catalogue; khẳng định thì ghi trong predicates.", "See GET /v1/catalogue; predicates go into predicates.");

    public static ApiError PredicateUnknown { get; } = Make(
        400, "predicate.unknown",
        "Danh mục không có khẳng định này", "The catalogue has no such predicate",
        "Xem GET /v1/catalogue; viết tên(đối số), ví dụ age.atLeast(18).", "See GET /v1/catalogue; write name(argument), such as age.atLeast(18).");

    public static ApiError PredicateArgumentMalformed { get; } = Make(
        400, "predicate.argument-malformed",
        "Đối số của khẳng định không đúng dạng", "The argument of a predicate is malformed",
        "Dùng đúng kiểu ghi trong danh mục: số nguyên 0–200, ngày yyyy-MM-dd, mã, hoặc chữ; không có đối số thì bỏ cả dấu ngoặc.",
        "Use the type in the catalogue: an integer from 0 to 200, a day yyyy-MM-dd, a code or a text; leave the brackets out if there is none.");

    public static ApiError TargetUnknown { get; } = Make(
        400, "target.unknown",
        "Danh mục không có trường thông tin hoặc khẳng định này", "The catalogue has no such attribute or predicate",
        "Dùng tên trong danh mục, khẳng định ghi không kèm đối số.", "Use names of the catalogue, predicates without their argument.");

    public static ApiError TargetsNone { get; } = Make(
        400, "targets.none",
        "Chưa yêu cầu trường thông tin nào", "Nothing is asked for",
        "Nêu ít nhất một trường thông tin hoặc khẳng định.", "Name at least one attribute or predicate.");

    public static ApiError TargetsTooMany { get; } = Make(
        400, "targets.too-many",
        "Yêu cầu quá nhiều trường thông tin", "Too many attributes and predicates",
        "Tối đa 100 trường thông tin và khẳng định trong một yêu cầu.", "One request may name at most 100 attributes and predicates.");

    public static ApiError TargetsDuplicate { get; } = Make(
        400, "targets.duplicate",
        "Một trường thông tin được yêu cầu hai lần", "The same thing is asked for twice",
        "Nêu mỗi trường thông tin một lần.", "Name each attribute and predicate once.");

    public static ApiError OfficialIncomplete { get; } = Make(
        400, "official.incomplete",
        "Thông tin cán bộ không đủ hoặc mâu thuẫn", "The official is not named as required",
        "Nêu đúng một trong hai: số định danh (personalId) hoặc mã cán bộ (staffCode); số định danh không được ghi vào staffCode. Nếu mã truy cập đã chứng minh cán bộ thì nêu role.",
        "Give exactly one of personalId and staffCode; a personal ID must not be given as a staff code. With a token that proves the official give role.");

    public static ApiError OfficialMismatch { get; } = Make(
        400, "official.mismatch",
        "Cán bộ nêu trong yêu cầu không phải là cán bộ mà mã truy cập chứng minh", "The official named is not the one whom the token proves",
        "Bỏ personalId và staffCode khỏi official, hoặc dùng mã truy cập của đúng cán bộ đó.",
        "Leave personalId and staffCode out of official, or use a token for that official.");

    public static ApiError DocumentKindUnknown { get; } = Make(
        400, "document.kind-unknown",
        "Danh mục không có loại giấy tờ này", "The catalogue has no such document kind",
        "Xem các loại giấy tờ trong GET /v1/catalogue.", "See the document kinds in GET /v1/catalogue.");

    public static ApiError DocumentAttributeUnknown { get; } = Make(
        400, "document.attribute-unknown",
        "Loại giấy tờ này không có trường đã gửi", "The document kind has no such attribute",
        "Xem danh mục; số, cơ quan cấp, ngày và tình trạng ghi ở trường riêng.", "See the catalogue; number, issuer, dates and state have members of their own.");

    public static ApiError DocumentValueMalformed { get; } = Make(
        400, "document.value-malformed",
        "Giá trị không đúng kiểu của danh mục", "A value does not have the type of the catalogue",
        "Sửa kiểu, dạng hoặc mã của giá trị tại vị trí nêu trong errors.", "Correct the type, form or code of the value at the place given in errors.");

    public static ApiError DocumentDatesInvalid { get; } = Make(
        400, "document.dates-invalid",
        "Các ngày của giấy tờ mâu thuẫn", "The dates of the document contradict each other",
        "Ngày hết hạn không được trước ngày bắt đầu có giá trị.", "The last day of validity must not lie before the first.");

    public static ApiError EvidenceInvalid { get; } = Make(
        400, "consent.evidence-invalid",
        "Bằng chứng về sự đồng ý không hợp lệ", "The evidence of the consent is not valid",
        "language là vi hoặc en; textHash là SHA-256 viết bằng 64 ký tự hệ 16 chữ thường.",
        "language is vi or en; textHash is a SHA-256 as 64 lower-case hexadecimal digits.");

    public static ApiError ConsentEvidenceMismatch { get; } = Make(
        400, Refusals.ConsentEvidenceMismatch,
        "Văn bản đã hiển thị không khớp với mã băm", "The text shown does not have the hash that was given",
        "textHash là SHA-256 của văn bản text ở dạng UTF-8, đúng từng ký tự; gửi lại đúng văn bản đã hiển thị.",
        "textHash is the SHA-256 of text in UTF-8, to the letter; send exactly the text that was shown.");

    public static ApiError ConsentTermsInvalid { get; } = Make(
        400, Refusals.ConsentTermsInvalid,
        "Thời hạn, số lần hoặc thời gian lưu dữ liệu không hợp lệ", "The consent's validity, limit or data life is not possible",
        "Kết thúc phải sau lúc bắt đầu và sau hiện tại; số lần và số ngày lưu phải lớn hơn 0 và trong giới hạn.",
        "It must end after it starts and after now; limit and data life must be positive and within bounds.");

    public static ApiError ConsentRecipientUnknown { get; } = Make(
        400, Refusals.RecipientUnknown,
        "Bộ quy tắc không có bên nhận này", "The rule book has no such recipient",
        "Dùng mã cơ quan, tổ chức của bộ quy tắc đang áp dụng.", "Use the id of an organisation of the rule book in force.");

    public static ApiError ConsentPurposeUnknown { get; } = Make(
        400, Refusals.PurposeUnknown,
        "Bộ quy tắc không có mục đích này", "The rule book has no such purpose",
        "Dùng mã mục đích của bộ quy tắc đang áp dụng.", "Use a purpose code of the rule book in force.");

    public static ApiError DisclosureDenied { get; } = Make(
        403, "disclosure.denied",
        "Không trường thông tin nào được cung cấp", "Nothing of what was asked for is released",
        "Yêu cầu và kết quả đã được ghi vào sổ truy cập; xem items để biết lý do và cách khắc phục từng trường.",
        "The request and its outcome were recorded; items tell for each target why and what would change it.");

    public static ApiError DocumentNotYours { get; } = Make(
        403, Refusals.DocumentNotYours,
        "Hệ thống không phải là nguồn của loại giấy tờ này", "The system is not the source of this kind of document",
        "Chỉ gửi loại giấy tờ mà bộ quy tắc giao cho hệ thống.", "Push only the kinds that the rule book assigns to your system.");

    public static ApiError RuleBookSamePerson { get; } = Make(
        403, Refusals.RuleBookSamePerson,
        "Bước này phải do người khác thực hiện", "The step needs another person",
        "Người soạn không được duyệt hoặc ban hành; nhờ người quản lý quy tắc khác.", "Who drafted a book may not review or publish it; ask another rule owner.");

    public static ApiError CitizenUnknown { get; } = Make(
        404, Refusals.CitizenUnknown,
        "Tỉnh chưa có hồ sơ của người này", "The province holds no record of the person",
        "Kiểm tra số định danh; liên hệ Công an cấp xã nếu số đúng.", "Check the personal ID; if it is right, turn to the commune police.");

    public static ApiError DisclosureUnknown { get; } = Make(
        404, "disclosure.unknown",
        "Hệ thống không có lần khai thác này", "Your system made no such disclosure",
        "Dùng id trong câu trả lời của POST /v1/disclosures của chính hệ thống.", "Use the id that POST /v1/disclosures gave to your own system.");

    public static ApiError ConsentUnknown { get; } = Make(
        404, Refusals.ConsentUnknown,
        "Không có sự đồng ý này", "There is no such consent",
        "Xem danh sách tại GET /v1/me/consents.", "See GET /v1/me/consents.");

    public static ApiError RuleBookUnknown { get; } = Make(
        404, Refusals.RuleBookUnknown,
        "Không có bộ quy tắc số này", "There is no rule book of that number",
        "Xem danh sách tại GET /v1/rulebooks.", "See GET /v1/rulebooks.");

    public static ApiError SystemUnknown { get; } = Make(
        404, Refusals.SystemUnknown,
        "Bộ quy tắc không có hệ thống này", "The rule book in force has no such system",
        "Xem danh sách tại GET /v1/systems.", "See GET /v1/systems.");

    public static ApiError CitizenInactive { get; } = Make(
        409, Refusals.CitizenInactive,
        "Số định danh không còn được sử dụng", "The personal ID is not in use",
        "Không thể cho phép trên hồ sơ này; liên hệ Công an cấp xã nếu có nhầm lẫn.",
        "No consent can be given on this record; turn to the commune police if this is a mistake.");

    public static ApiError ConsentsTooMany { get; } = Make(
        409, Refusals.ConsentsTooMany,
        "Hồ sơ có quá nhiều sự đồng ý đang hiệu lực", "The record holds too many active consents",
        "Rút bớt sự đồng ý không còn cần.", "Withdraw consents that are no longer needed.");

    public static ApiError OperationKeyReused { get; } = Make(
        409, Refusals.OperationKeyReused,
        "Idempotency-Key đã dùng cho nội dung khác", "The Idempotency-Key was used for other content",
        "Tạo mã mới cho thao tác mới.", "Make a new key for a new operation.");

    public static ApiError DocumentVersionOld { get; } = Make(
        409, Refusals.DocumentVersionOld,
        "Đã có phiên bản mới hơn của giấy tờ", "A newer version of the document is held",
        "Bỏ qua phiên bản này hoặc gửi phiên bản lớn hơn.", "Drop this version, or push a higher one.");

    public static ApiError DocumentVersionConflict { get; } = Make(
        409, Refusals.DocumentVersionConflict,
        "Cùng phiên bản nhưng nội dung khác", "The same version is held with other content",
        "Tăng issuerVersion mỗi khi nội dung thay đổi.", "Raise issuerVersion whenever the content changes.");

    public static ApiError DocumentsTooMany { get; } = Make(
        409, Refusals.DocumentsTooMany,
        "Hồ sơ đã đủ số giấy tờ tối đa", "The record holds as many documents as it may",
        "Liên hệ đơn vị vận hành.", "Turn to the operator.");

    public static ApiError RuleBookWrongState { get; } = Make(
        409, Refusals.RuleBookState,
        "Bộ quy tắc không ở trạng thái phù hợp", "The rule book is not in the state that the step needs",
        "Duyệt bản soạn thảo; ban hành bản đã duyệt.", "Review a draft; publish an approved one.");

    public static ApiError RuleBookTooEarly { get; } = Make(
        409, Refusals.RuleBookTooEarly,
        "Thời điểm có hiệu lực quá sớm", "The book would come into force too early",
        "Chọn thời điểm không sớm hơn earliest.", "Choose an instant not before earliest.");

    public static ApiError RuleBookInvalid { get; } = Make(
        422, Refusals.RuleBookInvalid,
        "Bộ quy tắc không hợp lệ", "The rule book is not valid",
        "Sửa các điểm nêu trong findings.", "Correct what findings tell.");
}
