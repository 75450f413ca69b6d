using System.Net;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>The page for whoever is shown a document.</summary>
public sealed class VerifyTests : IAsyncLifetime
{
    const string Code = "0123456789ABCDEFGHJKMNPQRS";
    readonly PortalPlace _place = new();

    public async ValueTask InitializeAsync()
    {
        await _place.InitializeAsync();
        _place.Api.Answers("POST /v1/presentations", """
            {"shownAt":"2026-11-20T03:02:00Z","document":{"vi":"Giấy phép lái xe","en":"Driving licence"},"state":"suspended",
             "values":[{"label":{"vi":"Họ và tên","en":"Name"},"type":"text","value":"Nguyễn Thị Hoa","text":null},{"label":{"vi":"Đến ngày","en":"Valid to"},"type":"date","value":"2030-01-31","text":null}]}
            """);
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Theory]
    [InlineData("0123456789ABCDEFGHJKMNPQRS")]
    [InlineData("0123 4567 89ab cdef ghjk mnpq rs")]
    [InlineData("oi23-4567-89AB-CDEF-GHJK-MNPQ-RS")]
    public async Task A_code_shows_what_was_chosen_without_a_login(string typed)
    {
        var browser = _place.Open("vi");
        var page = await browser.Submit(await browser.Get("/verify"), "/verify", ("code", typed));

        Assert.Equal("Giấy phép lái xe", page.Heading);
        Assert.Contains("Tạm dừng hiệu lực", page.Text, StringComparison.Ordinal);
        Assert.Contains("Giấy tờ này hiện không có hiệu lực.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Nguyễn Thị Hoa", page.Text, StringComparison.Ordinal);
        Assert.Contains("31/01/2030", page.Text, StringComparison.Ordinal);
        var asked = _place.Api.Of("POST /v1/presentations").Single();
        Assert.Contains($"\"code\":\"{Code}\"", asked.Body, StringComparison.Ordinal);
        Assert.Null(asked.Token);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123")]
    [InlineData("U123456789ABCDEFGHJKMNPQRS")]
    [InlineData("<script>")]
    public async Task What_is_no_code_is_not_even_asked_for(string typed)
    {
        var browser = _place.Open();
        var page = await browser.Submit(await browser.Get("/verify"), "/verify", ("code", typed));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("A code has 26 letters and digits.", page.Text, StringComparison.Ordinal);
        Assert.Empty(_place.Api.Of("POST /v1/presentations"));
    }

    [Theory]
    [InlineData(410, "presentation.used")]
    [InlineData(404, "presentation.unknown")]
    public async Task A_code_that_is_used_or_unknown_says_so(int status, string code)
    {
        _place.Api.Refuses("POST /v1/presentations", status, code);
        var browser = _place.Open();
        var page = await browser.Submit(await browser.Get("/verify"), "/verify", ("code", Code));

        Assert.Equal(status, (int)page.Status);
        Assert.Contains($"English title of {code}", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_attempts_are_told_to_wait()
    {
        _place.Api.Refuses("POST /v1/presentations", 429, "limit.reached");
        var browser = _place.Open();
        var page = await browser.Submit(await browser.Get("/verify"), "/verify", ("code", Code));
        Assert.Equal("There are too many requests", page.Heading);
    }

    [Fact]
    public async Task Nobody_makes_another_site_use_up_a_code()
    {
        var answer = await _place.Open().PostRaw("/verify", [("code", Code)], ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(_place.Api.Of("POST /v1/presentations"));
    }
}
