using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Consents;

/// <summary>The terms of a consent in plain words.</summary>
static class ConsentWords
{
    public static string Limit(Words words, UseLimit? limit) => limit switch
    {
        null => words.T("Không giới hạn số lần", "No limit of times"),
        { Per: "day" } => words.T($"Nhiều nhất {words.Number(limit.Count)} lần mỗi ngày", $"At most {Times(words, limit.Count)} a day"),
        { Per: "month" } => words.T($"Nhiều nhất {words.Number(limit.Count)} lần mỗi tháng", $"At most {Times(words, limit.Count)} a month"),
        { Per: "year" } => words.T($"Nhiều nhất {words.Number(limit.Count)} lần mỗi năm", $"At most {Times(words, limit.Count)} a year"),
        _ => words.T($"Nhiều nhất {words.Number(limit.Count)} lần", $"At most {Times(words, limit.Count)}"),
    };

    public static string Used(Words words, ConsentUses uses) => uses switch
    {
        { Count: 0 } => words.T("Chưa được dùng lần nào", "Not used so far"),
        { LastAt: { } last } => words.T($"Đã dùng {words.Number(uses.Count)} lần, gần nhất {words.Day(last)}", $"Used {Times(words, uses.Count)}, last on {words.Day(last)}"),
        _ => words.T($"Đã dùng {words.Number(uses.Count)} lần", $"Used {Times(words, uses.Count)}"),
    };

    public static string Days(Words words, int days) => words.T($"{words.Number(days)} ngày", days == 1 ? "1 day" : $"{words.Number(days)} days");

    public static string Channel(Words words, string channel) => channel switch
    {
        "portal" => words.T("Trên cổng này", "In this portal"),
        "counter" => words.T("Tại bộ phận một cửa", "At the one-stop counter"),
        "eid-consent-page" => words.T("Khi đăng nhập vào dịch vụ của bên nhận", "When you logged in to the recipient's service"),
        _ => channel,
    };

    public static string Entry(Words words, string kind) => kind switch
    {
        "consent.granted" => words.T("Đồng ý", "Agreed"),
        "consent.refused" => words.T("Từ chối", "Refused"),
        "consent.withdrawn" => words.T("Rút lại", "Taken back"),
        _ => kind,
    };

    static string Times(Words words, int count) => count == 1 ? "once" : $"{words.Number(count)} times";
}
