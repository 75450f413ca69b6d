using System.Net;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>The record with sources and dates, and what the person says is wrong.</summary>
public sealed class RecordTests : IAsyncLifetime
{
    const string Report = """
        {"id":"7b0e9c5e-8a55-4d0c-9a2b-f00000000001","kind":"correction","state":"answered","openedAt":"2026-11-18T02:00:00Z","about":{"vi":"Quê quán","en":"Ancestral home"},"attribute":"profile.hometown",
         "document":null,"access":null,"text":"Sai xã\nphải là xã khác","proposed":"Xã Đắk Wer","answer":{"at":"2026-11-19T02:00:00Z","text":"Đã sửa","role":"one-stop-officer","outcome":"corrected"}}
        """;

    readonly PortalPlace _place = new();

    public async ValueTask InitializeAsync()
    {
        await _place.InitializeAsync();
        _place.Api.Answers("GET /v1/me", Samples.Record(Samples.LongName, "1951", more: "," + string.Join(',', [
            Samples.Field("profile.religion", "Tôn giáo", "Religion", "\"02\"", "sensitive", "code", """{"vi":"Công giáo","en":"Catholicism"}"""),
            Samples.Field("profile.sex", "Giới tính", "Sex", "\"2\"", type: "code", text: """{"vi":"Nữ","en":"Female"}"""),
            Samples.Field("profile.oldIdNumbers", "Số CMND", "Old numbers", "[\"245000111\"]", type: "textList"),
            Samples.Field("household.members", "Thành viên", "Members", "[]", type: "personList", text: """{"vi":"A – Vợ, chồng\nB – Con","en":"A – Spouse\nB – Child"}"""),
        ])));
        _place.Api.Answers("GET /v1/me/reports", $"[{Report}]");
        _place.Api.Answers("POST /v1/me/reports", Report);
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task Each_field_has_its_value_in_words_its_source_and_its_date()
    {
        var page = await (await _place.LogIn()).Get("/record");

        Assert.Equal("My record", page.Heading);
        Assert.Contains(Samples.LongName, page.Text, StringComparison.Ordinal);
        Assert.Contains("Female", page.Text, StringComparison.Ordinal);
        Assert.Contains("Source: Population database, 2 Mar 2025", page.Text, StringComparison.Ordinal);
        Assert.Contains("<span class=\"line\">B – Child</span>", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_come_in_the_order_in_which_people_look_for_them()
    {
        _place.Api.Answers("GET /v1/me", Samples.Record("Y Thih Êban", more: "," + Samples.Field("profile.bloodGroup", "Nhóm máu", "Blood group", "\"O\"", "sensitive", "code")
            + "," + Samples.Field("profile.sex", "Giới tính", "Sex", "\"1\"", type: "code")));
        var page = await (await _place.LogIn("vi")).Get("/record");
        var order = new[] { "Họ, chữ đệm và tên", "Ngày sinh", "Giới tính", "Nhóm máu" }.Select(label => page.Html.IndexOf($"<dt>{label}</dt>", StringComparison.Ordinal)).ToArray();

        Assert.Equal(order.Order(), order);
        Assert.All(order, place => Assert.True(place > 0));
    }

    [Fact]
    public async Task A_year_of_birth_is_not_made_a_date()
    {
        var page = await (await _place.LogIn("vi")).Get("/record");
        Assert.Contains("Ngày sinh 1951 Nguồn", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_and_sensitive_data_are_not_in_the_page_until_asked_for()
    {
        var browser = await _place.LogIn();
        var page = await browser.Get("/record");
        Assert.DoesNotContain(Samples.Number, page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("245000111", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Catholicism", page.Html, StringComparison.Ordinal);

        var shown = await browser.Get("/record?show=1");
        Assert.Contains(Samples.Number, shown.Html, StringComparison.Ordinal);
        Assert.Contains("245000111", shown.Html, StringComparison.Ordinal);
        Assert.Contains("Catholicism", shown.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Samples.Number, shown.Title, StringComparison.Ordinal);
        Assert.DoesNotMatch("(href|action)=\"/(?!assets/)[^\"]*[0-9]{9}", shown.Html);
    }

    [Fact]
    public async Task A_correction_goes_to_the_API_once_however_often_the_form_is_sent()
    {
        var browser = await _place.LogIn();
        var form = await browser.Get("/reports/new?field=profile.birthDate");
        Assert.Contains("1951", form.Text, StringComparison.Ordinal);

        var sent = await browser.Submit(form, "/reports/new", ("text", "Ngày thiếu"), ("proposed", "1951-05-19"));
        await browser.Submit(form, "/reports/new", ("text", "Ngày thiếu"), ("proposed", "1951-05-19"));

        Assert.Equal("/reports?done=1", sent.Path);
        Assert.Contains("Sent.", sent.Text, StringComparison.Ordinal);
        var asked = _place.Api.Of("POST /v1/me/reports").ToArray();
        Assert.Equal(2, asked.Length);
        Assert.NotNull(asked[0].Operation);
        Assert.Equal(asked[0].Operation, asked[1].Operation);
        Assert.Contains("\"attribute\":\"profile.birthDate\"", asked[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("field=profile.deathDate")]
    [InlineData("document=degree/1")]
    [InlineData("document=degree")]
    [InlineData("")]
    public async Task Nobody_reports_on_what_is_not_there(string query) =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await _place.LogIn()).Get("/reports/new?" + query)).Status);

    [Fact]
    public async Task A_report_without_words_says_so_and_keeps_the_rest()
    {
        var browser = await _place.LogIn();
        var page = await browser.Submit(await browser.Get("/reports/new?field=profile.birthDate"), "/reports/new", ("text", " "), ("proposed", "mai"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("href=\"#text\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"mai\"", page.Html, StringComparison.Ordinal);
        Assert.Empty(_place.Api.Of("POST /v1/me/reports"));
    }

    [Fact]
    public async Task A_refusal_is_shown_at_the_form_with_what_was_typed()
    {
        _place.Api.Refuses("POST /v1/me/reports", 409, "report.too-many");
        var browser = await _place.LogIn();
        var page = await browser.Submit(await browser.Get("/reports/new?field=profile.birthDate"), "/reports/new", ("text", "Sai <b>rồi</b>"));

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("English title of report.too-many", page.Text, StringComparison.Ordinal);
        Assert.Contains("Sai &lt;b&gt;rồi&lt;/b&gt;", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_that_ended_while_typing_loses_nothing(bool idle)
    {
        var text = string.Concat(Enumerable.Repeat("Tôi sinh ngày 19 tháng 5. ", 70));
        var browser = await _place.LogIn();
        var form = await browser.Get("/reports/new?field=profile.birthDate");
        _place.Clock.Advance(TimeSpan.FromMinutes(idle ? 25 : 1));
        _place.Api.SessionEnded = !idle;
        var answer = await browser.Post(form, "/reports/new", ("text", text), ("proposed", "1951-05-19"));
        _place.Api.SessionEnded = false;
        var page = await browser.Follow(answer, "/reports/new");
        if (idle)
        {
            Assert.Equal("Your session has ended", page.Heading);
            page = await browser.Get("/login?return=" + Uri.EscapeDataString("/reports/new?field=profile.birthDate") + "&again=1");
        }

        Assert.Equal("/reports/new?field=profile.birthDate", page.Path);
        Assert.Contains("What you had typed is still here", page.Text, StringComparison.Ordinal);
        Assert.Contains(text.Trim(), WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
        Assert.True(!idle || !_place.Api.Of("POST /v1/me/reports").Any());
        var first = form.Html.Split("name=\"_operation\" value=\"")[1].Split('"')[0];
        var sent = await browser.Submit(page, "/reports/new", ("text", text));
        Assert.Equal("/reports?done=1", sent.Path);
        Assert.Equal(first, _place.Api.Of("POST /v1/me/reports").Last().Operation);
        Assert.DoesNotContain("What you had typed", (await browser.Get("/reports/new?field=profile.birthDate")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_API_that_is_down_while_a_form_is_sent_loses_nothing()
    {
        var browser = await _place.LogIn();
        var form = await browser.Get("/reports/new?field=profile.birthDate");
        _place.Api.IsUp = false;
        var down = await browser.Submit(form, "/reports/new", ("text", "vẫn còn"));
        _place.Api.IsUp = true;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.Status);
        Assert.Contains("href=\"/reports/new?field=profile.birthDate\"", down.Html, StringComparison.Ordinal);
        Assert.Contains("vẫn còn", (await browser.Get("/reports/new?field=profile.birthDate")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_are_shown_with_the_reports()
    {
        var page = await (await _place.LogIn("vi")).Get("/reports");
        Assert.Contains("Đã sửa", page.Text, StringComparison.Ordinal);
        Assert.Contains("Sai xã phải là xã khác", page.Text, StringComparison.Ordinal);
        Assert.Contains("Xã Đắk Wer", page.Text, StringComparison.Ordinal);
    }
}
