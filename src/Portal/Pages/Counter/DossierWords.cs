using System.Text.Json;
using Platform.Portal.Api;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Counter;

/// <summary>Refusals, values and questions of a dossier in plain words.</summary>
static class DossierWords
{
    /// <summary>A request that the API did not take at all; nothing was recorded.</summary>
    public static FormProblem Of(ApiProblem problem, Words words) => problem.Code switch
    {
        "personal-id.malformed" => new(words.T("Số định danh không đúng", "The personal number is not right"), words.T("Kiểm tra lại 12 chữ số trên thẻ.", "Check the 12 digits on the card."), DossierForm.NumberField),
        "predicate.argument-malformed" => new(words.T("Một câu hỏi thiếu phần cần hỏi", "A question lacks what it asks about"), words.T("Xem lại số tuổi, họ tên và các ngày.", "Check the age, the name and the days."), "wanted"),
        _ => new(words.T(problem.TitleVi, problem.Title), words.T(problem.DetailVi, problem.Detail)),
    };

    /// <summary>Why nothing was released and what to do, where it is the same for everything.</summary>
    public static (string Title, string Next) Denied(Disclosure disclosure, Words words) =>
        disclosure.Items.Select(item => item.Reason).Distinct().ToArray() is not [var reason] ? Mixed(words) : reason switch
        {
            "subject.unknown" => (
                words.T("Tỉnh chưa có hồ sơ của người này", "The province holds no record of this person"),
                words.T("Kiểm tra lại từng chữ số. Nếu đúng, hãy nhận giấy tờ bản giấy và báo cơ quan Công an cấp xã.", "Check each digit. If they are right, take the paper documents and tell the commune police.")),
            "case-reference.malformed" or "case-reference.missing" => (
                words.T("Mã hồ sơ không đúng mẫu của quy tắc", "The case number does not have the form that the rule asks for"),
                words.T($"Chép đúng từ phiếu tiếp nhận, ví dụ {Procedure.CaseExample}.", $"Copy it from the receipt, for instance {Procedure.CaseExample}.")),
            "system.suspended" => (
                words.T("Hệ thống một cửa đang bị tạm dừng khai thác", "The one-stop system is suspended"),
                words.T("Không ai ở quầy khai thác được lúc này. Nhận giấy tờ bản giấy và báo đơn vị vận hành.", "Nobody at the counter can ask now. Take the paper documents and tell the operator.")),
            "official.identity-level-too-low" => (
                words.T("Tài khoản của bạn chưa đủ mức định danh", "Your account's identity level is too low"),
                words.T("Đăng xuất rồi đăng nhập lại bằng tài khoản mức 2.", "Log out and log in again with an account of level 2.")),
            "hours.outside" => (
                words.T("Ngoài giờ được khai thác", "It is outside the hours for asking"),
                words.T("Thử lại trong giờ làm việc.", "Try again in working hours.")),
            _ => Mixed(words),
        };

    /// <summary>A value as people write it.</summary>
    public static string Value(DisclosedItem item, Words words)
    {
        if (item.Value is not { } value || value.ValueKind == JsonValueKind.Null)
        {
            return words.T("Hồ sơ không có thông tin này", "The record has nothing here");
        }
        return item.Text is { } text ? words.T(text) : value.ValueKind switch
        {
            JsonValueKind.True => words.T("Có", "Yes"),
            JsonValueKind.False => words.T("Không", "No"),
            JsonValueKind.Number => words.Number(value.GetDecimal()),
            JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(one => one.ToString())),
            _ => words.Date(value.ToString()),
        };
    }

    /// <summary>What was asked, a question with what it asks about.</summary>
    public static string Label(string target, Words words)
    {
        var label = Procedure.Find(target) is { } offer ? words.T(offer.Vi, offer.En) : target;
        if (target.IndexOf('(', StringComparison.Ordinal) is not (> 0 and var open))
        {
            return label;
        }
        var argument = target[(open + 1)..^1];
        return target[..open] switch
        {
            Procedure.Age => words.T($"Đủ {argument} tuổi", $"At least {argument} years old"),
            Procedure.Matches when argument.LastIndexOf(';') is >= 0 and var cut => $"{label}: {argument[..cut]}, {words.Date(argument[(cut + 1)..])}",
            _ => $"{label}: {words.Date(argument)}",
        };
    }

    static (string, string) Mixed(Words words) => (
        words.T("Không có thông tin nào được cung cấp", "Nothing was released"),
        words.T("Lý do của từng thông tin có ở dưới. Bạn có thể nhận giấy tờ bản giấy từ người dân.", "The reason for each is below. You can take paper documents from the person."));
}
