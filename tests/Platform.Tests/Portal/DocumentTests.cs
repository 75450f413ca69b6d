using System.Net;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>Documents as cards, in full, and shown to somebody.</summary>
public sealed class DocumentTests : IAsyncLifetime
{
    const string Id = "7b0e9c5e-8a55-4d0c-9a2b-f00000000002";
    const string Code = "0123456789ABCDEFGHJKMNPQRS";
    readonly PortalPlace _place = new();
    string _state = "waiting";

    public async ValueTask InitializeAsync()
    {
        await _place.InitializeAsync();
        Documents(
            Samples.Document("drivingLicence", "Giấy phép lái xe", "Driving licence", "660123004567", validTo: "2026-12-01", attributes: string.Join(',', [
                Samples.Field("document.drivingLicence.class", "Hạng", "Classes", "\"B, A1\""),
                Samples.Field("document.drivingLicence.points", "Số điểm", "Points", "11", "sensitive", "integer"),
            ])),
            Samples.Document("taxCode", "Mã số thuế", "Tax code", Samples.Number, validTo: null),
            Samples.Document("degree", "Bằng tốt nghiệp", "Degree", "B-77", state: "revoked", validTo: null));
        _place.Api.Answers("POST /v1/me/presentations", $$"""{"id":"{{Id}}","code":"{{Code}}","until":"2026-11-20T03:05:00Z","shown":[]}""", 201);
        _place.Api.Answers($"GET /v1/me/presentations/{Id}", _ => FakeApi.Json($$"""
            {"id":"{{Id}}","state":"{{_state}}","until":"2026-11-20T03:05:00Z","shownAt":{{(_state == "shown" ? "\"2026-11-20T03:02:00Z\"" : "null")}},
              "document":{"key":"drivingLicence","label":{"vi":"Giấy phép lái xe","en":"Driving licence"} },"shown":[{"key":"profile.fullName","label":{"vi":"Họ và tên","en":"Full name"} }]}
            """));
        _place.Api.Answers($"DELETE /v1/me/presentations/{Id}", _ =>
        {
            _state = "withdrawn";
            return new HttpResponseMessage(HttpStatusCode.NoContent);
        });
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task What_expires_soon_comes_first_and_what_is_over_last()
    {
        var page = await (await _place.LogIn()).Get("/documents");
        var order = new[] { "Expires soon", "Tax code", "Revoked" }.Select(text => page.Text.LastIndexOf(text, StringComparison.Ordinal)).ToArray();

        Assert.Equal(order.Order(), order);
        Assert.Contains("until 1 Dec 2026", page.Text, StringComparison.Ordinal);
        Assert.Contains("no end date", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/documents")]
    [InlineData("/documents?kind=taxCode")]
    [InlineData("/documents/taxCode/1")]
    [InlineData("/documents/taxCode/1/show")]
    public async Task Numbers_are_masked_and_in_no_address_or_title(string path)
    {
        var page = await (await _place.LogIn()).Get(path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain(Samples.Number, page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_is_shown_when_asked_for_and_still_in_no_address()
    {
        var page = await (await _place.LogIn()).Get("/documents/taxCode/1?show=1");
        Assert.Contains(Samples.Number, page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Samples.Number, page.Title, StringComparison.Ordinal);
        Assert.DoesNotMatch("(href|action)=\"/(?!assets/)[^\"]*[0-9]{9}", page.Html);
    }

    [Fact]
    public async Task A_document_says_where_it_comes_from()
    {
        var page = await (await _place.LogIn("vi")).Get("/documents/drivingLicence/1");
        Assert.Contains("Nguồn Cơ sở dữ liệu giấy phép lái xe", page.Text, StringComparison.Ordinal);
        Assert.Contains("Nguồn xác nhận lúc 09:00, 02/03/2025", page.Text, StringComparison.Ordinal);
        Assert.Contains("hết hạn ngày 01/12/2026", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/documents/drivingLicence/2")]
    [InlineData("/documents/drivingLicence/0")]
    [InlineData("/documents/nothing/1")]
    [InlineData("/documents/drivingLicence/x")]
    public async Task A_document_that_is_not_there_is_not_found(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await _place.LogIn()).Get(path)).Status);

    [Fact]
    public async Task Two_hundred_documents_stay_one_page_and_a_kind_can_be_picked()
    {
        Documents([.. Enumerable.Range(1, 200).Select(n => Samples.Document(n % 2 == 0 ? "degree" : "vaccination", $"Loại {n % 2}", $"Kind {n % 2}", $"N-{n}"))]);
        var browser = await _place.LogIn();
        var all = await browser.Get("/documents");
        var degrees = await browser.Get("/documents?kind=degree");

        Assert.Equal(200, all.Html.Split("class=\"card ").Length - 1);
        Assert.Equal(100, degrees.Html.Split("class=\"card ").Length - 1);
        Assert.InRange(all.Html.Length, 1, 250_000);
    }

    [Fact]
    public async Task Nobody_without_documents_sees_an_empty_table()
    {
        Documents();
        Assert.Contains("No documents are integrated yet.", (await (await _place.LogIn()).Get("/documents")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_chosen_and_nothing_else_is_asked_for_and_the_code_is_in_no_address()
    {
        var browser = await _place.LogIn();
        var form = await browser.Get("/documents/drivingLicence/1/show");
        Assert.DoesNotContain("checked=\"\" value=\"number\"", form.Html, StringComparison.Ordinal);
        var showing = await browser.Submit(form, "/documents/drivingLicence/1/show", ("show", "profile.fullName"), ("show", "document.drivingLicence.class"), ("minutes", "3"));

        Assert.Equal($"/presentations/{Id}", showing.Path);
        Assert.Contains("0123 4567 89AB CDEF GHJK MNPQ RS", showing.Text, StringComparison.Ordinal);
        Assert.Contains("<svg class=\"qr\"", showing.Html, StringComparison.Ordinal);
        Assert.Contains("Driving licence To be seen: Full name", showing.Text, StringComparison.Ordinal);
        Assert.Contains("Works until 10:05", showing.Text, StringComparison.Ordinal);
        var asked = _place.Api.Of("POST /v1/me/presentations").Single();
        Assert.Contains("\"attributes\":[\"profile.fullName\",\"document.drivingLicence.class\"],\"minutes\":3", asked.Body, StringComparison.Ordinal);
        Assert.NotNull(asked.Operation);
        Assert.DoesNotMatch($"(href|action)=\"[^\"]*{Code}", showing.Html);
    }

    [Fact]
    public async Task Choosing_nothing_shows_nothing()
    {
        var browser = await _place.LogIn();
        var page = await browser.Submit(await browser.Get("/documents/drivingLicence/1/show"), "/documents/drivingLicence/1/show", ("show", "profile.phone"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("Choose at least one thing to show.", page.Text, StringComparison.Ordinal);
        Assert.Empty(_place.Api.Of("POST /v1/me/presentations"));
    }

    [Fact]
    public async Task A_document_that_took_the_place_of_another_is_not_shown_in_its_stead()
    {
        var browser = await _place.LogIn();
        var form = await browser.Get("/documents/degree/1/show");
        Documents(Samples.Document("degree", "Bằng tốt nghiệp", "Degree", "A-00", validTo: null), Samples.Document("degree", "Bằng tốt nghiệp", "Degree", "B-77", validTo: null));
        var page = await browser.Submit(form, "/documents/degree/1/show", ("show", "number"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("This document has just changed.", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shown", "It was seen at 20 Nov 2026, 10:02")]
    [InlineData("expired", "The code ran out, and nobody had looked.")]
    public async Task What_became_of_a_code_is_told_and_the_code_is_gone(string state, string told)
    {
        var browser = await _place.LogIn();
        await browser.Submit(await browser.Get("/documents/drivingLicence/1/show"), "/documents/drivingLicence/1/show", ("show", "number"));
        _state = state;
        var page = await browser.Get($"/presentations/{Id}");

        Assert.Contains(told, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("0123 4567", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_is_withdrawn_and_another_browser_never_had_it()
    {
        var browser = await _place.LogIn();
        var showing = await browser.Submit(await browser.Get("/documents/drivingLicence/1/show"), "/documents/drivingLicence/1/show", ("show", "number"));
        var other = await (await _place.LogIn()).Get($"/presentations/{Id}");
        Assert.Contains("only in the browser that made it", other.Text, StringComparison.Ordinal);

        var withdrawn = await browser.Submit(showing, $"/presentations/{Id}/withdraw");
        Assert.Equal("Code withdrawn", withdrawn.Heading);
    }

    void Documents(params string[] documents) => _place.Api.Answers("GET /v1/me/documents", $"[{string.Join(',', documents)}]");
}
