using System.Reflection;
using System.Text.Json.Serialization;
using Platform.Domain;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Domain;

public sealed class ExplanationTests
{
    static readonly LocalText Target = new() { Vi = "Họ tên", En = "Full name" };

    [Fact]
    public void Every_reason_has_a_code_of_its_own_and_words_in_both_languages()
    {
        var reasons = Enum.GetValues<Reason>();

        Assert.Equal(reasons.Length, reasons.Select(reason => reason.Code()).Distinct().Count());
        Assert.Equal(reasons.Length, reasons.Select(reason => Explanation.Why(reason).Vi).Distinct().Count());
        Assert.Equal(reasons.Length, reasons.Select(reason => Explanation.Why(reason).En).Distinct().Count());
        Assert.All(reasons, reason => AssertClean(Explanation.Of(reason, Target, "Điều 9", [])));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((Reason)999).Code());
        Assert.Throws<ArgumentOutOfRangeException>(() => Explanation.Why((Reason)999));
    }

    [Fact]
    public void Every_remedy_has_a_code_of_its_own_and_words_in_both_languages()
    {
        var kinds = Enum.GetValues<RemedyKind>();

        Assert.Equal(kinds.Length, kinds.Select(kind => kind.Code()).Distinct().Count());
        Assert.Equal(kinds.Length, kinds.Select(kind => RemedyText.Of(new Remedy(kind, "a", "b")).Vi).Distinct().Count());
        Assert.All(kinds, kind => AssertClean(RemedyText.Of(new Remedy(kind, "a", "b"))));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((RemedyKind)999).Code());
        Assert.Throws<ArgumentOutOfRangeException>(() => RemedyText.Of(new Remedy((RemedyKind)999)));
    }

    [Fact]
    public void Every_kind_of_condition_has_words_in_both_languages()
    {
        Condition[] conditions =
        [
            new SystemCondition(["a", "b"]), new OrganisationCondition(["a"]), new PurposeCondition(["a", "b", "c"]), new GroundCondition([]), new ConsentCondition(),
            new IdentityLevelCondition(2), new OfficialCondition(), new CaseReferenceCondition("^x$", "x"), new AreaCondition(["24611"]),
            new HoursCondition([1, 7], new TimeOnly(7, 0), new TimeOnly(17, 30)), new QuotaCondition(3, Period.Day),
            new RelationCondition([Relation.Self, Relation.Unknown]), new ProtectedPersonCondition(true), new ProtectedPersonCondition(false),
        ];
        var kinds = typeof(Condition).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType).ToHashSet();

        Assert.Equal(kinds, conditions.Select(condition => condition.GetType()).ToHashSet());
        Assert.Equal(conditions.Length, conditions.Select(condition => ConditionText.Of(condition).Vi).Distinct().Count());
        Assert.All(conditions, condition => AssertClean(ConditionText.Of(condition)));
        Assert.Equal("the system is a or b", ConditionText.Of(conditions[0]).En);
        Assert.Equal("từ 07:00 đến 17:30 giờ Việt Nam, vào thứ Hai và Chủ nhật", ConditionText.Of(conditions[9]).Vi);
    }

    [Fact]
    public void A_refusal_names_the_target_the_reason_the_article_and_the_way_out()
    {
        var text = Explanation.Of(
            Reason.OutsideHours, Target, "Law 91/2025/QH15 art. 9", [new Remedy(RemedyKind.WaitUntil, "2026-03-02T00:00:00Z"), new Remedy(RemedyKind.NameOfficial)]);

        Assert.Equal(
            "Không cung cấp “Họ tên”: ngoài thời gian được khai thác. Căn cứ: Law 91/2025/QH15 art. 9. "
            + "Để được cung cấp: yêu cầu lại từ 07:00 02/03/2026 (giờ Việt Nam); nêu cán bộ thực hiện yêu cầu.",
            text.Vi);
        Assert.Equal(
            "“Full name” was withheld: it is outside the hours in which the rule holds. Legal basis: Law 91/2025/QH15 art. 9. "
            + "To have it released: ask again from 07:00 02/03/2026 (Vietnam time); name the official on whose behalf you ask.",
            text.En);
    }

    static void AssertClean(LocalText text)
    {
        Assert.All(new[] { text.Vi, text.En }, language => Assert.False(string.IsNullOrWhiteSpace(language)));
        Assert.NotEqual(text.Vi, text.En);
        Assert.True(text.Vi.IsNormalized());
    }
}
