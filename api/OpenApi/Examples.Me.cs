using Platform.Api.Notifications;
using Platform.Contracts;
using Platform.Domain.Ledger;
using Platform.Domain.Reports;
using Platform.Domain.Sharing;

namespace Platform.Api.OpenApi;

/// <summary>What citizens see of the past.</summary>
static partial class Examples
{
    static ConsentUse Used { get; } = new() { Consent = Id, Count = 2, LastAt = At.AddDays(3) };

    static ConsentPast Past { get; } = new()
    {
        Consent = "{}",
        Text = "Bên nhận dữ liệu: Ngân hàng thương mại…",
        Entries = [new ConsentMark { Seq = 4, Kind = "consent.granted", At = At, Hash = new string('a', 64) }],
    };

    static AccessSource BankSystem { get; } = new() { Kind = AccessKind.Disclosure, Id = "bank" };

    static AccessEntry Access { get; } = new()
    {
        Seq = 12,
        Id = Id,
        At = At,
        Source = BankSystem,
        Outcome = Outcome.PartlyPermitted,
        Purpose = "bank.account-opening",
        CaseReference = Case,
        OfficialRole = "teller",
        OfficialUnit = "Chi nhánh Gia Nghĩa",
        Targets =
        [
            new DisclosedTarget { Target = "profile.fullName", Released = true, Reason = Reason.Permitted, Article = "Law 91/2025/QH15 art. 9", Consent = Id },
            new DisclosedTarget
            {
                Target = "profile.religion",
                Released = false,
                Reason = Reason.NoRule,
                Remedies = [new RemedyView { Kind = RemedyKind.PublishRule, Value = "bank.account-opening", Detail = "profile.religion" }],
            },
        ],
    };

    static AccessTally Tally { get; } = new() { Month = "2026-03", Source = BankSystem, Outcome = Outcome.PartlyPermitted, Count = 1, LastAt = At };

    static ReportView Report { get; } = new()
    {
        Id = Id,
        Kind = ReportKind.Correction,
        OpenedAt = At,
        Attribute = "profile.birthDate",
        Text = "Ngày sinh của tôi trên hồ sơ bị sai.",
        Proposed = "02/03/1999",
    };

    static ReportReply Reply { get; } = new()
    {
        At = At.AddDays(2),
        Text = "Đã đối chiếu giấy khai sinh và sửa tại cơ sở dữ liệu dân cư.",
        Role = "one-stop-officer",
        Outcome = ReportOutcome.Corrected,
    };

    static OpenReport Waiting { get; } = new()
    {
        Report = Report,
        Masked = "067*****0017",
        Held = [new ReportedValue { Path = "profile.birthDate", Text = "1999" }],
    };

    static NotificationView Notification { get; } = new()
    {
        Id = Id,
        At = At,
        Kind = NotificationKind.AccessPermitted,
        Subject = Id,
        System = "bank",
        Purpose = "bank.account-opening",
        Event = LedgerKinds.Disclosure,
    };

    static NotificationChoices Choices { get; } = new()
    {
        AccessPermitted = false,
        AccessDenied = true,
        ConsentChanged = true,
        DocumentChanged = true,
        DocumentExpiring = true,
        ReportAnswered = true,
        PresentationShown = true,
        IdentityReleased = false,
    };
}
