using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>Consents, and taking them back.</summary>
public sealed class ConsentPageTests : IAsyncLifetime
{
    const string Detail = $"/consents/{HistorySamples.Id}";
    const string Withdraw = $"{Detail}/withdraw";
    readonly PortalPlace _place = new();

    public async ValueTask InitializeAsync()
    {
        await _place.InitializeAsync();
        _place.Api.Answers("GET /v1/me/consents", HistorySamples.List(
        [
            HistorySamples.Consent(),
            HistorySamples.Consent(state: "refused", vi: "Viễn thông", en: "Telecom", uses: 0),
            HistorySamples.Consent(state: "withdrawn", vi: "Điện lực", en: "Electricity", withdrawnAt: "2026-11-10T03:00:00Z"),
            HistorySamples.Consent(validTo: "2026-11-20T03:00:00Z", vi: "Bệnh viện", en: "Hospital", uses: 1),
        ]));
        _place.Api.Answers($"GET /v1/me{Detail}", HistorySamples.Detail());
        _place.Api.Answers($"DELETE /v1/me{Detail}", _ =>
        {
            _place.Api.Answers($"GET /v1/me{Detail}", Withdrawn);
            return FakeApi.Json(HistorySamples.Consent(state: "withdrawn", withdrawnAt: "2026-11-20T03:00:00Z"));
        });
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Theory]
    [InlineData("", "Ngân hàng Đắk Nông Mở tài khoản Đến 20/12/2026 Đã dùng 3 lần, gần nhất 19/11/2026")]
    [InlineData("?state=given", "Ngân hàng Đắk Nông")]
    [InlineData("?state=refused", "Viễn thông Mở tài khoản Từ chối 01/11/2026")]
    [InlineData("?state=withdrawn", "Điện lực Mở tài khoản Rút lại 10/11/2026")]
    [InlineData("?state=expired", "Bệnh viện Mở tài khoản Hết hạn 20/11/2026 Đã dùng 1 lần")]
    [InlineData("?state=nonsense", "Ngân hàng Đắk Nông")]
    public async Task Consents_are_sorted_by_how_they_stand(string query, string words)
    {
        var page = await (await _place.LogIn("vi")).Get("/consents" + query);

        Assert.Equal("Đồng ý của tôi", page.Heading);
        Assert.Contains("Đang cho phép (1) Đã từ chối (1) Đã rút lại (1) Hết hạn (1)", page.Text, StringComparison.Ordinal);
        Assert.Contains(words, page.Text, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page.Html, "<li class=\"panel\">"));
    }

    [Theory]
    [InlineData("vi", "given", "Hiện bạn không cho phép ai")]
    [InlineData("en", "given", "Nobody may receive anything on your consent now.")]
    [InlineData("en", "refused", "You have refused nothing.")]
    [InlineData("en", "withdrawn", "You have taken nothing back.")]
    [InlineData("en", "expired", "No consent has expired.")]
    public async Task Each_empty_list_says_so(string language, string state, string words)
    {
        _place.Api.Answers("GET /v1/me/consents", "[]");
        var page = await (await _place.LogIn(language)).Get("/consents?state=" + state);
        Assert.Contains(words, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_consents_come_in_pages_the_latest_first()
    {
        _place.Api.Answers("GET /v1/me/consents", HistorySamples.List(Enumerable.Range(1, 100)
            .Select(number => HistorySamples.Consent(vi: $"{Samples.LongName} {number}.", decidedAt: $"2026-{number / 28 + 1:00}-{number % 28 + 1:00}T03:00:00Z"))));
        var browser = await _place.LogIn("vi");
        var (first, last, beyond) = (await browser.Get("/consents"), await browser.Get("/consents?state=given&page=5"), await browser.Get("/consents?page=99"));

        Assert.Contains($"{Samples.LongName} 100.", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Samples.LongName} 80.", first.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"/consents?state=given&amp;page=2\"", first.Html, StringComparison.Ordinal);
        Assert.Contains($"{Samples.LongName} 1.", last.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Cũ hơn", last.Text, StringComparison.Ordinal);
        Assert.Contains($"{Samples.LongName} 1.", beyond.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_consent_is_told_in_plain_words_with_the_very_text_and_its_place_in_the_ledger()
    {
        var page = await (await _place.LogIn("vi")).Get(Detail);

        Assert.Equal("Ngân hàng Đắk Nông", page.Heading);
        Assert.Contains("Được biết Họ và tên Ngày sinh", page.Text, StringComparison.Ordinal);
        Assert.Contains("Nhiều nhất 5 lần mỗi tháng", page.Text, StringComparison.Ordinal);
        Assert.Contains("90 ngày", page.Text, StringComparison.Ordinal);
        Assert.Equal(
            "Bên nhận dữ liệu: Ngân hàng.\nMục đích: <mở> tài khoản.",
            WebUtility.HtmlDecode(Regex.Match(page.Html, "<div class=\"panel wording\" lang=\"vi\">([^<]*)</div>").Groups[1].Value));
        Assert.Contains("Đồng ý Mục số 41", page.Text, StringComparison.Ordinal);
        Assert.Contains(HistorySamples.Hash, page.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"/accesses?organisation=bank\"", page.Html, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Withdraw}\"", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refused", null, "You refused.", "What was asked for")]
    [InlineData("withdrawn", "2026-11-10T03:00:00Z", "You took it back.", "What they may learn")]
    [InlineData("granted", null, "Its time is over.", "What they may learn")]
    public async Task What_no_longer_counts_can_neither_be_taken_back_nor_given_again_unless_somebody_asks(string state, string? withdrawnAt, string lead, string what)
    {
        _place.Api.Answers($"GET /v1/me{Detail}", HistorySamples.Detail(state, withdrawnAt, "2026-11-20T03:00:00Z", text: null));
        var browser = await _place.LogIn();
        var page = await browser.Get(Detail);

        Assert.Contains(lead, page.Text, StringComparison.Ordinal);
        Assert.Contains(what, page.Text, StringComparison.Ordinal);
        Assert.Contains("they must ask anew", page.Text, StringComparison.Ordinal);
        Assert.Contains("did not send the words", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/withdraw", page.Html, StringComparison.Ordinal);
        Assert.Equal(Detail, (await browser.Get(Withdraw)).Path);

        _place.Api.Answers("GET /v1/me/requests", $"[{HistorySamples.Request(HistorySamples.Other)}]");
        Assert.Contains($"href=\"/requests/{HistorySamples.Other}\"", (await browser.Get(Detail)).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi", "Rút lại đồng ý này?", "Đã rút lại. Từ lúc này không ai nhận được gì dựa trên đồng ý này nữa.", "Rút lại Mục số 10.001")]
    [InlineData("en", "Take this consent back?", "Taken back. From now on nobody receives anything on this consent.", "Taken back Entry 10,001")]
    public async Task Taking_back_is_confirmed_counts_at_once_and_shows_its_proof(string language, string question, string done, string proof)
    {
        var browser = await _place.LogIn(language);
        var confirm = await browser.Get(Withdraw);
        Assert.Equal(question, confirm.Heading);
        Assert.Empty(_place.Api.Of($"DELETE /v1/me{Detail}"));

        await browser.Post(confirm, Withdraw);
        var page = await browser.Submit(confirm, Withdraw);
        var sent = _place.Api.Of($"DELETE /v1/me{Detail}").ToArray();

        Assert.Single(sent.Select(ask => ask.Operation).Distinct());
        Assert.NotNull(sent[0].Operation);
        Assert.Equal(Detail + "?done=withdrawn", page.Path);
        Assert.Contains(done, page.Text, StringComparison.Ordinal);
        Assert.Contains(proof, page.Text, StringComparison.Ordinal);
        Assert.Contains(new string('b', 64), page.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"/ledger\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_alone_does_not_make_a_consent_look_taken_back()
    {
        var page = await (await _place.LogIn()).Get(Detail + "?done=withdrawn");
        Assert.DoesNotContain("Taken back", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_consent_is_not_there_to_be_seen_or_taken_back()
    {
        _place.Api.Refuses($"GET /v1/me/consents/{HistorySamples.Other}", 404, "consent.unknown");
        _place.Api.Refuses($"DELETE /v1/me{Detail}", 404, "consent.unknown");
        var browser = await _place.LogIn();

        foreach (var page in new[] { await browser.Get($"/consents/{HistorySamples.Other}"), await browser.Get($"/consents/{HistorySamples.Other}/withdraw"), await browser.Submit(await browser.Get(Withdraw), Withdraw) })
        {
            Assert.Equal((HttpStatusCode.NotFound, "You have no such consent"), (page.Status, page.Heading));
        }
    }

    [Fact]
    public async Task An_ended_session_or_an_API_that_is_down_takes_nothing_back_and_leads_to_the_same_question()
    {
        var browser = await _place.LogIn();
        var confirm = await browser.Get(Withdraw);
        _place.Api.IsUp = false;
        var down = await browser.Submit(confirm, Withdraw);
        _place.Api.IsUp = true;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.Status);
        Assert.Contains($"href=\"{Withdraw}\"", down.Html, StringComparison.Ordinal);

        _place.Clock.Advance(TimeSpan.FromMinutes(21));
        Assert.Equal("Your session has ended", (await browser.Submit(confirm, Withdraw)).Heading);
        Assert.Empty(_place.Api.Of($"DELETE /v1/me{Detail}"));
        Assert.Equal("Take this consent back?", (await browser.Get("/login?again=1&return=" + Uri.EscapeDataString(Withdraw))).Heading);
    }

    [Fact]
    public async Task Nobody_elses_form_takes_a_consent_back()
    {
        var browser = await _place.LogIn();
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostRaw(Withdraw, [("_form", "AAAA")])).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostRaw(Withdraw, [], ("Origin", "https://evil.example"))).StatusCode);
        Assert.Empty(_place.Api.Of($"DELETE /v1/me{Detail}"));
    }

    [Theory]
    [InlineData("/consents")]
    [InlineData(Detail)]
    [InlineData(Withdraw)]
    public async Task Nothing_is_shown_half_while_the_API_is_down(string path)
    {
        var browser = await _place.LogIn("vi");
        _place.Api.IsUp = false;
        Assert.Equal("Chưa lấy được dữ liệu của bạn", (await browser.Get(path)).Heading);
    }

    static string Withdrawn => HistorySamples.Detail("withdrawn", "2026-11-20T03:00:00Z", more: HistorySamples.WithdrawnEntry);
}
