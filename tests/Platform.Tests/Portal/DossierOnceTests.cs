using System.Net;
using System.Web;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>A dossier's form is carried out once, and what is typed is not lost when something fails in between.</summary>
public sealed class DossierOnceTests : IAsyncLifetime
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
    public async Task Two_clicks_make_one_disclosure_and_both_get_its_answer()
    {
        var browser = await _place.LogInOfficer();
        var form = await browser.Get(Path);
        var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => browser.Copy().Submit(form, Path, CounterPages.Filled())));

        Assert.All(pages, page => Assert.Equal("What the dossier received", page.Heading));
        Assert.Single(_place.Api.Of(Route));
    }

    [Fact]
    public async Task A_form_that_comes_again_later_or_changed_asks_for_nothing_and_says_why()
    {
        var browser = await _place.LogInOfficer();
        var form = await browser.Get(Path);
        await browser.Submit(form, Path, CounterPages.Filled());
        var changed = await browser.Submit(form, Path, CounterPages.Filled(("case", "H16.12-260302-0043")));
        _place.Clock.Advance(TimeSpan.FromSeconds(31));
        var later = await browser.Submit(form, Path, CounterPages.Filled());

        Assert.All([changed, later], page =>
        {
            Assert.Equal((HttpStatusCode.Conflict, "Open a dossier"), (page.Status, page.Heading));
            Assert.Contains("This form was sent already", page.Text, StringComparison.Ordinal);
        });
        Assert.Single(_place.Api.Of(Route));
        Assert.Equal(HttpStatusCode.OK, (await browser.Submit(later, Path, CounterPages.Filled())).Status);
        Assert.Equal(2, _place.Api.Of(Route).Count());
    }

    [Fact]
    public async Task The_browser_remembers_for_another_instance_and_the_API_takes_one_proof_of_a_form()
    {
        var browser = await _place.LogInOfficer();
        var form = await browser.Get(Path);
        var before = browser.Copy();
        await browser.Submit(form, Path, CounterPages.Filled());
        Assert.Contains("__Host-portal-used", browser.Cookies.Keys);
        Assert.DoesNotContain("__Host-portal-used", before.Cookies.Keys);

        var next = await browser.Get(Path);
        _place.Api.Refuses(Route, 401, "token.proof-replayed");
        var page = await browser.Submit(next, Path, CounterPages.Filled());
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("This form was sent already", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_proofs_of_one_form_have_one_id_and_those_of_two_forms_have_two()
    {
        var browser = await _place.LogInOfficer();
        var form = await browser.Get(Path);
        _place.Api.Refuses(Route, 503, "unavailable");
        await browser.Submit(form, Path, CounterPages.Filled());
        await browser.Submit(form, Path, CounterPages.Filled());
        await browser.Submit(await browser.Get(Path), Path, CounterPages.Filled());
        var ids = _place.Api.Of(Route).Select(ask => CounterPages.Claim(ask.Proof!, "jti")).ToArray();

        Assert.Equal(3, ids.Length);
        Assert.Equal(ids[0], ids[1]);
        Assert.NotEqual(ids[0], ids[2]);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("identity")]
    [InlineData("exchange")]
    [InlineData("malformed")]
    public async Task A_system_that_does_not_answer_leaves_the_form_as_it_was_and_it_works_later(string what)
    {
        var browser = await _place.LogInOfficer();
        var form = await browser.Get(Path);
        (_place.Api.IsUp, _place.Identity.IsUp, _place.Identity.RefuseExchange) = (what != "api", what != "identity", what == "exchange" ? "invalid_scope" : null);
        if (what == "malformed")
        {
            _place.Api.Answers(Route, "{}");
        }
        var page = await browser.Submit(form, Path, CounterPages.Filled());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Contains("The system gave no answer", page.Text, StringComparison.Ordinal);
        Assert.Contains($"value=\"{CounterPages.Unit}\"", HttpUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
        (_place.Api.IsUp, _place.Identity.IsUp, _place.Identity.RefuseExchange) = (true, true, null);
        _place.Api.Answers(Route, CounterPages.Disclosure("permitted", CounterPages.Released("profile.fullName", "\"Hoa\"")));
        Assert.Equal(HttpStatusCode.OK, (await browser.Submit(page, Path, CounterPages.Filled())).Status);
    }

    [Theory]
    [InlineData("idle")]
    [InlineData("ended")]
    [InlineData("exchange")]
    public async Task A_session_that_ended_keeps_what_was_typed_but_never_the_number(string how)
    {
        var browser = await _place.LogInOfficer();
        var form = await browser.Get(Path);
        _place.Clock.Advance(TimeSpan.FromMinutes(how == "idle" ? 21 : 1));
        (_place.Api.SessionEnded, _place.Identity.RefuseExchange) = (how == "ended", how == "exchange" ? "invalid_grant" : null);
        await browser.Post(form, Path, CounterPages.Filled());
        (_place.Api.SessionEnded, _place.Identity.RefuseExchange) = (false, null);
        Assert.Empty(_place.Api.Of(Route));
        var back = await browser.Get("/counter/login?return=%2Fcounter%2Fdossier");

        Assert.Equal(Path, back.Path);
        Assert.Contains(CounterPages.Case, back.Html, StringComparison.Ordinal);
        Assert.Contains("their number was not kept", back.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Samples.Number, back.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_logging_in_again_the_form_is_filled_in_and_says_that_the_number_must_be_typed_again()
    {
        var browser = await _place.LogInOfficer("vi");
        var form = await browser.Get(Path);
        _place.Clock.Advance(TimeSpan.FromMinutes(21));
        await browser.Post(form, Path, CounterPages.Filled(("want", "residence.absent"), ("age", "18")));
        await browser.Fetch("/counter/login?return=/offline");
        var back = await browser.Get("/counter/login?return=%2Fcounter%2Fdossier");
        var html = HttpUtility.HtmlDecode(back.Html);

        Assert.Equal(Path, back.Path);
        Assert.Contains("số định danh không được giữ lại", back.Text, StringComparison.Ordinal);
        Assert.Contains($"value=\"{CounterPages.Case}\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"residence.absent\" checked", html, StringComparison.Ordinal);
        Assert.DoesNotContain(Samples.Number, html, StringComparison.Ordinal);
    }
}
