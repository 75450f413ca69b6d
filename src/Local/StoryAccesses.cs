using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;

namespace Platform.Local;

/// <summary>Who asks for the demonstration citizen's data: lawfully, on a consent, for more than the rules give, and for what nobody may give.</summary>
internal static class StoryAccesses
{
    public const string Bank = "bank";
    public const string AccountOpening = "bank.account-opening";

    public static ImmutableArray<string> ForTheAccount { get; } = ["profile.birthDate", "profile.fullName", "residence.permanent.address"];

    public static IEnumerable<(string Step, DisclosureCall Call)> Of(StoryMark mark, PersonalId official)
    {
        yield return Ask(
            mark, "insurance", 42, "insurance", "health-insurance.renewal", Officer(official, "insurance-officer", "Bảo hiểm xã hội tỉnh"),
            "profile.fullName", "profile.birthDate", "document.healthInsurance.number", "document.healthInsurance.validTo", "household.memberCount");
        yield return Ask(
            mark, "tax", 57, "tax", "tax.registration", Officer(official, "tax-officer", "Thuế cơ sở 3"),
            "profile.fullName", "profile.birthDate", "residence.permanent.address");
        yield return Ask(
            mark, "counter", 63, Registrations.CounterSystem, "procedure.prefill", Officer(official, "one-stop-officer", "Trung tâm Phục vụ hành chính công"),
            "profile.fullName", "profile.phone", "residence.permanent.commune", "residence.permanent.address");
        yield return Ask(
            mark, "police", 88, "residence", "residence.registration", Officer(official, "residence-officer", "Công an phường"),
            "household.headName", "household.memberCount", "residence.permanent.address");
        yield return Ask(
            mark, "insurance-too-much", 43, "insurance", "health-insurance.renewal", Officer(official, "insurance-officer", "Bảo hiểm xã hội tỉnh"),
            "profile.fullName", "profile.phone", "profile.religion");
        yield return Ask(mark, "bank", null, Bank, AccountOpening, null, [.. ForTheAccount]);
        yield return Ask(
            mark, "bank-refused", null, Bank, "bank.loan-review", Officer(official, "credit-officer", "Phòng tín dụng"),
            "profile.religion", "profile.ethnicity", "document.healthRecord.number");
    }

    /// <summary>The supplier's request that waits for the citizen's answer.</summary>
    public static ConsentRequestCall Electricity(StoryMark mark) => new()
    {
        OperationKey = $"story-{mark.Id:N}",
        System = "electricity",
        Purpose = "electricity.contract",
        Targets = ["profile.birthDate", "profile.fullName", "residence.permanent.address"],
        Days = 365,
        DataLifeDays = 90,
        LimitCount = 3,
        LimitPer = Period.Year,
        CaseReference = File(mark, 15),
        Note = "Bạn vừa đăng ký mua điện cho nhà mới. Nếu đồng ý, bạn không phải nộp giấy tờ tại điểm giao dịch.",
    };

    private static (string Step, DisclosureCall Call) Ask(
        StoryMark mark, string step, int? file, string system, string purpose, OfficialCall? officer, params ReadOnlySpan<string> targets) => (step, new DisclosureCall
        {
            Id = Identity(mark, step),
            System = system,
            Purpose = purpose,
            Targets = [.. targets],
            CaseReference = file is { } number ? File(mark, number) : null,
            Official = officer,
        });

    private static string File(StoryMark mark, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"H16.12-{CivilTime.Day(mark.BegunAt):yyMMdd}-{number:0000}");

    // The same at every attempt, so that the ledger tells whether it was made.
    private static Guid Identity(StoryMark mark, string step) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{mark.Id:N} {step}")).AsSpan(0, 16));

    private static OfficialCall Officer(PersonalId official, string role, string unit) =>
        new() { PersonalId = official.Reveal(), Role = role, Unit = unit, IdentityLevel = 2 };
}
