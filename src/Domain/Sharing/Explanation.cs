namespace Platform.Domain.Sharing;

/// <summary>Decisions in plain sentences, for citizens and for the clerks who ask.</summary>
public static class Explanation
{
    /// <summary>Says what was decided about a target, why, on which article, and what would turn a refusal around.</summary>
    public static LocalText Of(Reason reason, LocalText target, string? article, IEnumerable<Remedy> remedies)
    {
        var why = Why(reason);
        var (vi, en) = reason == Reason.Permitted
            ? ($"Đã cung cấp “{target.Vi}”: {why.Vi}.", $"“{target.En}” was released: {why.En}.")
            : ($"Không cung cấp “{target.Vi}”: {why.Vi}.", $"“{target.En}” was withheld: {why.En}.");
        if (!string.IsNullOrEmpty(article))
        {
            (vi, en) = ($"{vi} Căn cứ: {article}.", $"{en} Legal basis: {article}.");
        }

        var steps = remedies.Select(RemedyText.Of).ToList();
        return steps.Count == 0
            ? new LocalText { Vi = vi, En = en }
            : new LocalText
            {
                Vi = $"{vi} Để được cung cấp: {string.Join("; ", steps.Select(step => step.Vi))}.",
                En = $"{en} To have it released: {string.Join("; ", steps.Select(step => step.En))}.",
            };
    }

    /// <summary>The reason as a clause without a full stop.</summary>
    public static LocalText Why(Reason reason) => reason switch
    {
        Reason.Permitted => Text("quy tắc chia sẻ cho phép", "a sharing rule permits it"),
        Reason.SystemUnknown => Text(
            "hệ thống yêu cầu không có trong bộ quy tắc chia sẻ đang áp dụng", "the asking system is not in the rule book in force"),
        Reason.SystemSuspended => Text("hệ thống yêu cầu đang bị tạm dừng khai thác", "the asking system is suspended"),
        Reason.PurposeUnknown => Text("bộ quy tắc chia sẻ không có mục đích này", "the rule book in force has no such purpose"),
        Reason.SubjectUnknown => Text("tỉnh chưa có hồ sơ của người này", "the province holds no record of this person"),
        Reason.SystemQuotaExhausted => Text(
            "hệ thống yêu cầu đã dùng hết số lượt khai thác trong ngày", "the asking system has used up its releases of the day"),
        Reason.Forbidden => Text("một quy tắc cấm cung cấp", "a rule forbids it"),
        Reason.NoRule => Text("không có quy tắc nào cho hệ thống này khai thác", "no rule lets this system have it"),
        Reason.PurposeNotCovered => Text("không được khai thác cho mục đích đã nêu", "it may not be had for the purpose that was given"),
        Reason.OfficialMissing => Text("chưa nêu cán bộ thực hiện", "the official on whose behalf it is asked was not named"),
        Reason.IdentityLevelTooLow => Text(
            "mức độ định danh của cán bộ chưa đủ hoặc chưa được nêu", "the official's identity level is too low or was not stated"),
        Reason.CaseReferenceMissing => Text("chưa nêu mã hồ sơ", "no case reference was given"),
        Reason.CaseReferenceMalformed => Text("mã hồ sơ không đúng mẫu", "the case reference does not have the required form"),
        Reason.OutsideArea => Text(
            "nơi thường trú của công dân không thuộc địa bàn của quy tắc hoặc chưa rõ",
            "the citizen's permanent residence lies outside the area of the rule or is not known"),
        Reason.OutsideHours => Text("ngoài thời gian được khai thác", "it is outside the hours in which the rule holds"),
        Reason.QuotaExhausted => Text("đã hết số lần khai thác của kỳ này", "the quota of this period is used up"),
        Reason.RelationNotMet => Text(
            "quan hệ giữa cán bộ và công dân không như quy tắc yêu cầu", "the official does not stand to the citizen as the rule requires"),
        Reason.ProtectionNotMet => Text(
            "tình trạng bảo vệ đặc biệt của công dân không như quy tắc yêu cầu", "the citizen's special protection is not as the rule requires"),
        Reason.ConsentMissing => Text("công dân chưa đồng ý", "the citizen has given no consent for it"),
        Reason.ConsentRefused => Text("công dân đã từ chối", "the citizen refused consent"),
        Reason.ConsentWithdrawn => Text("công dân đã rút lại sự đồng ý", "the citizen withdrew the consent"),
        Reason.ConsentExpired => Text("sự đồng ý đã hết thời hạn", "the consent has run out"),
        Reason.ConsentNotYetValid => Text("sự đồng ý chưa có hiệu lực", "the consent does not count yet"),
        Reason.ConsentExhausted => Text("đã dùng hết số lần mà sự đồng ý cho phép", "the consent was used as often as it allows"),
        Reason.ConsentWithoutEffect => Text(
            "số định danh không còn được sử dụng nên sự đồng ý không có hiệu lực", "the citizen's number is not in use, so no consent has effect"),
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    private static LocalText Text(string vi, string en) => new() { Vi = vi, En = en };
}
