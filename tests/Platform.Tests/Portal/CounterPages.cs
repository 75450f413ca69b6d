using System.Buffers.Text;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Platform.Tests.Portal;

/// <summary>What the counter is given to show, and forms as an officer fills them in.</summary>
internal static class CounterPages
{
    public const string Case = "H16.12-260302-0042";
    public const string Unit = "Bộ phận một cửa phường Bắc Gia Nghĩa";
    public const string Hash = "9b1f6a2c";
    public static readonly Guid Report = new("0195549a-7c00-7000-8000-0000000000aa");

    public static (string, string)[] Filled(params (string Name, string Value)[] more) =>
    [
        .. new (string Name, string Value)[] { ("case", Case), ("personalId", Samples.Number), ("unit", Unit), ("want", "profile.fullName") }
            .Where(field => more.All(other => other.Name != field.Name)),
        .. more,
    ];

    public static string Disclosure(string outcome, params string[] items) => $$"""
        {"id":"0195549a-7c00-7000-8000-000000000001","at":"2026-11-20T03:00:00Z","outcome":"{{outcome}}","purpose":"procedure.prefill","ruleBook":1,
         "ledger":{"seq":1234,"hash":"{{Hash}}"},"items":[{{string.Join(',', items)}}]}
        """;

    public static string Released(string target, string value, string text = "null") => $$"""
        {"target":"{{target}}","outcome":"released","value":{{value}},"text":{{text}},"held":true,"values":null,"source":"population","asOf":"2025-03-02T02:00:00Z","rule":null,"consentId":null,
         "reason":"permitted","remedies":[],"explanation":{"vi":"Đã cung cấp.","en":"Released."} }
        """;

    public static string Denied(string target, string reason) => $$"""
        {"target":"{{target}}","outcome":"denied","value":null,"held":null,"values":null,"source":null,"asOf":null,"rule":null,"consentId":null,
         "reason":"{{reason}}","remedies":[],"explanation":{"vi":"Vì {{reason}}.","en":"Because of {{reason}}."} }
        """;

    /// <summary>A wholly denied disclosure as the API refuses it.</summary>
    public static string DeniedProblem(string reason)
    {
        var problem = FakeApi.Problem(403, "disclosure.denied");
        foreach (var (name, value) in JsonNode.Parse(Disclosure("denied", Denied("profile.fullName", reason)))!.AsObject().ToArray())
        {
            problem[name] = value?.DeepClone();
        }
        return problem.ToJsonString();
    }

    public static string Open(string kind = "correction", string text = "Tên tôi sai.") => $$"""
        {"id":"{{Report}}","kind":"{{kind}}","openedAt":"2026-11-18T02:00:00Z","about":{"vi":"Họ và tên","en":"Full name"},"text":"{{text}}","proposed":"Hòa",
         "currentValue":[{"path":"profile.fullName","label":{"vi":"Họ và tên","en":"Full name"},"text":"Nguyễn Thị Hoa"}],"personMasked":"067*****3456"}
        """;

    public static string OpenList(params string[] items) => $$"""{"items":[{{string.Join(',', items)}}],"next":null}""";

    public static string Claim(string token, string name) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))![name]!.GetValue<string>().ToString(CultureInfo.InvariantCulture);
}
