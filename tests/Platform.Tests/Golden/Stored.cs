using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Intake;
using Platform.Domain.Ledger;
using Platform.Domain.Presentations;
using Platform.Domain.Reports;
using Platform.Domain.Sharing;
using Platform.Silo.Citizens;
using Platform.Silo.Notifications;
using Platform.Silo.Reports;
using Platform.Silo.Rules;
using Platform.Silo.Witness;
using Platform.Tests.Domain.Sharing;

namespace Platform.Tests.Golden;

/// <summary>One value of everything that is stored or hashed as JSON, with every property set.</summary>
internal static class Stored
{
    private static readonly Guid Id = new("01980000-1234-7abc-8def-0123456789ab");

    private static readonly Consent Consent = Some.Consent("dien-luc", "electricity.contract", "profile.fullName", "age.atLeast") with
    {
        Id = Id,
        State = ConsentState.Withdrawn,
        Limit = new FrequencyLimit { Count = 3, Per = Period.Month },
        WithdrawnAt = Some.Now.AddTicks(1_230),
    };

    private static readonly ConsentRequest Requested = new()
    {
        Id = Id,
        System = "electricity",
        Organisation = "dien-luc",
        Purpose = "electricity.contract",
        Targets = ["age.atLeast", "profile.fullName"],
        Days = 30,
        DataLifeDays = 90,
        Limit = new FrequencyLimit { Count = 3, Per = Period.Month },
        CaseReference = "HĐ-2026-17",
        Note = "Ký hợp đồng tại \"Buôn Hồ\".",
        AskedAt = Some.Now,
        Until = Some.Now.AddDays(14),
        State = ConsentRequestState.Granted,
        EndedAt = Some.Now.AddDays(1),
        Consent = Id,
        Chosen = ["profile.fullName"],
    };

    private static readonly HeldPresentation Presented = new()
    {
        Presentation = new DocumentPresentation
        {
            Id = Id,
            Kind = "drivingLicence",
            Number = "790123456789",
            Attributes = ["document.drivingLicence.class", "profile.fullName"],
            MadeAt = Some.Now,
            Until = Some.Now.AddMinutes(3),
            State = PresentationState.Shown,
            EndedAt = Some.Now.AddMinutes(1),
        },
        CodeHash = new string('a', 64),
        Secret = [1, 2, 3],
        KeyHash = new string('b', 64),
        Content = new string('c', 64),
        ShownTo = Id,
        AnswerDigest = new string('d', 64),
    };

    private static readonly Document Document = new()
    {
        Kind = "drivingLicence",
        Number = "790123456789",
        Issuer = "Công an tỉnh",
        IssuedOn = new DateOnly(2020, 2, 29),
        ValidFrom = new DateOnly(2020, 2, 29),
        ValidTo = new DateOnly(2030, 2, 28),
        IssuerState = DocumentState.Suspended,
        Provenance = Some.From("driving-licence", 7),
        Values = Some.Values(("class", "A1"), ("points", "12")),
    };

    private static readonly CitizenRecord Record = Some.Citizen(
            ("profile.fullName", "H'Hen Niê\u0306 \"Byă\" <Ê-đê> & Điểu"), ("profile.birthDate", "1960"), ("residence.permanent.commune", "24611"))
        .WithAttributes(Some.From("civil-status", 2), Some.Values(("profile.maritalStatus", "married")))
        .WithDocument(Document)
        .WithConsent(Consent) with
    {
        Status = CitizenStatus.DeclaredMissing,
        Protected = true,
    };

    private static readonly DisclosureRequest Request = Some.Request("electricity", "electricity.contract", "profile.fullName", "age.atLeast(18)") with
    {
        CaseReference = "H16.12-260302-0042",
        Official = new Official { Reference = "067*****2345", Role = "clerk", Unit = "Điện lực", IdentityLevel = 2 },
    };

    private static readonly SharingFacts Facts = new()
    {
        SubjectKnown = true,
        SystemSuspended = false,
        SystemQuotaExhausted = true,
        Status = CitizenStatus.Active,
        Protected = true,
        Commune = "24611",
        Relation = Relation.Household,
        Consents = [ConsentFact.From(Consent, UsageCounts.None.Add($"s p {Id:N}", CivilTime.Day(Some.Now), 2), Some.Now)],
        Usage = [new UsageFact("electricity.contract", 1, 2, 3)],
    };

    private static readonly Decision Decision = new()
    {
        Outcome = Outcome.PartlyPermitted,
        RuleBook = 7,
        Targets =
        [
            new TargetDecision
            {
                Target = "profile.fullName",
                Released = true,
                Reason = Reason.Permitted,
                Rule = "electricity-contract-identity",
                RuleVersion = 1,
                Article = "Law 91/2025/QH15 art. 9",
                Consent = Id,
            },
            new TargetDecision
            {
                Target = "age.atLeast(18)",
                Released = false,
                Reason = Reason.CaseReferenceMalformed,
                Remedies = [new Remedy(RemedyKind.GiveCaseReference, "H16", "^H[0-9]+$"), new Remedy(RemedyKind.NameOfficial)],
            },
        ],
    };

    private static readonly RuleBook Book = Some.Book(
        Some.Rule(
            "all-conditions",
            Effect.Permit,
            ["profile.*", "age.atLeast"],
            new SystemCondition(["sys-a"]),
            new OrganisationCondition(["org-a"]),
            new PurposeCondition(["one"]),
            new GroundCondition(["law"]),
            new ConsentCondition(),
            new IdentityLevelCondition(2),
            new OfficialCondition(),
            new CaseReferenceCondition(@"^H[0-9]{2}\.[0-9]+$", "H16.1"),
            new AreaCondition(["24611", "24615"]),
            new HoursCondition([1, 5], new TimeOnly(7, 0), new TimeOnly(17, 30)),
            new QuotaCondition(3, Period.Day),
            new RelationCondition([Relation.Other, Relation.Self]),
            new ProtectedPersonCondition(false)),
        Some.Rule("nothing", Effect.Forbid, ["*"], new SystemCondition(["sys-b"]))) with
    {
        Systems =
        [
            new SectorSystem { Id = "sys-a", Organisation = "org-a", Name = Some.Text("Hệ thống"), AnnexItem = 24, Pushes = ["degree"], DailyReleases = 1000 },
        ],
    };

    public static ImmutableDictionary<string, object> All { get; } = new Dictionary<string, object>
    {
        ["citizen-record"] = Record,
        ["citizen-state"] = new CitizenState
        {
            Record = Record,
            Pending =
            [
                new EntryDraft { Id = Id, Kind = LedgerKinds.ConsentWithdrawn, At = Some.Now, Tag = "electricity electricity.contract", Body = """{"a":"b"}""" },
            ],
            Operations = [new Operation("key-1", new string('a', 64), Id)],
            Requests = [Requested],
            Presentations = [Presented],
            RequestOperations = [new RequestOperation("electricity", "key-2", new string('b', 64), Id)],
        },
        ["consent-request"] = Requested,
        ["body-presentation"] = new PresentationBody(Presented.Presentation, new string('e', 64)) { AnswerDigest = new string('f', 64) },
        ["body-consent-request"] = new ConsentRequestBody(Requested, new string('c', 64)),
        ["body-consent-answer"] = new ConsentBody(Consent, new string('c', 64)) { Request = Id, RequestsDigest = new string('d', 64) },
        ["consent"] = Consent,
        ["document"] = Document,
        ["import-row"] = new ImportRow { Record = Record, Label = "DOB_0101" },
        ["rule-book"] = Book,
        ["notifications"] = new NotificationsState
        {
            Silenced = [NotificationKind.AccessPermitted, NotificationKind.IdentityReleased],
            SeenUpTo = Some.Now.AddTicks(1_230),
        },
        ["body-report-opened"] = new ReportOpenedBody(ReportKind.Correction, "Sai rồi.\nXin sửa.", "key-1")
        {
            Attribute = "profile.fullName",
            Document = new ReportedDocument("drivingLicence", "66012345"),
            Access = new ReportedEntry(Id, Some.Now, AccessKind.IdentityReleased, "portal", "Cổng dịch vụ"),
            Proposed = "H'Hen Niê",
        },
        ["body-report-read"] = new ReportReadBody(Id, "067*****2345", "one-stop-officer", "digest"),
        ["body-report-answered"] = new ReportAnsweredBody(Id, ReportOutcome.NotCorrected, "Đã đối chiếu.", "067*****2345", "one-stop-officer", "key-2"),
        ["body-disclosure"] = new DisclosureBody(Request, Facts, Decision, new string('b', 64)),
        ["body-consent"] = new ConsentBody(Consent, new string('c', 64)),
        ["body-consent-text"] = new ConsentBody(Consent, new string('c', 64)) { Text = "Bên nhận dữ liệu: \"Điện lực\".\nMục đích: hợp đồng." },
        ["body-consent-ward"] = new ConsentBody(
            Consent with { Evidence = Consent.Evidence with { GivenBy = ConsentGiver.WardAndRepresentative } }, new string('c', 64))
        {
            Text = "Bên nhận dữ liệu: \"Điện lực\".",
        },
        ["body-identity"] = new IdentityBody("portal", "Cổng dịch vụ", ["name", "birthdate"]),
        ["body-document"] = new DocumentBody("driving-licence", "drivingLicence", "driving-licence", 7, new string('d', 64), new string('e', 64)),
        ["body-import"] = new ImportBody(["population", "civil-status"], 3, [Id], new string('f', 64)),
        ["eid-account"] = StoredAccount.State,
        ["eid-logouts"] = StoredAccount.Logouts,
        ["eid-session-stay"] = StoredAccount.Stay,
        ["body-drafted"] = new DraftedBody("an", "key-1", Book),
        ["body-reviewed"] = new ReviewedBody(2, "bình", true, "đúng"),
        ["body-published"] = new PublishedBody(2, "chi", Some.Now),
        ["body-standing"] = new StandingBody("bank", "dung", "lộ khóa"),
        ["body-witness-begun"] = new WitnessBegunBody("giang", "đĩa hỏng"),
        ["body-restore-accepted"] = new RestoreAcceptedBody("giang", "khôi phục bản sao", [new(3, 18, 25, 107, Some.Now)]),
    }.ToImmutableDictionary();
}
