using System.Text.Json.Nodes;
using Platform.Domain;
using Shipped = Platform.Domain.Sharing.RuleBook;

namespace Platform.Tests.Api;

/// <summary>Bodies that are right, to be spoiled one member at a time.</summary>
static class Bodies
{
    public const string Disclosure =
        """
        {
          "subject": { "personalId": "067199000017" },
          "purpose": "health-insurance.renewal",
          "attributes": ["profile.fullName", "household.memberCount"],
          "predicates": ["age.atLeast(18)"],
          "caseReference": "H16.12-260302-0042",
          "official": { "staffCode": "BHXH-0117", "role": "officer", "unit": "Một cửa", "identityLevel": 2 }
        }
        """;

    public const string Document =
        """
        {
          "subject": { "personalId": "067199000017" },
          "kind": "drivingLicence",
          "number": "66012345",
          "issuer": "Công an tỉnh",
          "issuedOn": "2025-04-01",
          "validFrom": "2025-04-01",
          "validTo": "2035-04-01",
          "state": "valid",
          "issuerVersion": 3,
          "asOf": "2026-03-02T09:15:00+07:00",
          "attributes": { "class": "B", "points": 12 }
        }
        """;

    public const string Report = """{"kind":"correction","attribute":"profile.birthDate","text":"Ngày sinh bị sai.","proposed":"02/03/1999"}""";

    public const string Choices =
        """
        {
          "accessPermitted": false, "accessDenied": true, "consentChanged": true, "documentChanged": true, "documentExpiring": true, "reportAnswered": true,
          "presentationShown": true, "identityReleased": false
        }
        """;

    public const string Settlement = """{"text":"Đã sửa tại nguồn.","outcome":"corrected"}""";

    public const string Consent =
        """
        {
          "recipient": "ngan-hang",
          "purpose": "bank.account-opening",
          "targets": ["profile.fullName", "age.atLeast"],
          "granted": true,
          "validTo": "2030-01-01T00:00:00Z",
          "limit": { "count": 3, "per": "month" },
          "dataLifeDays": 30,
          "evidence": {
            "channel": "portal",
            "textVersion": "1",
            "language": "vi",
            "textHash": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
          }
        }
        """;

    public const string ConsentRequest =
        """
        {
          "subject": { "personalId": "067199000017" },
          "purpose": "bank.account-opening",
          "targets": ["profile.fullName", "age.atLeast"],
          "days": 30,
          "dataLifeDays": 90,
          "limit": { "count": 3, "per": "month" },
          "caseReference": "TK-17",
          "note": "Mở tài khoản."
        }
        """;

    public const string RequestDecision =
        """
        {
          "granted": true,
          "targets": ["profile.fullName"],
          "language": "vi",
          "textHash": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        }
        """;

    public const string Presentation =
        """
        {
          "document": { "kind": "drivingLicence", "number": "66012345" },
          "attributes": ["profile.fullName", "class", "document.drivingLicence.validTo"],
          "minutes": 3
        }
        """;

    public static string RuleBook { get; } = MakeRuleBook();

    public static string With(string body, string pointer, JsonNode? value) => Change(body, pointer, (parent, name) =>
    {
        if (parent is JsonArray items)
        {
            items[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            parent[name] = value;
        }
    });

    public static string Without(string body, string pointer) => Change(body, pointer, (parent, name) => ((JsonObject)parent).Remove(name));

    static string Change(string body, string pointer, Action<JsonNode, string> change)
    {
        var root = JsonNode.Parse(body)!;
        var names = pointer[1..].Split('/');
        var parent = names[..^1].Aggregate(root, (node, name) => node is JsonArray items ? items[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]! : node[name]!);
        change(parent, names[^1]);
        return root.ToJsonString();
    }

    static string MakeRuleBook()
    {
        var book = JsonNode.Parse(DomainJson.Write(Shipped.Shipped))!.AsObject();
        book.Remove("number");
        book.Remove("format");
        return book.ToJsonString();
    }
}
