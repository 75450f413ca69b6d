using System.Net;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>The history of accesses and one access.</summary>
public sealed class AccessPageTests : IAsyncLifetime
{
    readonly PortalPlace _place = new();

    public async ValueTask InitializeAsync()
    {
        await _place.InitializeAsync();
        _place.Api.Answers("GET /v1/me/accesses/summary", HistorySamples.Summary());
        _place.Api.Answers("GET /v1/me/accesses", HistorySamples.Accesses(HistorySamples.Access(), 7));
        _place.Api.Answers($"GET /v1/me/accesses/{HistorySamples.Id}", HistorySamples.Access());
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task The_history_says_how_many_how_many_refused_and_who_most()
    {
        var page = await (await _place.LogIn("vi")).Get("/accesses");

        Assert.Equal("Ai đã xem", page.Heading);
        Assert.Contains("Tất cả 10.000 lần Bị từ chối 120 lần Hỏi nhiều nhất Bảo hiểm xã hội tỉnh 10.000 lần, gần nhất 18/11/2026", page.Text, StringComparison.Ordinal);
        Assert.Contains("Tháng 11/2026 8 5 1 2", page.Text, StringComparison.Ordinal);
        Assert.Contains("01:30, 20/11/2026 Bảo hiểm xã hội tỉnh Gia hạn thẻ bảo hiểm y tế Cung cấp một phần", page.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"/accesses?before=7\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Về mới nhất", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_history_is_complete_in_English()
    {
        var page = await (await _place.LogIn()).Get("/accesses");

        Assert.Equal("Who looked", page.Heading);
        Assert.Contains("In all 10,000 times Refused 120 times Asked most Social Insurance", page.Text, StringComparison.Ordinal);
        Assert.Contains("November 2026", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("lần", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_go_to_the_API_stay_chosen_and_stay_on_the_next_page()
    {
        var page = await (await _place.LogIn()).Get("/accesses?month=2026-10&organisation=client%3Aa%26b&outcome=denied&before=99");

        Assert.Equal("/v1/me/accesses?month=2026-10&organisation=client%3Aa%26b&outcome=denied&before=99&count=25", _place.Api.Of("GET /v1/me/accesses").Last().Path);
        Assert.Contains("<option value=\"2026-10\" selected", page.Html, StringComparison.Ordinal);
        Assert.Contains("<option value=\"denied\" selected", page.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/accesses?month=2026-10&amp;organisation=client%3Aa%26b&amp;outcome=denied&amp;before=7\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/accesses?month=2026-10&amp;organisation=client%3Aa%26b&amp;outcome=denied\">Back to the newest", page.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/accesses/export?month=2026-10&amp;organisation=client%3Aa%26b&amp;outcome=denied\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_month_that_the_summary_no_longer_lists_stays_chosen()
    {
        var page = await (await _place.LogIn()).Get("/accesses?month=2021-01");
        Assert.Contains("<option value=\"2021-01\" selected>January 2021", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("month=2026-13")]
    [InlineData("month=2026-1")]
    [InlineData("outcome=maybe")]
    [InlineData("before=-1")]
    [InlineData("before=x")]
    [InlineData("month=2026-10&month=2026-11")]
    [InlineData("organisation=")]
    public async Task What_no_filter_can_mean_is_left_out(string query)
    {
        await (await _place.LogIn()).Get("/accesses?" + query);
        Assert.Equal("/v1/me/accesses?count=25", _place.Api.Of("GET /v1/me/accesses").Last().Path);
    }

    [Fact]
    public async Task Nothing_yet_is_said_calmly_and_without_filters()
    {
        _place.Api.Answers("GET /v1/me/accesses/summary", """{"total":0,"denied":0,"months":[],"organisations":[]}""");
        _place.Api.Answers("GET /v1/me/accesses", HistorySamples.Accesses(""));
        var page = await (await _place.LogIn()).Get("/accesses");

        Assert.Contains("Nobody has asked for anything about you.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<form class=\"filters\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_finds_nothing_offers_to_drop_it()
    {
        _place.Api.Answers("GET /v1/me/accesses", HistorySamples.Accesses(""));
        var page = await (await _place.LogIn()).Get("/accesses?outcome=denied");

        Assert.Contains("There is nothing like that.", page.Text, StringComparison.Ordinal);
        Assert.Contains("<form class=\"filters\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_access_tells_who_why_in_whose_name_and_what_was_refused_in_words()
    {
        _place.Api.Answers(
            $"GET /v1/me/accesses/{HistorySamples.Id}",
            HistorySamples.Access(targets: HistorySamples.Target("Họ và tên", "Full name", true, HistorySamples.Other) + "," + HistorySamples.Target("Nhóm máu", "Blood group", false)));
        var page = await (await _place.LogIn("vi")).Get($"/accesses/{HistorySamples.Id}");

        Assert.Equal("Bảo hiểm xã hội tỉnh", page.Heading);
        Assert.Contains("Cán bộ bộ phận một cửa Một cửa phường Bắc Gia Nghĩa", page.Text, StringComparison.Ordinal);
        Assert.Contains("Gia hạn thẻ bảo hiểm y tế Căn cứ: Luật BHYT, điều 17", page.Text, StringComparison.Ordinal);
        Assert.Contains("H15.26-1", page.Text, StringComparison.Ordinal);
        Assert.Contains("Đã được biết Họ và tên Luật cho phép.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Đã hỏi nhưng không được biết Nhóm máu Bạn chưa đồng ý.", page.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"/consents/{HistorySamples.Other}\"", page.Html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/accesses/{HistorySamples.Id}/ask\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_system_that_asked_by_itself_is_not_given_an_official()
    {
        _place.Api.Answers($"GET /v1/me/accesses/{HistorySamples.Id}", HistorySamples.Access(official: "null", caseReference: null));
        var page = await (await _place.LogIn()).Get($"/accesses/{HistorySamples.Id}");
        Assert.Contains("The system by itself, no official", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("identityReleased", "You logged in to this service", true)]
    [InlineData("presentationShown", "You showed somebody a document", false)]
    public async Task What_was_no_question_of_an_office_is_told_as_what_it_was(string kind, string words, bool mayAsk)
    {
        _place.Api.Answers($"GET /v1/me/accesses/{HistorySamples.Id}", HistorySamples.Access(kind: kind, outcome: "permitted", official: "null"));
        var page = await (await _place.LogIn()).Get($"/accesses/{HistorySamples.Id}");

        Assert.Contains(words, page.Text, StringComparison.Ordinal);
        Assert.Equal(mayAsk, page.Html.Contains("/ask\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("vi", "Sổ của bạn không có lần này")]
    [InlineData("en", "Your ledger has no such entry")]
    public async Task Somebody_elses_access_is_not_there(string language, string heading)
    {
        _place.Api.Refuses($"GET /v1/me/accesses/{HistorySamples.Other}", 404, "access.unknown");
        var browser = await _place.LogIn(language);

        foreach (var path in new[] { $"/accesses/{HistorySamples.Other}", $"/accesses/{HistorySamples.Other}/ask" })
        {
            var page = await browser.Get(path);
            Assert.Equal((HttpStatusCode.NotFound, heading), (page.Status, page.Heading));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get("/accesses/1")).Status);
    }

    [Fact]
    public async Task A_long_name_stays_whole_and_is_written_as_text()
    {
        _place.Api.Answers("GET /v1/me/accesses/summary", HistorySamples.Summary(organisation: Samples.LongName));
        _place.Api.Answers("GET /v1/me/accesses", HistorySamples.Accesses(HistorySamples.Access(vi: Samples.LongName + "<i>")));
        var page = await (await _place.LogIn("vi")).Get("/accesses");

        Assert.Equal(3, page.Text.Split(Samples.LongName).Length - 1);
        Assert.DoesNotContain("<i>", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/accesses")]
    [InlineData($"/accesses/{HistorySamples.Id}")]
    [InlineData($"/accesses/{HistorySamples.Id}/ask")]
    [InlineData("/accesses/export")]
    public async Task Nothing_is_shown_half_while_the_API_is_down(string path)
    {
        var browser = await _place.LogIn();
        _place.Api.IsUp = false;
        var page = await browser.Get(path);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Equal("We cannot get your data right now", page.Heading);
        Assert.DoesNotContain("Social Insurance", page.Text, StringComparison.Ordinal);
    }
}
