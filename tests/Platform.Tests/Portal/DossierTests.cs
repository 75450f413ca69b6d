using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>An officer opens a dossier: what is asked, in whose name, and what is shown of the answer.</summary>
public sealed class DossierTests : IAsyncLifetime
{
    const string Path = "/counter/dossier";
    const string Route = "POST /v1/disclosures";
    readonly PortalPlace _place = new();

    public async ValueTask InitializeAsync()
    {
        await _place.InitializeAsync();
        _place.Api.Answers(Route, CounterPages.Disclosure("permitted", CounterPages.Released("profile.fullName", "\"Nguyễn Thị Hoa\"")));
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task The_one_stop_system_asks_in_the_officers_name_with_the_case_and_what_was_ticked()
    {
        var page = await Send(await _place.LogInOfficer(), [
            ("want", "profile.fullName"), ("want", "residence.permanent.address"), ("want", "age.atLeast"), ("want", "identity.matches"), ("want", "household.isHead"),
            ("want", "document.healthInsurance.validOn"), ("age", "018"), ("name", "Nguyễn Thị Hoa"), ("born", "19/5/1990"), ("day", "2026-11-20"), ("case", "h16.12-260302-0042")]);
        var ask = Assert.Single(_place.Api.Of(Route));
        var body = JsonNode.Parse(ask.Body)!;

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(Samples.Number, (string?)body["subject"]!["personalId"]);
        Assert.Equal(("procedure.prefill", CounterPages.Case), ((string?)body["purpose"], (string?)body["caseReference"]));
        Assert.Equal("{\"role\":\"one-stop-officer\",\"unit\":\"" + CounterPages.Unit + "\"}", HttpUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Unescape(body["official"]!.ToJsonString())));
        Assert.Equal(["profile.fullName", "residence.permanent.address"], body["attributes"]!.AsArray().Select(one => (string)one!));
        Assert.Equal(
            ["age.atLeast(18)", "identity.matches(Nguyễn Thị Hoa;1990-05-19)", "household.isHead", "document.healthInsurance.validOn(2026-11-20)"],
            body["predicates"]!.AsArray().Select(one => (string)one!));
        Assert.StartsWith("DPoP acting-", ask.Token, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_officers_token_is_exchanged_by_the_system_under_its_own_name_for_each_dossier()
    {
        var browser = await _place.LogInOfficer();
        await Send(browser);
        await Send(browser);
        var exchanges = _place.Identity.TokenRequests.Where(form => form["grant_type"] == "urn:ietf:params:oauth:grant-type:token-exchange").ToArray();

        Assert.Equal(2, exchanges.Length);
        Assert.All(exchanges, form =>
        {
            Assert.Equal(("one-stop", "disclosures.request"), (form["client_id"], form["scope"]));
            Assert.Equal("urn:ietf:params:oauth:token-type:access_token", form["subject_token_type"]);
            Assert.StartsWith("access-", form["subject_token"], StringComparison.Ordinal);
            Assert.Equal(("one-stop", "https://identity.example.vn/"), (CounterPages.Claim(form["client_assertion"], "iss"), CounterPages.Claim(form["client_assertion"], "aud")));
        });
    }

    [Theory]
    [InlineData("vi", "Thông tin cho hồ sơ", "Đã ghi vào sổ của công dân", "Vì rule.none.", "Nữ", "Đủ 18 tuổi")]
    [InlineData("en", "What the dossier received", "This is now in the citizen's ledger", "Because of rule.none.", "Female", "At least 18 years old")]
    public async Task The_answer_says_what_was_released_what_was_refused_and_where_the_citizen_finds_it(string language, string heading, string ledger, string why, string sex, string age)
    {
        _place.Api.Answers(Route, CounterPages.Disclosure(
            "partlyPermitted",
            CounterPages.Released("profile.fullName", "\"Nguyễn Thị Hoa\""), CounterPages.Released("profile.sex", "\"2\"", """{"vi":"Nữ","en":"Female"}"""), CounterPages.Released("profile.birthDate", "\"1990\""),
            CounterPages.Released("residence.absent", "null"), CounterPages.Released("age.atLeast(18)", "\"yes\""), CounterPages.Released("household.isHead", "\"unknown\""),
            CounterPages.Denied("profile.email", "rule.none")));
        var page = await Send(await _place.LogInOfficer(language));

        Assert.Equal(heading, page.Heading);
        foreach (var text in new[] { ledger, why, sex, age, "Nguyễn Thị Hoa", "1990", CounterPages.Unit, CounterPages.Case, CounterPages.Hash, language == "vi" ? "1.234" : "1,234", "067*****3456" })
        {
            Assert.Contains(text, page.Text, StringComparison.Ordinal);
        }
        Assert.Equal("no-store", page.Answer.Headers.CacheControl!.ToString());
        Assert.Contains("data-once", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_personal_number_is_on_no_page_in_no_address_and_in_no_cookie()
    {
        var browser = await _place.LogInOfficer();
        var page = await Send(browser);

        Assert.DoesNotContain(Samples.Number, page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(_place.Api.Asked, ask => ask.Path.Contains(Samples.Number, StringComparison.Ordinal));
        Assert.DoesNotContain(browser.Cookies.Values, value => value.Contains(Samples.Number, StringComparison.Ordinal));
        Assert.DoesNotContain(Samples.Number, (await browser.Get(Path)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_ticked_beforehand_and_the_officers_unit_is_remembered()
    {
        var browser = await _place.LogInOfficer();
        Assert.DoesNotMatch("<input type=\"checkbox\"[^>]* checked", (await browser.Get(Path)).Html);
        await Send(browser);

        var page = await browser.Get(Path);
        Assert.DoesNotMatch("<input type=\"checkbox\"[^>]* checked", page.Html);
        Assert.Contains(CounterPages.Unit, HttpUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("case", "H16-1", "The case number does not have the right form")]
    [InlineData("case", "H16.12-260302-0042\n", null)]
    [InlineData("case", "H17.12-260302-0042", "The case number does not have the right form")]
    [InlineData("personalId", "", "The personal number is missing")]
    [InlineData("personalId", "12345", "A personal number has exactly 12 digits")]
    [InlineData("unit", "", "Your unit is missing")]
    [InlineData("unit", "Desk NUMBER", "This name of a unit cannot be used")]
    [InlineData("want", "profile.religion", "Nothing is chosen")]
    [InlineData("want", "age.atLeast", "The age to ask about is missing")]
    [InlineData("want", "identity.matches", "The name to compare is missing")]
    public async Task What_is_wrong_with_the_form_is_said_with_the_input_kept_and_nobody_asked(string field, string value, string? problem)
    {
        var page = await Send(await _place.LogInOfficer(), [(field, value.Replace("NUMBER", Samples.Number, StringComparison.Ordinal))]);
        if (problem is null)
        {
            Assert.Equal(HttpStatusCode.OK, page.Status);
            return;
        }
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(problem, page.Text, StringComparison.Ordinal);
        Assert.Matches($"<a href=\"#[a-z]+[A-Za-z]*\">{problem}", page.Html);
        Assert.Contains(field == "unit" ? CounterPages.Case : CounterPages.Unit, HttpUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
        Assert.Empty(_place.Api.Of(Route));
        Assert.DoesNotContain(_place.Identity.TokenRequests, form => form["client_id"] == "one-stop");
    }

    [Theory]
    [InlineData("31/2/2000", false)]
    [InlineData("hôm qua", false)]
    [InlineData("19/05/1990", true)]
    [InlineData("5/1990", true)]
    [InlineData("1990", true)]
    public async Task A_date_of_birth_to_compare_may_lack_parts_but_must_exist(string born, bool isGood)
    {
        var page = await Send(await _place.LogInOfficer("vi"), [("want", "identity.matches"), ("name", "Hoa"), ("born", born)]);
        Assert.Equal(isGood ? HttpStatusCode.OK : HttpStatusCode.BadRequest, page.Status);
    }

    [Theory]
    [InlineData("subject.unknown", "Tỉnh chưa có hồ sơ của người này", "The province holds no record of this person")]
    [InlineData("case-reference.malformed", "Mã hồ sơ không đúng mẫu của quy tắc", "The case number does not have the form that the rule asks for")]
    [InlineData("system.suspended", "Hệ thống một cửa đang bị tạm dừng khai thác", "The one-stop system is suspended")]
    [InlineData("official.identity-level-too-low", "Tài khoản của bạn chưa đủ mức định danh", "Your account's identity level is too low")]
    [InlineData("rule.none", "Không có thông tin nào được cung cấp", "Nothing was released")]
    public async Task A_refusal_is_said_in_human_words_and_is_in_the_ledger_too(string reason, string vi, string en)
    {
        _place.Api.Answers(Route, CounterPages.DeniedProblem(reason), 403);
        foreach (var (language, words) in new[] { ("vi", vi), ("en", en) })
        {
            var page = await Send(await _place.LogInOfficer(language));
            Assert.Equal(HttpStatusCode.Forbidden, page.Status);
            Assert.Contains(words, page.Text, StringComparison.Ordinal);
            Assert.Contains(CounterPages.Hash, page.Text, StringComparison.Ordinal);
            Assert.Contains(language == "vi" ? $"Vì {reason}." : $"Because of {reason}.", page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_number_that_the_API_does_not_take_is_a_problem_of_its_field()
    {
        _place.Api.Refuses(Route, 400, "personal-id.malformed");
        var page = await Send(await _place.LogInOfficer());
        Assert.Contains("<a href=\"#personalId\">The personal number is not right</a>", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_lost_the_role_while_it_filled_in_the_form_asks_for_nothing()
    {
        var browser = await _place.LogInOfficer();
        var form = await browser.Get(Path);
        _place.Api.Refuses("GET /v1/reports/role", 403, "token.role-missing");
        var page = await browser.Submit(form, Path, CounterPages.Filled());

        Assert.Equal("This counter is for one-stop officers", page.Heading);
        Assert.DoesNotContain(_place.Identity.TokenRequests, one => one["client_id"] == "one-stop");
        Assert.Empty(_place.Api.Of(Route));
    }

    [Fact]
    public async Task A_form_of_nobodys_session_asks_for_nothing()
    {
        var browser = await _place.LogInOfficer();
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostRaw(Path, CounterPages.Filled(("_form", "AAAA")))).StatusCode);
        Assert.Empty(_place.Api.Of(Route));
    }

    static async Task<PortalPage> Send(PortalBrowser browser, params (string, string)[] more) => await browser.Submit(await browser.Get(Path), Path, CounterPages.Filled(more));
}
