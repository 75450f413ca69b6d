using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Pages;

public sealed class AskingPageTests : IAsyncLifetime
{
    readonly PagesPlace _place = new();

    public ValueTask InitializeAsync() => _place.InitializeAsync();

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task Claims_are_named_one_by_one_and_handed_out_only_if_allowed()
    {
        var portal = await _place.People.Register("claims");
        var (browser, page) = await AtClaims(portal);
        Assert.Equal("Share identity data?", page.Title);
        Assert.Contains("Full name", page.Text, StringComparison.Ordinal);
        Assert.Contains("Portal", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("12 digits", page.Text, StringComparison.Ordinal);
        var end = await browser.Submit(page, "/claims", ("answer", "allow"));

        Assert.Contains("code=", end.Path, StringComparison.Ordinal);
        Assert.Equal(["birthdate", "gender", "name"], (await _place.Account.GetApprovedClaims("claims")).Order());
    }

    [Fact]
    public async Task Going_on_without_sharing_approves_nothing()
    {
        var portal = await _place.People.Register("claimless");
        var (browser, page) = await AtClaims(portal);
        var end = await browser.Submit(page, "/claims", ("answer", "deny"));

        Assert.Contains("code=", end.Path, StringComparison.Ordinal);
        Assert.Empty(await _place.Account.GetApprovedClaims("claimless"));
    }

    [Fact]
    public async Task An_approval_is_taken_back_on_the_account_page()
    {
        var portal = await _place.People.Register("withdrawn");
        var (browser, page) = await AtClaims(portal);
        await browser.Submit(page, "/claims", ("answer", "allow"));
        var services = await browser.Get("/account/services");
        Assert.Contains("Portal", services.Text, StringComparison.Ordinal);
        await browser.Submit(services, "/account/services");

        Assert.Empty(await _place.Account.GetApprovedClaims("withdrawn"));
    }

    [Fact]
    public async Task Claims_are_answered_by_nobody_whose_session_has_ended()
    {
        var portal = await _place.People.Register("ended");
        var (browser, page) = await AtClaims(portal);
        await _place.Account.EndSessions("test", null);
        var again = await browser.Submit(page, "/claims", ("answer", "allow"));

        Assert.Equal("Log in", again.Title);
        Assert.Empty(await _place.Account.GetApprovedClaims("ended"));
    }

    [Fact]
    public async Task The_consent_page_shows_the_very_text_and_nothing_is_ticked()
    {
        var (_, page) = await AtConsent();
        var wording = await _place.Account.DescribeConsent(Proposal);
        var shown = Regex.Match(page.Html, "<div class=\"text\">(.*?)</div>", RegexOptions.Singleline).Groups[1].Value;
        var paragraphs = Regex.Matches(shown, "<p>(.*?)</p>", RegexOptions.Singleline).Select(one => WebUtility.HtmlDecode(one.Groups[1].Value));

        Assert.Equal(wording.Text, string.Join('\n', paragraphs));
        Assert.Equal(Proposal.Targets.Length, Regex.Count(page.Html, "type=\"checkbox\""));
        Assert.DoesNotContain("checked", page.Html, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wording.Text))), page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_was_ticked_is_consented_to_once_however_often_the_form_is_sent()
    {
        var (browser, page) = await AtConsent();
        var nothing = await browser.Post(page, "/consent", ("answer", "agree"));
        Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
        var answers = await Task.WhenAll(
            browser.Post(page, "/consent", ("answer", "agree"), ("target", Proposal.Targets[0]), ("target", "profile.religion")),
            browser.Post(page, "/consent", ("answer", "agree"), ("target", Proposal.Targets[0]), ("target", "profile.religion")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode));
        var consent = Assert.Single(await Consents());
        Assert.Equal([Proposal.Targets[0]], consent.GetProperty("targets").EnumerateArray().Select(target => target.GetString()));
        Assert.Equal("granted", consent.GetProperty("state").GetString());
        Assert.Equal("eid-consent-page", consent.GetProperty("evidence").GetProperty("channel").GetString());
    }

    [Fact]
    public async Task What_was_consented_to_comes_with_the_tokens_also_after_a_refresh()
    {
        var portal = await _place.People.Register("asking", registration => registration with { System = Proposal.System });
        var (browser, page) = await AtConsent(portal, "openid offline_access");
        var end = await browser.Submit(page, "/consent", ("answer", "agree"), ("target", Proposal.Targets[0]));
        var code = System.Web.HttpUtility.ParseQueryString(new Uri(end.Path).Query)["code"]!;

        await Relying.IsError(await portal.Redeem(code, ("authorization_details", "[]")), "invalid_authorization_details");
        var tokens = await Relying.Json(await portal.Redeem(code));

        var consent = Assert.Single(await Consents()).GetProperty("id").GetString();
        var expected = $$"""
            [{"type":"urn:vn:citizen-consent","purpose":"{{Proposal.Purpose}}","attributes":["{{Proposal.Targets[0]}}"],"duration_days":30,"data_life_days":60,"consent_id":"{{consent}}"}]
            """;
        Assert.Equal(expected, JsonSerializer.Serialize(tokens.GetProperty("authorization_details")));
        var refreshed = await Relying.Json(await portal.Refresh(tokens.GetProperty("refresh_token").GetString()!));
        Assert.Equal(expected, JsonSerializer.Serialize(refreshed.GetProperty("authorization_details")));
        Assert.DoesNotContain(
            new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(refreshed.GetProperty("access_token").GetString()).Claims,
            claim => claim.Value.Contains(consent!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_consent_nothing_is_said_of_details()
    {
        var portal = await _place.People.Register("asking");
        var code = await portal.Code(_place.People.Open());

        Assert.False((await Relying.Json(await portal.Redeem(code))).TryGetProperty("authorization_details", out _));
    }

    [Fact]
    public async Task A_refusal_is_recorded_and_told_to_the_relying_party()
    {
        var (browser, page) = await AtConsent();
        var end = await browser.Submit(page, "/consent", ("answer", "refuse"));

        Assert.Contains("error=access_denied", end.Path, StringComparison.Ordinal);
        Assert.Equal("refused", Assert.Single(await Consents()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_answer_to_another_text_than_was_shown_is_asked_again()
    {
        var (browser, page) = await AtConsent();
        var again = await browser.Submit(page, "/consent", ("answer", "agree"), ("target", Proposal.Targets[0]), ("hash", new string('0', 64)));

        Assert.Equal((HttpStatusCode.Conflict, "Consent to share data?"), (again.Status, again.Title));
        Assert.Empty(await Consents());
    }

    [Fact]
    public async Task The_text_says_once_what_a_refusal_means_and_the_consent_ends_on_the_day_it_names()
    {
        var (browser, page) = await AtConsent();
        Assert.Equal(1, Regex.Count(page.Text, "If you refuse"));
        await browser.Submit(page, "/consent", ("answer", "agree"), ("target", Proposal.Targets[0]));

        var end = Assert.Single(await Consents()).GetProperty("validTo").GetDateTimeOffset();
        Assert.Contains($"to {CivilTime.Day(end):dd/MM/yyyy}", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_person_allowed_does_not_hand_out_the_next_ones_data_at_the_same_browser()
    {
        var portal = await _place.People.Register("shared");
        await _place.OpenAccount(Next, "TRẦN THỊ MAI");
        var (browser, page) = await AtClaims(portal);
        await browser.Post(page, "/claims", ("answer", "allow"));

        var asked = await AnotherLogsIn(browser, page.Interaction);

        Assert.Equal("Share identity data?", asked.Title);
        Assert.Contains(Next.ToString(), asked.Text, StringComparison.Ordinal);
        Assert.Contains("code=", (await browser.Submit(asked, "/claims", ("answer", "deny"))).Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agree")]
    [InlineData("refuse")]
    public async Task What_one_person_consented_to_or_refused_is_asked_anew_of_the_next_at_the_same_browser(string answer)
    {
        var (account, secret) = await _place.OpenAccount(Next, "TRẦN THỊ MAI");
        var (browser, page) = await AtConsent();
        await browser.Post(page, "/consent", ("answer", answer), ("target", Proposal.Targets[0]));
        Assert.Single(await Consents());

        var second = await AnotherLogsIn(browser, page.Interaction);
        Assert.Equal("Second factor", second.Title);
        var asked = await browser.Submit(second, "/login/totp", ("code", PagesPlace.Code(secret, 1)));

        Assert.Equal("Consent to share data?", asked.Title);
        var end = await browser.Submit(asked, "/consent", ("answer", "refuse"));
        Assert.Contains("error=access_denied", end.Path, StringComparison.Ordinal);
        Assert.Single(await Consents());
        Assert.Equal(2, (await account.GetAccount())!.Sessions.Single().Level);
    }

    // At the page that says who is logged in, with the number and password of another.
    static async Task<Sheet> AnotherLogsIn(PageBrowser browser, string interaction)
    {
        var already = await browser.Get($"/login?interaction={interaction}");
        Assert.Equal("You are logged in", already.Title);
        var login = await browser.Submit(already, "/login/restart");
        return await browser.Submit(login, "/login", ("number", Next.Reveal()), ("password", PagesPlace.Password));
    }

    static PersonalId Next { get; } = PersonalId.Parse("067190004444");

    static ConsentProposal Proposal { get; } = new()
    {
        System = "electricity",
        Purpose = "electricity.contract",
        Targets = ["profile.fullName", "profile.birthDate"],
        Days = 30,
        DataLifeDays = 60,
        Language = "en",
    };

    async Task<(PageBrowser, Sheet)> AtClaims(Relying portal)
    {
        var browser = _place.Open();
        var login = await browser.Get(await portal.PushedAddress(("scope", "openid profile"), ("ui_locales", "en")));
        return (browser, await browser.Submit(login, "/login", ("number", _place.Number), ("password", PagesPlace.Password)));
    }

    async Task<(PageBrowser, Sheet)> AtConsent() =>
        await AtConsent(await _place.People.Register("asking", registration => registration with { System = Proposal.System }), "openid");

    async Task<(PageBrowser, Sheet)> AtConsent(Relying portal, string scope)
    {
        var details = JsonSerializer.Serialize(new[]
        {
            new
            {
                type = Platform.Identity.Engine.People.ConsentDetails.Type,
                purpose = Proposal.Purpose,
                attributes = Proposal.Targets,
                duration_days = Proposal.Days,
                data_life_days = Proposal.DataLifeDays,
            },
        });
        var secret = await _place.AddTotp();
        var browser = _place.Open();
        var login = await browser.Get(await portal.PushedAddress(
            ("scope", scope), ("ui_locales", "en"), ("acr_values", "urn:vn:eid:level:2"), ("authorization_details", details)));
        var second = await browser.Submit(login, "/login", ("number", _place.Number), ("password", PagesPlace.Password));
        return (browser, await browser.Submit(second, "/login/totp", ("code", PagesPlace.Code(secret, 1))));
    }

    async Task<JsonElement[]> Consents()
    {
        var ledger = await _place.People.Silo.Self(_place.People.Person).GetLedger(0, 100);
        return
        [
            .. ledger.Entries.Where(entry => entry.Kind.StartsWith("consent", StringComparison.Ordinal))
                .Select(entry => JsonElement.Parse(entry.Body).GetProperty("consent")),
        ];
    }
}
