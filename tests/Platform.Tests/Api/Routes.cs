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
        new("POST", "/v1/consent-requests", "system", ["consents.request"], Bodies.ConsentRequest),
        new("GET", $"/v1/consent-requests/{AnyId}", "system", ["consents.request"], null),
        new("DELETE", $"/v1/consent-requests/{AnyId}", "system", ["consents.request"], null),
        new("GET", "/v1/me", "citizen", ["me.read"], null),
        new("GET", "/v1/me/documents", "citizen", ["me.read"], null),
        new("GET", "/v1/me/ledger", "citizen", ["me.read"], null),
        new("GET", "/v1/me/accesses", "citizen", ["me.read"], null),
        new("GET", "/v1/me/accesses/summary", "citizen", ["me.read"], null),
        new("GET", $"/v1/me/accesses/{AnyId}", "citizen", ["me.read"], null),
        new("GET", "/v1/me/notifications", "citizen", ["me.read"], null),
        new("PUT", "/v1/me/notifications/choices", "citizen", ["me.write"], Bodies.Choices),
        new("POST", "/v1/me/notifications/seen", "citizen", ["me.write"], """{"upTo":"2026-03-02T02:15:00Z"}"""),
        new("GET", "/v1/me/reports", "citizen", ["me.read"], null),
        new("POST", "/v1/me/reports", "citizen", ["me.write"], Bodies.Report),
        new("GET", "/v1/reports/role", "official", ["reports.answer"], null) { AsksNoGrain = true },
        new("GET", "/v1/reports/open", "official", ["reports.answer"], null),
        new("POST", $"/v1/reports/{AnyId}/answer", "official", ["reports.answer"], Bodies.Settlement),
        new("GET", "/v1/me/consents", "citizen", ["me.consents"], null),
        new("GET", $"/v1/me/consents/{AnyId}", "citizen", ["me.consents"], null),
        new("POST", "/v1/me/consents", "citizen", ["me.consents"], Bodies.Consent),
        new("DELETE", $"/v1/me/consents/{AnyId}", "citizen", ["me.consents"], null),
        new("GET", "/v1/me/requests", "citizen", ["me.read"], null),
        new("GET", $"/v1/me/requests/{AnyId}", "citizen", ["me.read"], null),
        new("POST", $"/v1/me/requests/{AnyId}/decision", "citizen", ["me.consents"], Bodies.RequestDecision),
        new("POST", "/v1/me/presentations", "citizen", ["me.write"], Bodies.Presentation),
        new("GET", $"/v1/me/presentations/{AnyId}", "citizen", ["me.read"], null),
        new("DELETE", $"/v1/me/presentations/{AnyId}", "citizen", ["me.write"], null),
        new("GET", "/v1/me/account", "citizen", ["me.account"], null),
        new("POST", "/v1/me/account/sessions/AAAAAAAAAAAAAAAAAAAAAA/end", "citizen", ["me.account"], null),
        new("POST", "/v1/me/account/sessions/end-others", "citizen", ["me.account"], null),
        new("POST", "/v1/me/account/lock", "citizen", ["me.account"], null),
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

    public bool AsksNoGrain { get; init; }

    public string Name => $"{Method} {Path}";

    public static Route Of(string name) => All.Single(route => route.Name == name);

    public Task<ApiAnswer> Send(ApiServer server, string? token) => server.Send(new HttpMethod(Method), Path, token, Body, idempotencyKey: "key-1");
}
