using System.Collections.Immutable;
using System.Globalization;
using Platform.Domain.Consents;

namespace Platform.Domain.Sharing;

/// <summary>Conditions of rules in words.</summary>
public static class ConditionText
{
    private static readonly string[] DaysVi = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"];
    private static readonly string[] DaysEn = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>The condition as a clause without a full stop; a kind outside the vocabulary is an <see cref="ArgumentOutOfRangeException"/>.</summary>
    public static LocalText Of(Condition condition) => condition switch
    {
        SystemCondition systems => Text($"hệ thống là {List(systems.AnyOf, "hoặc")}", $"the system is {List(systems.AnyOf, "or")}"),
        OrganisationCondition organisations => Text(
            $"cơ quan, tổ chức là {List(organisations.AnyOf, "hoặc")}", $"the organisation is {List(organisations.AnyOf, "or")}"),
        PurposeCondition purposes => Text($"mục đích là {List(purposes.AnyOf, "hoặc")}", $"the purpose is {List(purposes.AnyOf, "or")}"),
        GroundCondition grounds => Text(
            $"căn cứ pháp lý của mục đích là {List(grounds.AnyOf, "hoặc")}", $"the legal ground of the purpose is {List(grounds.AnyOf, "or")}"),
        ConsentCondition => Text("công dân đã đồng ý", "the citizen has consented"),
        IdentityLevelCondition level => Text(
            $"cán bộ đăng nhập bằng tài khoản định danh mức {Number(level.AtLeast)} trở lên",
            $"the official is logged in with an identity of level {Number(level.AtLeast)} or higher"),
        OfficialCondition => Text("có nêu cán bộ thực hiện", "an official is named"),
        CaseReferenceCondition reference => Text($"có mã hồ sơ, ví dụ {reference.Example}", $"a case reference is given, such as {reference.Example}"),
        AreaCondition area => Text(
            $"công dân thường trú tại một trong các xã, phường {List(area.Communes, "hoặc")}",
            $"the citizen's permanent residence is in one of the communes {List(area.Communes, "or")}"),
        HoursCondition hours => Hours(hours),
        QuotaCondition quota => Text(
            $"dưới {Number(quota.Count)} lần đã khai thác {Per(quota.Per).Vi} về cùng công dân và mục đích",
            $"fewer than {Number(quota.Count)} releases {Per(quota.Per).En} about the same citizen and purpose"),
        RelationCondition relation => Text(
            $"cán bộ đối với công dân là: {Relations(relation, text => text.Vi, "hoặc")}",
            $"the official is, to the citizen: {Relations(relation, text => text.En, "or")}"),
        ProtectedPersonCondition { Is: true } => Text("công dân được bảo vệ đặc biệt", "the citizen is specially protected"),
        ProtectedPersonCondition => Text("công dân không được bảo vệ đặc biệt", "the citizen is not specially protected"),
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    private static LocalText Hours(HoursCondition hours)
    {
        var (from, to) = (hours.From.ToString("HH:mm", CultureInfo.InvariantCulture), hours.To.ToString("HH:mm", CultureInfo.InvariantCulture));
        return Text(
            $"từ {from} đến {to} giờ Việt Nam, vào {List([.. hours.Days.Select(day => DaysVi[day - 1])], "và")}",
            $"between {from} and {to} Vietnam time on {List([.. hours.Days.Select(day => DaysEn[day - 1])], "and")}");
    }

    private static LocalText Per(Period period) => period switch
    {
        Period.Day => Text("trong ngày", "today"),
        Period.Month => Text("trong tháng", "this month"),
        Period.Year => Text("trong năm", "this year"),
        _ => Text("từ trước đến nay", "so far"),
    };

    private static string Relations(RelationCondition condition, Func<LocalText, string> language, string word) =>
        List([.. condition.AnyOf.Select(relation => language(RemedyText.Relation(relation.ToString().ToLowerInvariant())))], word);

    private static string List(ImmutableArray<string> items, string word) => items switch
    {
        [] => "–",
        [var only] => only,
        [.. var first, var last] => $"{string.Join(", ", first)} {word} {last}",
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static LocalText Text(string vi, string en) => new() { Vi = vi, En = en };
}
