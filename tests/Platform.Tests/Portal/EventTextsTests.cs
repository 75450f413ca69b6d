using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Security;
using Platform.Portal.Pages.Shell;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>What happened to an account, in words of both languages.</summary>
public sealed class EventTextsTests
{
    static readonly Words Vietnamese = new("vi");
    static readonly Words English = new("en");

    /// <summary>Every kind for which the identity server's own pages have words.</summary>
    public static TheoryData<string> Kinds { get; } = new(KnownKinds());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_event_has_words(string kind)
    {
        Assert.NotEqual(kind, EventTexts.Kind(Vietnamese, kind));
        Assert.NotEqual(kind, EventTexts.Kind(English, kind));
        Assert.NotEqual(EventTexts.Kind(Vietnamese, kind), EventTexts.Kind(English, kind));
    }

    [Fact]
    public void A_kind_without_words_is_shown_by_its_code() => Assert.Equal("moon.risen", EventTexts.Kind(Vietnamese, "moon.risen"));

    [Theory]
    [InlineData("session.ended", "holder", "bạn tự kết thúc")]
    [InlineData("session.ended", "logout", "đăng xuất")]
    [InlineData("session.ended", "replaced", "thay bằng lần đăng nhập mới")]
    [InlineData("sessions.ended", "representative", "người đại diện không còn quyền")]
    [InlineData("device.added", "passkey Máy của tôi", "Khoá truy cập (passkey): Máy của tôi")]
    [InlineData("device.added", "otp Điện thoại", "Ứng dụng xác thực: Điện thoại")]
    [InlineData("login.ok", "hwk user mfa", "khoá truy cập")]
    [InlineData("claims.approved", "so-y-te", "dịch vụ: so-y-te")]
    [InlineData("account.registered", "face 2026-11-27T01:21:19Z CA-17", "đã đối chiếu khuôn mặt")]
    [InlineData("level.raised", "fingerprint 2026-11-27T01:21:19Z CA-17", "đã đối chiếu vân tay")]
    [InlineData("level.raised", "upstream", "qua định danh quốc gia")]
    [InlineData("roles.set", "one-stop-officer rule-owner: quyết định 12", "Cán bộ một cửa, Người quản lý quy tắc chia sẻ: quyết định 12")]
    [InlineData("device.removed", "Máy cũ", "Máy cũ")]
    [InlineData("login.refused", null, null)]
    public void Details_are_in_words_too(string kind, string? detail, string? text) =>
        Assert.Equal(text, EventTexts.Details(Vietnamese, new AccountEvent { At = DateTimeOffset.UnixEpoch, Kind = kind, Place = "", Detail = detail }));

    static IEnumerable<string> KnownKinds([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        System.Text.RegularExpressions.Regex.Matches(
            File.ReadAllText(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Identity", "Pages", "Account", "EventTexts.cs"))),
            "\"([a-z-]+\\.[a-z-]+)\" =>").Select(match => match.Groups[1].Value);
}
