using System.Globalization;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;

namespace Platform.Domain.Sharing;

/// <summary>What would turn a refusal around, in words.</summary>
public static class RemedyText
{
    /// <summary>The change as a clause in the imperative, without a full stop.</summary>
    public static LocalText Of(Remedy remedy) => remedy.Kind switch
    {
        RemedyKind.NameOfficial => Text("nêu cán bộ thực hiện yêu cầu", "name the official on whose behalf you ask"),
        RemedyKind.UseOtherOfficial => Text(
            $"để cán bộ có quan hệ “{Relation(remedy.Value).Vi}” với công dân yêu cầu",
            $"let an official ask who is “{Relation(remedy.Value).En}” to the citizen"),
        RemedyKind.RaiseIdentityLevel => Text(
            $"cán bộ đăng nhập bằng tài khoản định danh mức {remedy.Value}", $"the official logs in with an identity of level {remedy.Value}"),
        RemedyKind.GiveCaseReference => Text(
            $"nêu mã hồ sơ đúng mẫu, ví dụ {remedy.Value}", $"give a case reference of the required form, such as {remedy.Value}"),
        RemedyKind.UsePurpose => Text($"yêu cầu với mục đích {remedy.Value}", $"ask under the purpose {remedy.Value}"),
        RemedyKind.ObtainConsent => Text(
            $"xin công dân đồng ý cho {remedy.Value} với mục đích {remedy.Detail}",
            $"obtain the citizen's consent to {remedy.Value} for the purpose {remedy.Detail}"),
        RemedyKind.WaitUntil => Text($"yêu cầu lại từ {Local(remedy.Value)} (giờ Việt Nam)", $"ask again from {Local(remedy.Value)} (Vietnam time)"),
        RemedyKind.CorrectRecord => Correct(remedy),
        RemedyKind.ResumeSystem => Text(
            $"đơn vị vận hành cho hệ thống {remedy.Value} hoạt động trở lại", $"the platform's operator resumes the system {remedy.Value}"),
        RemedyKind.RegisterSystem => Text(
            $"người quản lý quy tắc đưa hệ thống {remedy.Value} vào bộ quy tắc", $"a rule owner registers the system {remedy.Value} in the rule book"),
        RemedyKind.RegisterSubject => Text(
            "cơ quan quản lý dữ liệu gửi hồ sơ của người này về tỉnh", "the authoritative source delivers this person's record to the province"),
        RemedyKind.PublishRule => Text(
            $"người quản lý quy tắc ban hành quy tắc cho phép với mục đích {remedy.Value}",
            $"a rule owner publishes a rule that permits it for the purpose {remedy.Value}"),
        RemedyKind.LiftRule => Text(
            $"người quản lý quy tắc ban hành bộ quy tắc không còn quy tắc {remedy.Value}", $"a rule owner publishes a book without the rule {remedy.Value}"),
        _ => throw new ArgumentOutOfRangeException(nameof(remedy)),
    };

    internal static LocalText Relation(string? value) => value switch
    {
        "self" => Text("chính công dân", "the citizen in person"),
        "household" => Text("thành viên cùng hộ", "a member of the household"),
        "other" => Text("không cùng hộ", "outside the household"),
        _ => Text("chưa rõ", "not known"),
    };

    private static LocalText Correct(Remedy remedy)
    {
        if (remedy.Value == "protected")
        {
            return remedy.Detail == "true"
                ? Text("hồ sơ phải ghi công dân được bảo vệ đặc biệt", "the record would have to say that the citizen is specially protected")
                : Text("hồ sơ phải ghi công dân không được bảo vệ đặc biệt", "the record would have to say that the citizen is not specially protected");
        }

        var label = AttributeCatalogue.Shipped.Label(remedy.Value ?? "");
        return Text(
            $"hồ sơ phải ghi “{label.Vi}” là {remedy.Detail}, nếu đúng với thực tế",
            $"the record would have to give “{label.En}” as {remedy.Detail}, if that is the truth");
    }

    private static string Local(string? instant) =>
        DateTimeOffset.TryParse(instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? CivilTime.Local(at).ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture)
            : instant ?? "";

    private static LocalText Text(string vi, string en) => new() { Vi = vi, En = en };
}
