using System.Text.Json;
using Platform.Api.Catalogue;
using Platform.Api.ConsentRequests;
using Platform.Api.Disclosures;
using Platform.Api.Documents;
using Platform.Api.Me;
using Platform.Api.Notifications;
using Platform.Api.Presentations;
using Platform.Api.Reports;
using Platform.Api.RuleBooks;
using Platform.Api.Systems;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Domain.Presentations;
using Platform.Domain.Reports;
using Platform.Domain.Sharing;

namespace Platform.Api.OpenApi;

/// <summary>Examples of bodies by operation, made by the code that makes real ones; the people in them do not exist.</summary>
static partial class Examples
{
    const string Person = "067199000017";
    const string Case = "H16.12-260302-0042";
    const string Code = "7Q2M9XK4T0VJ3WZ8N5RBH6DCYE";
    const string Purpose = "health-insurance.renewal";
    static readonly string Digest = new('a', 64);
    static readonly DateTimeOffset At = new(2026, 3, 2, 2, 15, 0, TimeSpan.Zero);
    static readonly Guid Id = Guid.Parse("0195549a-7c00-7000-8000-000000000001");

    public static object? Request(string operation) => operation switch
    {
        "askDisclosure" => new DisclosureAsk
        {
            Subject = new SubjectReference { PersonalId = Person },
            Purpose = Purpose,
            Attributes = ["household.memberCount", "profile.religion"],
            Predicates = ["age.atLeast(18)"],
            CaseReference = Case,
            Official = new OfficialReference { StaffCode = "BHXH-0117", Role = "insurance-officer", Unit = "Bộ phận một cửa", IdentityLevel = 2 },
        },
        "putDocument" => new DocumentPush
        {
            Subject = new SubjectReference { PersonalId = Person },
            Kind = "drivingLicence",
            Number = "66012345",
            Issuer = "Công an tỉnh",
            IssuedOn = new DateOnly(2025, 4, 1),
            ValidTo = new DateOnly(2035, 4, 1),
            State = PushedState.Valid,
            IssuerVersion = 3,
            AsOf = At,
            Attributes = new Dictionary<string, JsonElement> { ["class"] = TypedValues.Of(AttributeType.Text, "B"), ["points"] = TypedValues.Of(AttributeType.Integer, "12") },
        },
        "decideConsent" => new ConsentDecision
        {
            Recipient = Consent.Recipient,
            Purpose = Consent.Purpose,
            Targets = Consent.Targets,
            Granted = true,
            ValidTo = Consent.ValidTo,
            Limit = Consent.Limit,
            DataLifeDays = Consent.DataLifeDays,
            Evidence = new ShownText { Channel = "portal", TextVersion = "1", Language = "vi", TextHash = Digest },
        },
        "requestConsent" => new ConsentRequestAsk
        {
            Subject = new SubjectReference { PersonalId = Person },
            Purpose = Asked.Purpose,
            Targets = Asked.Targets,
            Days = Asked.Days,
            DataLifeDays = Asked.DataLifeDays,
            CaseReference = Asked.CaseReference,
            Note = Asked.Note,
        },
        "decideRequest" => new RequestDecision { Granted = true, Targets = Consent.Targets, Language = "vi", TextHash = Digest },
        "makePresentation" => new PresentationAsk
        {
            Document = new DocumentReference { Kind = Presented.Kind, Number = Presented.Number },
            Attributes = ["profile.fullName", "class", "validTo"],
            Minutes = 3,
        },
        "showPresentation" => new PresentedCode { Code = Code },
        "openMyReport" => new ReportAsk
        {
            Kind = ReportKind.Correction,
            Attribute = Report.Attribute,
            Text = Report.Text,
            Proposed = Report.Proposed,
        },
        "chooseMyNotifications" => Choices,
        "markMyNotificationsSeen" => new SeenNotifications { UpTo = At },
        "answerReport" => new ReportSettlement { Text = Reply.Text, Outcome = Reply.Outcome },
        "draftRuleBook" => new RuleBookDraft
        {
            Title = Book.Title,
            Organisations = Book.Organisations,
            Systems = Book.Systems,
            Grounds = Book.Grounds,
            Purposes = Book.Purposes,
            Rules = Book.Rules,
        },
        "reviewRuleBook" => new RuleBookReview { Approve = true, Comment = "Đúng quy định." },
        "publishRuleBook" => new RuleBookPublication { EffectiveFrom = At.AddDays(1) },
        "suspendSystem" => new SystemStep { Cause = "Khóa của hệ thống bị lộ." },
        "resumeSystem" => new SystemStep { Cause = "Đã thay khóa." },
        _ => null,
    };

    public static object? Response(string operation) => operation switch
    {
        "askDisclosure" => DisclosureView.From(Disclosure, withValues: true),
        "findDisclosure" => DisclosureView.From(Disclosure, withValues: false),
        "putDocument" => new DocumentPutView { Changed = true, HeldVersion = 3 },
        "getMe" => RecordView.From(Record),
        "getMyDocuments" => Record.Documents.Select(document => DocumentView.From(document, CivilTime.Day(At))).ToArray(),
        "getMyConsents" => new[] { ConsentView.From(Consent, Used, Book) },
        "getMyConsent" => new ConsentDetail(ConsentView.From(Consent, Used, Book), Past),
        "getMyAccesses" => AccessList.From(new AccessPage { Entries = [Access], Next = 12 }, Book),
        "getMyAccess" => AccessView.From(Access, Book),
        "getMyNotifications" => NotificationList.From(new NotificationsView { Items = [Notification], Silenced = [], SeenUpTo = At.AddDays(-1) }, Book),
        "chooseMyNotifications" => NotificationChoice.All(Choices.Silenced()),
        "markMyNotificationsSeen" => new SeenNotifications { UpTo = At },
        "getMyReports" => new[] { MyReport.From(Report with { Reply = Reply }, Book) },
        "openMyReport" => MyReport.From(Report, Book),
        "getReportRole" => new OfficialRole { Role = Reply.Role },
        "getOpenReports" => OpenReportList.From(new OpenReportPage { Items = [Waiting], Next = Id }, Book),
        "answerReport" => AnsweredReport.From(Report with { Reply = Reply }),
        "getMyAccessSummary" => AccessSummary.From([Tally], Book),
        "decideConsent" => ConsentView.From(Consent, null, Book),
        "withdrawConsent" => ConsentView.From(Consent with { State = ConsentState.Withdrawn, WithdrawnAt = At.AddDays(7) }, Used, Book),
        "getMyAccount" => AccountView.From(Account, "session-1"),
        "makePresentation" => PresentationMade.From(PresentationView.From(Presented), Code),
        "getMyPresentation" => PresentationView.From(Presented with { State = PresentationState.Shown, EndedAt = At.AddMinutes(1) }),
        "withdrawPresentation" => PresentationView.From(Presented with { State = PresentationState.Withdrawn, EndedAt = At.AddMinutes(1) }),
        "showPresentation" => ShownDocument.From(new ShownAnswer
        {
            ShownAt = At.AddMinutes(1),
            Kind = Presented.Kind,
            State = DocumentState.Valid,
            Values = [.. Presented.Attributes.Zip(["Nguyễn Thị Hòa", "B", "2035-04-01"], (path, text) => new ShownValue { Path = path, Text = text })],
        }),
        "requestConsent" => ConsentRequestView.From(Asked),
        "findConsentRequest" => ConsentRequestView.From(Granted),
        "cancelConsentRequest" => ConsentRequestView.From(Asked with { State = ConsentRequestState.Cancelled, EndedAt = At.AddDays(1) }),
        "getMyRequests" => new[] { RequestView.From(Asked, Book), RequestView.From(Granted, Book) },
        "getMyRequest" => RequestView.From(Asked, Book, RequestText.Of(Described, "vi")),
        "decideRequest" => ConsentView.From(Consent, null, Book),
        "getMyLedger" => LedgerView.From(new LedgerPage { HeadSeq = 1, Entries = [Entry] }),
        "getCatalogue" => CatalogueView.From(AttributeCatalogue.Shipped, Book, "bank") with { Groups = [], Attributes = [], Predicates = [] },
        "listRuleBooks" => new[] { RuleBookItem.From(Published with { Book = null }) },
        "getCurrentRuleBook" or "getRuleBook" => RuleBookItem.From(Published),
        "publishRuleBook" => RuleBookItem.From(Published with { Book = null }),
        "draftRuleBook" => RuleBookItem.From(Published with
        {
            State = RuleBookState.Drafted,
            Book = null,
            ReviewedBy = null,
            Comment = null,
            PublishedBy = null,
            EffectiveFrom = null,
        }),
        "reviewRuleBook" => RuleBookItem.From(Published with { State = RuleBookState.Approved, Book = null, PublishedBy = null, EffectiveFrom = null }),
        "listSystems" => new[] { SystemItem.From(Bank) },
        "suspendSystem" => SystemItem.From(Bank with { Suspended = true, ChangedBy = "staff-7", Cause = "Khóa của hệ thống bị lộ.", ChangedAt = At }),
        "resumeSystem" => SystemItem.From(Bank with { ChangedBy = "staff-7", Cause = "Đã thay khóa.", ChangedAt = At }),
        _ => null,
    };

    static SystemView Bank { get; } = new() { Id = "bank", Organisation = "ngan-hang", Suspended = false };

    static Provenance Population { get; } = new() { Source = "population", AsOf = At.AddDays(-30), Version = 1 };

    static CitizenRecord Record { get; } = new()
    {
        PersonalId = PersonalId.Parse(Person),
        Attributes =
        [
            new SourcedAttributes
            {
                Provenance = Population,
                Values = AttributeValues.From([new("profile.fullName", "Nguyễn Thị Hòa"), new("profile.birthDate", "1999"), new("household.memberCount", "4")]),
            },
        ],
        Documents = [((DocumentPush)Request("putDocument")!).ToDocument()],
    };

    static Consent Consent { get; } = new()
    {
        Id = Id,
        Recipient = "ngan-hang",
        Purpose = "bank.account-opening",
        Targets = ["profile.birthDate", "profile.fullName"],
        State = ConsentState.Granted,
        DecidedAt = At,
        ValidFrom = At,
        ValidTo = At.AddDays(30),
        Limit = new FrequencyLimit { Count = 1, Per = Period.Day },
        DataLifeDays = 90,
        Evidence = new ConsentEvidence { Channel = "portal", IdentityLevel = 2, TextVersion = "1", Language = "vi", TextHash = Digest },
    };

    static DocumentPresentation Presented { get; } = new()
    {
        Id = Id,
        Kind = "drivingLicence",
        Number = "66012345",
        Attributes = ["profile.fullName", "document.drivingLicence.class", "document.drivingLicence.validTo"],
        MadeAt = At,
        Until = At.AddMinutes(3),
    };

    static ConsentRequest Asked { get; } = new()
    {
        Id = Id,
        System = "bank",
        Organisation = "ngan-hang",
        Purpose = "bank.account-opening",
        Targets = ["profile.birthDate", "profile.ethnicity", "profile.fullName"],
        Days = 30,
        DataLifeDays = 90,
        CaseReference = "TK-2026-0117",
        Note = "Mở tài khoản tại chi nhánh Gia Nghĩa.",
        AskedAt = At.AddDays(-1),
        Until = At.AddDays(13),
    };

    static ConsentRequest Granted => Asked with { State = ConsentRequestState.Granted, EndedAt = At, Consent = Id, Chosen = Consent.Targets };

    static RequestTextAnswer Described => new()
    {
        Text = "Bên nhận dữ liệu: Ngân hàng thương mại, qua hệ thống mở tài khoản.\nMục đích: …",
        TextVersion = ConsentStatement.Version,
    };

    /// <summary>A book of one rule.</summary>
    static RuleBook Book { get; } = RuleBook.Shipped with
    {
        Organisations = [.. RuleBook.Shipped.Organisations.Where(organisation => organisation.Id == "ngan-hang")],
        Systems = [.. RuleBook.Shipped.Systems.Where(system => system.Id == "bank")],
        Rules = [.. RuleBook.Shipped.Rules.Where(IsOfTheBank).Take(1)],
        Purposes = [.. RuleBook.Shipped.Purposes.Where(purpose => RuleBook.Shipped.Rules.Where(IsOfTheBank).Take(1).Any(rule => rule.When
            .OfType<PurposeCondition>().Any(condition => condition.AnyOf.Contains(purpose.Code))))],
        Grounds = [.. RuleBook.Shipped.Grounds.Where(ground => ground.Id == "consent")],
    };

    static RuleBookView Published { get; } = new()
    {
        Number = 1,
        State = RuleBookState.Published,
        DraftedBy = "staff-3",
        ReviewedBy = "staff-7",
        Comment = "Đúng quy định.",
        PublishedBy = "staff-7",
        EffectiveFrom = At,
        Book = DomainJson.Write(Book),
    };

    static DisclosureAnswer Disclosure { get; } = new()
    {
        Id = Id,
        At = At,
        Outcome = Outcome.PartlyPermitted,
        Purpose = Purpose,
        RuleBook = 1,
        LedgerSeq = 12,
        LedgerHash = Digest,
        Targets =
        [
            new DisclosedTarget
            {
                Target = "household.memberCount",
                Released = true,
                Reason = Reason.Permitted,
                Rule = "insurance-renewal-household",
                RuleVersion = 1,
                Article = "Decree 188/2025/NĐ-CP",
                Values = [new DisclosedValue { Text = "4", Source = "population", AsOf = Population.AsOf }],
            },
            new DisclosedTarget
            {
                Target = "profile.religion",
                Released = false,
                Reason = Reason.NoRule,
                Remedies = [new RemedyView { Kind = RemedyKind.PublishRule, Value = Purpose, Detail = "profile.religion" }],
            },
            new DisclosedTarget
            {
                Target = "age.atLeast(18)",
                Released = true,
                Reason = Reason.Permitted,
                Rule = "insurance-renewal-identity",
                RuleVersion = 1,
                Article = "Decree 188/2025/NĐ-CP",
                Values = [new DisclosedValue { Text = "yes" }],
            },
        ],
    };

    static LedgerEntryView Entry { get; } = new()
    {
        Seq = 1,
        Id = Id,
        Kind = LedgerKinds.ConsentGranted,
        At = At,
        Tag = "",
        Body = DomainJson.Write(Consent),
        PrevHash = new string('0', 64),
        Hash = Digest,
    };

    static EidAccountView Account { get; } = new()
    {
        Holder = EidHolder.Citizen,
        State = EidState.Active,
        Level = 2,
        Roles = [],
        Devices = [new EidDeviceView { Id = "device-1", Kind = FactorKind.Totp, Name = "Điện thoại", AddedAt = At.AddDays(-90), UsedAt = At }],
        RecoveryCodesLeft = 8,
        Sessions =
        [
            new EidSessionView
            {
                Id = "session-1",
                Level = 2,
                AuthenticatedAt = At,
                Amr = ["pwd", "otp", "mfa"],
                OpenedAt = At,
                Place = "Firefox, Android",
                Clients = [new SessionClient { ClientId = "portal", Subject = "", Sid = "" }],
                Roles = [],
                Until = At.AddHours(12),
            },
        ],
        History = [new EidEvent { At = At, Kind = "login.ok", Place = "Firefox, Android", Detail = "pwd otp mfa" }],
        LifeCycle = [new EidEvent { At = At.AddDays(-90), Kind = "account.registered", Official = "officer-1" }],
        Name = "Nguyễn Thị Hòa",
    };

    static bool IsOfTheBank(Rule rule) => rule.Effect == Effect.Permit && rule.When.OfType<SystemCondition>().Any(condition => condition.AnyOf.Contains("bank"));
}
