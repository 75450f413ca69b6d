namespace Platform.Tests.Portal;

/// <summary>E-ID accounts as the API gives them.</summary>
internal static class AccountSamples
{
    public const string Own = "AAAAAAAAAAAAAAAAAAAAAA";
    public const string Other = "BBBBBBBBBBBBBBBBBBBBB-";
    public const string Foreign = "CCCCCCCCCCCCCCCCCCCCC_";

    public static string Full { get; } = Account(
        sessions: $"{Session(Own, "Firefox, Linux · 203.0.113.0", true)},{Session(Other, "Chrome, Android · 198.51.100.0", false)}",
        devices: """
            {"ref":"d1","kind":"totp","name":"Điện thoại của tôi","addedAt":"2026-01-02T03:00:00Z","usedAt":"2026-11-19T23:30:00Z","deviceBound":false},
            {"ref":"d2","kind":"passkey","name":"Máy tính","addedAt":"2026-02-02T03:00:00Z","usedAt":null,"deviceBound":true}
            """,
        history: $"{Event("login.ok", "Firefox, Linux · 203.0.113.0", "pwd otp mfa")},{Event("login.refused", "Chrome, Android · 198.51.100.0", null)}",
        lifeCycle: Event("level.raised", "Công an phường", "thẻ căn cước", "CA-17"));

    public static string Empty { get; } = Account(sessions: Session(Own, "", true), recoveryCodes: 0);

    public static string Account(
        string sessions = "", string devices = "", string history = "", string lifeCycle = "", int recoveryCodes = 8, string roles = "", bool isWard = false) => $$"""
        {"level":2,"state":"active","name":"Nguyễn Thị Hoa","isWard":{{(isWard ? "true" : "false")}},"roles":[{{roles}}],"recoveryCodesLeft":{{recoveryCodes}},
         "sessions":[{{sessions}}],"devices":[{{devices}}],"history":[{{history}}],"lifeCycle":[{{lifeCycle}}]}
        """;

    public static string Session(string reference, string place, bool isCurrent) => $$"""
        {"ref":"{{reference}}","current":{{(isCurrent ? "true" : "false")}},"openedAt":"2026-11-20T01:15:00Z","authenticatedAt":"2026-11-20T01:15:00Z","until":"2026-11-20T13:15:00Z",
         "place":"{{place}}","level":2,"methods":["pwd","otp","mfa"],"parties":[{"clientId":"portal"},{"clientId":"so-y-te"}]}
        """;

    public static string Event(string kind, string place, string? detail, string? official = null) => $$"""
        {"at":"2026-11-19T08:30:00Z","kind":"{{kind}}","place":"{{place}}","detail":{{Text(detail)}},"official":{{Text(official)}}}
        """;

    static string Text(string? text) => text is null ? "null" : $"\"{text}\"";
}
