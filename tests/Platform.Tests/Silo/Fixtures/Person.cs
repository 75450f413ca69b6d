using System.Globalization;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Tests.Domain.Sharing;

namespace Platform.Tests.Silo.Fixtures;

/// <summary>Citizens, and what a sector system, a source and the citizen typically ask of the kernel.</summary>
internal static class Person
{
    public const string System = "electricity";
    public const string Recipient = "dien-luc";
    public const string Purpose = "electricity.contract";
    public const string Name = "profile.fullName";

    public static DateTimeOffset Now => CivilTime.Microseconds(TimeProvider.System.GetUtcNow());

    public static PersonalId Id(int number) => PersonalId.Parse(string.Create(CultureInfo.InvariantCulture, $"067085{number:D6}"));

    public static CitizenRecord Record(int number, params Consent[] consents) => (Some.Citizen(
        (Name, $"NGUYỄN VĂN {number}"),
        ("profile.birthDate", "1985-03-02"),
        ("profile.sex", "male"),
        ("residence.permanent.commune", "24611")) with
    {
        PersonalId = Id(number),
        Consents = [.. consents],
    }).WithDocument(Card(1));

    public static Document Card(long version) => Some.Document("healthInsurance", "HT3676720000001", "2026-01-01", "2026-12-31", values: ("benefitLevel", "4")) with
    {
        Provenance = Some.From("insurance", version),
    };

    public static Consent Consent(FrequencyLimit? limit = null, DateTimeOffset? now = null) => Some.Consent(Recipient, Purpose, Name, "profile.birthDate") with
    {
        Id = Guid.CreateVersion7(),
        DecidedAt = (now ?? Now).AddDays(-1),
        ValidFrom = (now ?? Now).AddDays(-1),
        ValidTo = (now ?? Now).AddDays(30),
        Limit = limit,
    };

    public static DisclosureCall Call(params string[] targets) => new()
    {
        Id = Guid.CreateVersion7(),
        System = System,
        Purpose = Purpose,
        Targets = targets.Length == 0 ? [Name] : [.. targets],
    };

    /// <summary>A lawful request that needs no consent.</summary>
    public static DisclosureCall Renewal(params string[] targets) => new()
    {
        Id = Guid.CreateVersion7(),
        System = "insurance",
        Purpose = "health-insurance.renewal",
        Targets = [.. targets],
        CaseReference = "H16.12-260302-0042",
        Official = new OfficialCall { PersonalId = "067080000001", Role = "officer", IdentityLevel = 2 },
    };

    public static ConsentCall Grant(string key, DateTimeOffset? now = null) => new()
    {
        OperationKey = key,
        Recipient = Recipient,
        Purpose = Purpose,
        Targets = [Name],
        Granted = true,
        ValidTo = (now ?? Now).AddDays(30),
        DataLifeDays = 90,
        Channel = "portal",
        IdentityLevel = 2,
        TextVersion = "1",
        Language = "vi",
        TextHash = new string('0', 64),
    };

    /// <summary>What the electricity company asks a customer to consent to.</summary>
    public static ConsentRequestCall Ask(string key, params string[] targets) => new()
    {
        OperationKey = key,
        System = System,
        Purpose = Purpose,
        Targets = targets.Length == 0 ? [Name, "profile.birthDate"] : [.. targets],
        Days = 30,
        DataLifeDays = 90,
        LimitCount = 5,
        LimitPer = Period.Year,
        CaseReference = "HĐ-2026-17",
        Note = "Ký hợp đồng tại nhà.",
    };

    /// <summary>The card of health insurance, shown for three minutes.</summary>
    public static PresentationCall Present(string key, params string[] attributes) => new()
    {
        OperationKey = key,
        Kind = "healthInsurance",
        Number = "HT3676720000001",
        Attributes = attributes.Length == 0 ? [Name, "document.healthInsurance.validTo"] : [.. attributes],
        Minutes = 3,
    };

    public static PutDocumentCall Put(Document document, string system = "insurance") => new() { System = system, Document = DomainJson.Write(document) };
}
