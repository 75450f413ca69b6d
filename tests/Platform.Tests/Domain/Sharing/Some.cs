using System.Collections.Immutable;
using System.Globalization;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;

namespace Platform.Tests.Domain.Sharing;

/// <summary>Small building blocks: a citizen, a request, facts and rules, each with one sensible default.</summary>
internal static class Some
{
    /// <summary>Wednesday, 15 July 2026, 10:00 in Asia/Ho_Chi_Minh.</summary>
    public static DateTimeOffset Now { get; } = Instant("2026-07-15T03:00:00Z");

    public static DateOnly Today { get; } = new(2026, 7, 15);

    public static PersonalId Id { get; } = PersonalId.Parse("067085012345");

    public static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public static LocalText Text(string text) => new() { Vi = text, En = text };

    public static Provenance From(string source, long version = 1) => new() { Source = source, AsOf = Instant("2026-07-01T00:00:00Z"), Version = version };

    public static AttributeValues Values(params (string Name, string Text)[] values) =>
        AttributeValues.From(values.Select(value => KeyValuePair.Create(value.Name, value.Text)));

    public static CitizenRecord Citizen(params (string Path, string Text)[] values)
    {
        var record = new CitizenRecord { PersonalId = Id };
        return values.Length == 0 ? record : record.WithAttributes(From("population"), Values(values));
    }

    public static Document Document(
        string kind, string number, string? from = null, string? to = null, DocumentState state = DocumentState.Valid, params (string Name, string Text)[] values) => new()
        {
            Kind = kind,
            Number = number,
            Issuer = "Cơ quan cấp",
            ValidFrom = Day(from),
            ValidTo = Day(to),
            IssuerState = state,
            Provenance = From("insurance"),
            Values = Values(values),
        };

    public static Consent Consent(string recipient, string purpose, params string[] targets) => new()
    {
        Id = Guid.CreateVersion7(Now),
        Recipient = recipient,
        Purpose = purpose,
        Targets = [.. targets.Order(StringComparer.Ordinal)],
        State = ConsentState.Granted,
        DecidedAt = Now.AddDays(-1),
        ValidFrom = Now.AddDays(-1),
        ValidTo = Now.AddDays(30),
        DataLifeDays = 90,
        Evidence = new ConsentEvidence
        {
            Channel = "portal",
            IdentityLevel = 2,
            TextVersion = "1",
            Language = "vi",
            TextHash = new string('0', 64),
        },
    };

    public static DisclosureRequest Request(string system, string purpose, params string[] targets) => new()
    {
        Id = new Guid("01980000-0000-7000-8000-000000000001"),
        System = system,
        Purpose = purpose,
        Targets = [.. targets],
    };

    public static Official Official(int? level = null) => new() { Reference = "CB-17", Role = "officer", IdentityLevel = level };

    public static SharingFacts Facts { get; } = new() { SubjectKnown = true, SystemSuspended = false, Relation = Relation.Other };

    public static Rule Rule(string id, Effect effect, string[] targets, params Condition[] when) => new()
    {
        Id = id,
        Version = 1,
        Effect = effect,
        Name = Text("Quy tắc " + id),
        Article = "Law 91/2025/QH15 art. 19",
        Targets = [.. targets],
        When = [.. when],
    };

    public static RuleBook Book(params Rule[] rules) => new()
    {
        Number = 7,
        Title = Text("Thử"),
        Organisations =
        [
            new Organisation { Id = "org-a", Kind = "state", Name = Text("A") },
            new Organisation { Id = "org-b", Kind = "bank", Name = Text("B") },
        ],
        Systems =
        [
            new SectorSystem { Id = "sys-a", Organisation = "org-a", Name = Text("A") },
            new SectorSystem { Id = "sys-b", Organisation = "org-b", Name = Text("B") },
        ],
        Grounds =
        [
            new LegalGround { Id = "law", Name = Text("Luật"), Article = "Law 91/2025/QH15 art. 19" },
            new LegalGround { Id = "consent", Name = Text("Đồng ý"), Article = "Law 91/2025/QH15 art. 9" },
        ],
        Purposes = [Purpose("one", "law"), Purpose("two", "consent"), Purpose("three", "law")],
        Rules = [.. rules],
    };

    public static ImmutableArray<T> List<T>(params T[] items) => [.. items];

    public static Purpose Purpose(string code, string ground) => new()
    {
        Code = code,
        Name = Text(code),
        Description = Text(code),
        Ground = ground,
        Article = "Law 91/2025/QH15 art. 19",
    };

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
