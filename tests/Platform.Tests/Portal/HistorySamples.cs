namespace Platform.Tests.Portal;

/// <summary>What the API tells of the past and of consents, as it gives it.</summary>
internal static class HistorySamples
{
    public const string Id = "0199c0de-0000-7000-8000-000000000001";
    public const string Other = "0199c0de-0000-7000-8000-000000000002";
    public static readonly string Hash = new('a', 64);

    public static string Text(string vi, string en) => $$"""{"vi":"{{vi}}","en":"{{en}}"}""";

    public static string Named(string key, string vi, string en) => $$"""{"key":"{{key}}","label":{{Text(vi, en)}}}""";

    public static string Target(string vi, string en, bool released, string? consent = null) => $$"""
        {"target":"t","label":{{Text(vi, en)}},"released":{{(released ? "true" : "false")}},
         "explanation":{{(released ? Text("Luật cho phép.", "The law permits it.") : Text("Bạn chưa đồng ý.", "You have not consented."))}},"consent":{{Quoted(consent)}}}
        """;

    public static string Access(
        int seq = 7, string id = Id, string vi = "Bảo hiểm xã hội tỉnh", string en = "Social Insurance", string kind = "disclosure", string outcome = "partlyPermitted",
        string? caseReference = "H15.26-1", string? asked = null, string? targets = null, string official = """{"role":"one-stop-officer","unit":"Một cửa phường Bắc Gia Nghĩa"}""") => $$"""
        {"seq":{{seq}},"id":"{{id}}","at":"2026-11-19T18:30:00Z","kind":"{{kind}}","organisation":{{Named("vss", vi, en)}},"system":{{Named("vss-cards", "Hệ thống thẻ", "Card system")}},
         "purpose":{{Named("p", "Gia hạn thẻ bảo hiểm y tế", "Renewing the health insurance card")}},"ground":{{Text("Luật BHYT, điều 17", "Health Insurance Act, article 17")}},
         "official":{{official}},"caseReference":{{Quoted(caseReference)}},"outcome":"{{outcome}}",
         "targets":[{{targets ?? Target("Họ và tên", "Full name", true) + "," + Target("Nhóm máu", "Blood group", false)}}],"asked":{{Quoted(asked)}}}
        """;

    public static string Accesses(string items, long? next = null) => $$"""{"items":[{{items}}],"next":{{(next is { } number ? $"{number}" : "null")}}}""";

    public static string Summary(int total = 10_000, int denied = 120, string organisation = "Bảo hiểm xã hội tỉnh") => $$"""
        {"total":{{total}},"denied":{{denied}},"months":[{"month":"2026-11","permitted":5,"partlyPermitted":1,"denied":2},{"month":"2026-10","permitted":1,"partlyPermitted":0,"denied":0}],
         "organisations":[{"organisation":{{Named("bank", "Ngân hàng", "Bank")}},"count":3,"denied":1,"lastAt":"2026-11-19T18:30:00Z"},
                          {"organisation":{{Named("vss", organisation, "Social Insurance")}},"count":{{total}},"denied":{{denied}},"lastAt":"2026-11-18T02:00:00Z"}]}
        """;

    public static string Report(string access = Id, string id = Other, string? answer = null) => $$"""
        {"id":"{{id}}","kind":"accessQuestion","state":"{{(answer is null ? "open" : "answered")}}","openedAt":"2026-11-20T02:00:00Z","about":{{Text("Lần truy cập", "An access")}},
         "attribute":null,"document":null,"access":"{{access}}","text":"Vì sao hỏi tôi?","proposed":null,
         "answer":{{(answer is null ? "null" : $$"""{"at":"2026-11-20T02:30:00Z","text":"{{answer}}","role":"one-stop-officer","outcome":"explained"}""")}}}
        """;

    public static string Consent(
        string id = Id, string state = "granted", string vi = "Ngân hàng Đắk Nông", string en = "Bank of Đắk Nông", string validTo = "2026-12-20T03:00:00Z",
        string? withdrawnAt = null, int uses = 3, string more = "", string decidedAt = "2026-11-01T03:00:00Z") => $$"""
        {"id":"{{id}}","recipient":{{Named("bank", vi, en)}},"purpose":{{Named("bank.account-opening", "Mở tài khoản", "Opening an account")}},
         "targets":[{{Named("profile.fullName", "Họ và tên", "Full name")}},{{Named("profile.birthDate", "Ngày sinh", "Date of birth")}}],"state":"{{state}}",
         "decidedAt":"{{decidedAt}}","validFrom":"{{decidedAt}}","validTo":"{{validTo}}","limit":{"count":5,"per":"month"},"dataLifeDays":90,
         "evidence":{"channel":"portal","identityLevel":2,"textVersion":"1","language":"vi","textHash":"{{Hash}}","givenBy":null},
         "withdrawnAt":{{Quoted(withdrawnAt)}},"uses":{"count":{{uses}},"lastAt":{{(uses == 0 ? "null" : "\"2026-11-19T02:00:00Z\"")}}}{{more}}}
        """;

    public static string Detail(string state = "granted", string? withdrawnAt = null, string validTo = "2026-12-20T03:00:00Z", string? text = "Bên nhận dữ liệu: Ngân hàng.\\nMục đích: <mở> tài khoản.", string more = "") =>
        Consent(state: state, withdrawnAt: withdrawnAt, validTo: validTo, more: $$"""
            ,"text":{{Quoted(text)}},"entries":[{"seq":41,"kind":"consent.{{(state == "refused" ? "refused" : "granted")}}","at":"2026-11-01T03:00:00Z","hash":"{{Hash}}"}{{more}}]
            """);

    public static string WithdrawnEntry { get; } = $$""",{"seq":10001,"kind":"consent.withdrawn","at":"2026-11-20T03:00:00Z","hash":"{{new string('b', 64)}}"}""";

    public static string Request(
        string id = Id, string state = "waiting", string? hash = null, string vi = "Ngân hàng Đắk Nông", string en = "Bank of Đắk Nông", string? consent = null, bool chosen = false,
        string until = "2026-12-02T02:00:00Z", string? endedAt = null, string words = "Bên nhận dữ liệu: Ngân hàng.\\n• Họ và tên\\nQuyền của bạn <b>.") => $$"""
        {"id":"{{id}}","system":{{Named("bank-core", "Hệ thống lõi", "Core system")}},"organisation":{{Named("bank", vi, en)}},
         "purpose":{{Named("bank.account-opening", "Mở tài khoản", "Opening an account")}},"description":{{Text("Kiểm tra danh tính", "Checking who you are")}},"ground":null,
         "targets":[{"target":"profile.fullName","label":{{Text("Họ và tên", "Full name")}},"sensitive":false,"chosen":{{(chosen ? "true" : "false")}}},
                    {"target":"profile.bloodGroup","label":{{Text("Nhóm máu", "Blood group")}},"sensitive":true,"chosen":false}],
         "days":30,"dataLifeDays":90,"limit":{"count":1,"per":"total"},"caseReference":"TK-1","note":"Xin chào <script>","askedAt":"2026-11-18T02:00:00Z","until":"{{until}}",
         "state":"{{state}}","endedAt":{{Quoted(endedAt)}},"consent":{{Quoted(consent)}},
         "text":{{(hash is null ? "null" : $$"""{"language":"en","version":"1","hash":"{{hash}}","paragraphs":"{{words}}"}""")}}}
        """;

    public static string List(IEnumerable<string> items) => $"[{string.Join(',', items)}]";

    static string Quoted(string? text) => text is null ? "null" : $"\"{text}\"";
}
