namespace Platform.Tests.Portal;

/// <summary>Answers of the API as it gives them.</summary>
internal static class Samples
{
    /// <summary>A name of 120 characters.</summary>
    public const string LongName =
        "H Đê Niê Kđăm Êban Ksơr Mlô Buôn Yă Hwing Ayŭn Knul Hđơk Adrơng Hmŏk Kbuôr Mdrang Ktla Niê Siêng Bkrông Êñuôl Rơčăm Ksor";

    // Not a number that could be anybody's; and put together, so that nobody takes it for one.
    public static string Number { get; } = "067" + "000" + "123" + "456";

    public static void Teach(FakeApi api)
    {
        api.Answers("GET /v1/me", Record("Nguyễn Thị Hoa"));
        api.Answers("GET /v1/me/notifications", """{"unseen":3,"items":[],"choices":[]}""");
        api.Answers("GET /v1/me/documents", "[]");
        api.Answers("GET /v1/me/requests", "[]");
        api.Answers("GET /v1/reports/role", """{"role":"one-stop-officer"}""");
        api.Answers("GET /v1/me/accesses", """{"items":[],"next":null}""");
    }

    public static string Record(string name, string birthDate = "1990-05-19", string more = "") => $$"""
        {"personalId":"{{Number}}","status":"active","groups":[
          {"key":"profile","label":{"vi":"Thông tin cá nhân","en":"Profile"},"attributes":[
            {{Field("profile.fullName", "Họ, chữ đệm và tên", "Full name", $"\"{name}\"")}},
            {{Field("profile.birthDate", "Ngày sinh", "Date of birth", $"\"{birthDate}\"", type: "partialDate")}}{{more}}]}]}
        """;

    public static string Field(string path, string vi, string en, string value, string sensitivity = "basic", string type = "text", string text = "null") => $$"""
        {"path":"{{path}}","label":{"vi":"{{vi}}","en":"{{en}}"},"type":"{{type}}","value":{{value}},"text":{{text}},"source":"population","sourceLabel":{"vi":"Cơ sở dữ liệu dân cư","en":"Population database"},
         "asOf":"2025-03-02T02:00:00Z","sensitivity":"{{sensitivity}}"}
        """;

    public static string Document(string kind, string vi, string en, string number, string state = "valid", string? validTo = "2030-01-31", string attributes = "") => $$"""
        {"kind":"{{kind}}","label":{"vi":"{{vi}}","en":"{{en}}"},"number":"{{number}}","issuer":"Sở Xây dựng","issuedOn":"2020-01-31","validFrom":"2020-01-31",
         "validTo":{{(validTo is null ? "null" : $"\"{validTo}\"")}},"state":"{{state}}","source":"driving-licences","sourceLabel":{"vi":"Cơ sở dữ liệu giấy phép lái xe","en":"Driving licences"},
         "asOf":"2025-03-02T02:00:00Z","issuerVersion":3,"attributes":[{{attributes}}]}
        """;

    public static string Access(string id, string vi, string en, string outcome = "permitted") => $$"""
        {"seq":7,"id":"{{id}}","at":"2026-11-19T08:30:00Z","kind":"disclosure","organisation":{"key":"o","label":{"vi":"{{vi}}","en":"{{en}}"} },
         "system":{"key":"s","label":{"vi":"Hệ thống","en":"System"} },"purpose":{"key":"p","label":{"vi":"Gia hạn thẻ bảo hiểm","en":"Insurance renewal"} },"ground":null,"official":null,
         "caseReference":null,"outcome":"{{outcome}}","targets":[],"asked":null}
        """;

    public static string Request(string id, string vi, string en) => $$"""
        {"id":"{{id}}","system":{"key":"s","label":{"vi":"Hệ thống","en":"System"} },"organisation":{"key":"o","label":{"vi":"{{vi}}","en":"{{en}}"} },
         "purpose":{"key":"p","label":{"vi":"Mở tài khoản","en":"Opening an account"} },"description":{"vi":"Mô tả","en":"Description"},"ground":null,"targets":[],"days":30,"dataLifeDays":30,
         "limit":null,"caseReference":null,"note":null,"askedAt":"2026-11-18T02:00:00Z","until":"2026-12-02T02:00:00Z","state":"waiting"}
        """;
}
