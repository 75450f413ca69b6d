using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Requests;

/// <summary>How a request ended, in words.</summary>
static class RequestWords
{
    public static string Say(Words words, string state) => state switch
    {
        "waiting" => words.T("Chờ bạn", "Waits for you"),
        "granted" => words.T("Đã đồng ý", "Agreed"),
        "refused" => words.T("Đã từ chối", "Refused"),
        "cancelled" => words.T("Nơi hỏi đã rút", "Taken back by them"),
        _ => words.T("Hết hạn", "Expired"),
    };

    public static string? Tag(string state) => state switch { "waiting" => "warn", "granted" => "good", "refused" => "bad", _ => null };
}
