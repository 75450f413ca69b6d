using Xunit;

namespace Platform.Tests.Api;

/// <summary>Every route of v1 with the one right kind of caller and scope.</summary>
sealed record Route(string Method, string Path, string Audience, string[] Scopes, string? Body)
{
    const string AnyId = "0195549a-7c00-7000-8000-000000000001";

    public static IReadOnlyList<Route> All { get; } =
    [
        new("POST", "/v1/disclosures", "system", ["disclosures.request"], Bodies.Disclosure),
        new("GET", $"/v1/disclosures/{AnyId}", "system", ["disclosures.read"], null),
        new("PUT", "/v1/documents", "system", ["documents.push"], Bodies.Document),
        new("GET", "/v1/catalogue", "system", ["catalogue.read"], null),
        new("GET", "/v1/me", "citizen", ["me.read"], null),
        new("GET", "/v1/me/documents", "citizen", ["me.read"], null),
        new("GET", "/v1/me/ledger", "citizen", ["me.read"], null),
        new("GET", "/v1/me/consents", "citizen", ["me.consents"], null),
        new("POST", "/v1/me/consents", "citizen", ["me.consents"], Bodies.Consent),
        new("DELETE", $"/v1/me/consents/{AnyId}", "citizen", ["me.consents"], null),
        new("GET", "/v1/rulebooks", "staff", ["rules.draft", "rules.review", "rules.publish"], null),
        new("GET", "/v1/rulebooks/current", "staff", ["rules.draft", "rules.review", "rules.publish"], null),
        new("GET", "/v1/rulebooks/1", "staff", ["rules.draft", "rules.review", "rules.publish"], null),
        new("POST", "/v1/rulebooks", "staff", ["rules.draft"], Bodies.RuleBook),
        new("POST", "/v1/rulebooks/1/review", "staff", ["rules.review"], """{"approve":true,"comment":"ok"}"""),
        new("POST", "/v1/rulebooks/1/publish", "staff", ["rules.publish"], """{"effectiveFrom":"2027-01-01T00:00:00Z"}"""),
        new("GET", "/v1/systems", "staff", ["systems.manage"], null),
        new("POST", "/v1/systems/bank/suspend", "staff", ["systems.manage"], """{"cause":"x"}"""),
        new("POST", "/v1/systems/bank/resume", "staff", ["systems.manage"], """{"cause":"x"}"""),
    ];

    public static TheoryData<string> Names => [.. All.Select(route => route.Name)];

    public string Name => $"{Method} {Path}";

    public static Route Of(string name) => All.Single(route => route.Name == name);

    public Task<ApiAnswer> Send(ApiServer server, string? token) => server.Send(new HttpMethod(Method), Path, token, Body, idempotencyKey: "key-1");
}
