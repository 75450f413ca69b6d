using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Api;

public sealed class NotificationTests(SharedServer fixture) : IClassFixture<SharedServer>
{
    static readonly Guid Subject = Guid.NewGuid();

    readonly ApiServer _server = WithBook(fixture.Fresh());

    [Fact]
    public async Task Each_kind_has_words_in_both_languages_and_leads_somewhere()
    {
        ImmutableArray<NotificationView> items =
        [
            Item(NotificationKind.AccessPermitted) with { System = "bank", Purpose = "bank.account-opening" },
            Item(NotificationKind.AccessDenied) with { System = "gone", Purpose = "gone.purpose" },
            Item(NotificationKind.ConsentChanged) with { Organisation = "dien-luc", Purpose = "electricity.contract", Event = LedgerKinds.ConsentRefused },
            Item(NotificationKind.ConsentRequested) with { System = "bank", Organisation = "ngan-hang", Purpose = "bank.account-opening" },
            Item(NotificationKind.DocumentChanged) with { Subject = null, Document = "drivingLicence" },
            Item(NotificationKind.DocumentExpiring) with { Subject = null, Document = "drivingLicence", Until = new DateTimeOffset(2026, 3, 31, 17, 0, 0, TimeSpan.Zero) },
            Item(NotificationKind.ReportAnswered),
            Item(NotificationKind.PresentationShown),
            Item(NotificationKind.IdentityReleased) with { Party = "Ngân hàng số" },
            Item(NotificationKind.AccountSecurity) with { Subject = null, Event = "account.locked" },
        ];
        Tell(items, []);

        var told = (await _server.Get("/v1/me/notifications", Token("me.read"))).AssertOk().GetProperty("items").EnumerateArray().ToArray();

        Assert.Equal(ApiServer.Person, _server.Grains.Calls.First(call => call.Method == "GetNotifications").Key);
        Assert.Equal(
            [
                "Ngân hàng thương mại đã nhận dữ liệu của bạn", "gone yêu cầu dữ liệu của bạn và bị từ chối", "Bạn đã từ chối Điện lực tỉnh Đắk Nông",
                "Ngân hàng thương mại đề nghị bạn đồng ý chia sẻ dữ liệu", "Giấy phép lái xe được cập nhật", "Giấy phép lái xe: hết hạn ngày 31/03/2026",
                "Phản ánh của bạn đã được trả lời", "Giấy tờ bạn cho xem đã được xem", "Bạn đã đăng nhập vào Ngân hàng số", "Tài khoản đã bị khóa",
            ],
            told.Select(item => item.GetProperty("title").GetProperty("vi").GetString()));
        Assert.Equal(
            ["access", "access", "consent", "request", "document", "document", "report", "access", "access", "security"],
            told.Select(item => item.GetProperty("link").GetProperty("type").GetString()));
        Assert.Equal(("drivingLicence", JsonValueKind.Null), (told[5].GetProperty("link").GetProperty("id").GetString(), told[9].GetProperty("link").GetProperty("id").ValueKind));
        Assert.Equal(Subject.ToString(), told[0].GetProperty("link").GetProperty("id").GetString());
        Assert.All(told, item => Assert.NotEqual(item.GetProperty("text").GetProperty("vi").GetString(), item.GetProperty("text").GetProperty("en").GetString()));
    }

    [Fact]
    public async Task What_lies_after_the_last_look_is_unseen_and_mandatory_kinds_are_told_whatever_was_chosen()
    {
        Tell(
            [Item(NotificationKind.ReportAnswered) with { At = Answers.At.AddMicroseconds(1) }, Item(NotificationKind.ReportAnswered)],
            [NotificationKind.AccessDenied, NotificationKind.AccountSecurity],
            Answers.At);

        var list = (await _server.Get("/v1/me/notifications", Token("me.read"))).AssertOk();

        Assert.Equal(1, list.GetProperty("unseen").GetInt32());
        Assert.Equal([false, true], list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("seen").GetBoolean()));
        var choices = list.GetProperty("choices").EnumerateArray().ToArray();
        Assert.Equal(10, choices.Length);
        Assert.Equal(["accessDenied"], choices.Where(choice => !choice.GetProperty("told").GetBoolean()).Select(choice => choice.GetProperty("kind").GetString()));
        Assert.Equal(
            ["consentRequested", "accountSecurity"], choices.Where(choice => choice.GetProperty("mandatory").GetBoolean()).Select(choice => choice.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task A_choice_and_a_look_reach_the_grain()
    {
        _server.Grains
            .On<INotifications, int>("SetSilenced", _ => 0)
            .On<INotifications, DateTimeOffset>("MarkSeen", call => call.Argument<DateTimeOffset>());

        var choices = (await _server.Send(HttpMethod.Put, "/v1/me/notifications/choices", Token("me.write"), Bodies.Choices)).AssertOk();
        Assert.Equal([NotificationKind.AccessPermitted, NotificationKind.IdentityReleased], _server.Grains.Last.Argument<ImmutableArray<NotificationKind>>());
        Assert.Equal(2, choices.EnumerateArray().Count(choice => !choice.GetProperty("told").GetBoolean()));

        var seen = (await _server.Send(HttpMethod.Post, "/v1/me/notifications/seen", Token("me.write"), """{"upTo":"2026-03-02T09:15:00+07:00"}""")).AssertOk();
        Assert.Equal("2026-03-02T02:15:00Z", seen.GetProperty("upTo").GetString());
    }

    [Theory]
    [InlineData("/accessDenied", null)]
    [InlineData("/accessDenied", "null")]
    [InlineData("/accessDenied", "\"true\"")]
    [InlineData("/accountSecurity", "false")]
    [InlineData("/consentRequested", "false")]
    public async Task A_choice_is_whole_and_leaves_what_is_mandatory_alone(string pointer, string? value)
    {
        var body = value is null ? Bodies.Without(Bodies.Choices, pointer) : Bodies.With(Bodies.Choices, pointer, JsonNode.Parse(value));

        (await _server.Send(HttpMethod.Put, "/v1/me/notifications/choices", Token("me.write"), body)).AssertRefused(400, "request.shape-invalid");

        Assert.Empty(_server.Grains.Calls);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"upTo":"2026-03-02T09:15:00"}""")]
    [InlineData("""{"upTo":null}""")]
    public async Task A_look_has_an_instant(string body) =>
        (await _server.Send(HttpMethod.Post, "/v1/me/notifications/seen", Token("me.write"), body)).AssertRefused(400, "request.shape-invalid");

    string Token(string scope) => _server.CitizenToken(scope);

    void Tell(ImmutableArray<NotificationView> items, ImmutableArray<NotificationKind> silenced, DateTimeOffset? seen = null) =>
        _server.Grains.On<INotifications, NotificationsView>("GetNotifications", _ => new NotificationsView { Items = items, Silenced = silenced, SeenUpTo = seen });

    static NotificationView Item(NotificationKind kind) => new() { Id = Guid.NewGuid(), At = Answers.At, Kind = kind, Subject = Subject, Event = "x" };

    static ApiServer WithBook(ApiServer server)
    {
        server.Grains.On<IRuleBooks, RuleBookView>("Current", _ => new RuleBookView
        {
            Number = 1,
            State = RuleBookState.Published,
            DraftedBy = "staff-1",
            Book = DomainJson.Write(RuleBook.Shipped),
        });
        return server;
    }
}
