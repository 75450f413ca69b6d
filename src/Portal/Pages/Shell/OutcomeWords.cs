namespace Platform.Portal.Pages.Shell;

/// <summary>How an access ended, in words.</summary>
static class OutcomeWords
{
    public static string Say(Words words, string outcome) => outcome switch
    {
        "permitted" => words.T("Đã cung cấp", "Released"),
        "partlyPermitted" => words.T("Cung cấp một phần", "Partly released"),
        _ => words.T("Bị từ chối", "Refused"),
    };
}
