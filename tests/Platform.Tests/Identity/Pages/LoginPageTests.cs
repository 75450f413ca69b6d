using System.Net;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Pages;

public sealed class LoginPageTests : IClassFixture<PagesPlace>
{
    readonly PagesPlace _place;

    public LoginPageTests(PagesPlace place) => _place = place;

    [Fact]
    public async Task A_person_logs_in_with_the_password_and_sees_the_account()
    {
        var browser = _place.Open();
        var account = await _place.LogIn(browser);

        Assert.Equal((HttpStatusCode.OK, "/account", "Your account"), (account.Status, account.Path, account.Title));
        Assert.Contains("067*****1234", account.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(_place.Number, account.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_without_an_account_a_wrong_password_and_a_locked_account_look_alike()
    {
        var wrong = await Refused(_place.Number, "not the password at all");
        var unknown = await Refused("001099000001", "not the password at all");
        await _place.Account.Lock(new LockCall { By = EidLockedBy.Holder });
        var locked = await Refused(_place.Number, "not the password at all");
        await _place.Account.Unlock(new LockCall { By = EidLockedBy.Holder });

        Assert.Equal(wrong, unknown);
        Assert.Equal(wrong, locked);
    }

    [Fact]
    public async Task The_holder_of_a_locked_account_is_told_so_and_what_to_do()
    {
        await _place.Account.Lock(new LockCall { By = EidLockedBy.Holder });
        var login = await _place.LogIn(_place.Open());
        await _place.Account.Unlock(new LockCall { By = EidLockedBy.Holder });

        Assert.Equal(HttpStatusCode.Forbidden, login.Status);
        Assert.Contains("The account is locked", login.Text, StringComparison.Ordinal);
        Assert.Contains("Unlock my account", login.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("067 185 001 234")]
    [InlineData("067.185.001.234")]
    public async Task Blanks_and_dots_in_the_number_do_not_matter(string typed)
    {
        var browser = _place.Open();
        var login = await browser.Get("/account");

        Assert.Equal("/account", (await browser.Submit(login, "/login", ("number", typed), ("password", PagesPlace.Password))).Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("０６７１８５００１２３４")]
    [InlineData("067185001234567890123456789012345678901234567890")]
    [InlineData("<script>alert(1)</script>")]
    public async Task What_is_no_number_is_said_at_its_field(string typed)
    {
        var browser = _place.Open();
        var login = await browser.Get("/account");
        var refused = await browser.Submit(login, "/login", ("number", typed), ("password", "x"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("href=\"#number\"", refused.Html, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", refused.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", refused.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_password_typed_in_decomposed_letters_is_the_same()
    {
        var account = await _place.LogIn(_place.Open(), password: PagesPlace.Password.Normalize(System.Text.NormalizationForm.FormD));

        Assert.Equal("/account", account.Path);
    }

    [Fact]
    public async Task A_password_of_half_a_character_is_only_wrong()
    {
        var browser = _place.Open();
        var login = await browser.Get("/account");

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Submit(login, "/login", ("number", "001099000002"), ("password", "\uFFFDabc\u202Edef ghi"))).Status);
    }

    [Fact]
    public async Task A_form_without_this_server_s_token_changes_nothing()
    {
        var browser = _place.Open();
        var login = await browser.Get("/account");
        var path = $"login?interaction={login.Interaction}";

        var without = await browser.PostRaw(path, ("number", _place.Number), ("password", PagesPlace.Password));
        var foreign = await browser.PostRaw(path, ("number", _place.Number), ("password", PagesPlace.Password), ("__RequestVerificationToken", "x"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (without.StatusCode, foreign.StatusCode));
        Assert.Equal("Log in", (await browser.Get("/account")).Title);
    }

    [Fact]
    public async Task An_interaction_of_another_browser_is_nobody_s()
    {
        var victim = await _place.Open().Get("/account");
        var thief = _place.Open();
        await thief.Get("/account");

        var stolen = await thief.Get($"/login?interaction={victim.Interaction}");

        Assert.Equal(HttpStatusCode.Gone, stolen.Status);
        Assert.Contains("start the login again", stolen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logging_in_gives_the_browser_a_new_session_cookie()
    {
        var browser = _place.Open();
        var login = await browser.Get("/account");
        Assert.Null(browser.Browser.Cookie("eid-session"));
        var first = await browser.Post(login, "/login", ("number", _place.Number), ("password", PagesPlace.Password));
        var (cookie, session) = (browser.Browser.Cookie("eid-session"), await Newest());
        await browser.Submit(await browser.Get("/logout"), "/logout");
        Assert.Null(browser.Browser.Cookie("eid-session"));
        await _place.LogIn(browser);

        Assert.NotNull(cookie);
        Assert.NotEqual(cookie, browser.Browser.Cookie("eid-session"));
        Assert.NotEqual(session, await Newest());
        Assert.All(first.Headers.GetValues("Set-Cookie"), set =>
        {
            Assert.StartsWith("__Host-", set, StringComparison.Ordinal);
            Assert.Contains("secure", set, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("httponly", set, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=lax", set, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cookies_and_a_login_that_an_attacker_planted_give_the_attacker_nothing_of_the_victim(bool attackerIsLoggedIn)
    {
        var mallory = PersonalId.Parse(attackerIsLoggedIn ? "067190005551" : "067190005552");
        await _place.OpenAccount(mallory, "MAI LỘ RỊ");
        var portal = await _place.People.Register(attackerIsLoggedIn ? "fixation-1" : "fixation-2");
        var attacker = _place.Open();
        var prepared = await attacker.Get(await portal.PushedAddress(("ui_locales", "en")));
        if (attackerIsLoggedIn)
        {
            await attacker.Post(prepared, "/login", ("number", mallory.Reveal()), ("password", PagesPlace.Password));
        }

        var victim = _place.Open();
        victim.Browser.Plant(attacker.Browser);
        var shown = await victim.Get($"/login?interaction={prepared.Interaction}");
        var form = attackerIsLoggedIn ? await victim.Submit(shown, "/login/restart") : shown;
        await victim.Post(form, "/login", ("number", _place.Number), ("password", PagesPlace.Password));

        Assert.NotEqual(attacker.Browser.Cookie("eid-session"), victim.Browser.Cookie("eid-session"));
        foreach (var path in new[] { "/account", $"/connect/authorize?interaction={prepared.Interaction}", $"/continue?interaction={prepared.Interaction}" })
        {
            var stolen = await attacker.Get(path);
            Assert.DoesNotContain("code=", stolen.Path, StringComparison.Ordinal);
            Assert.DoesNotContain(_place.People.Person.ToString(), stolen.Text, StringComparison.Ordinal);
        }

        Assert.Equal("Your account", (await victim.Get("/account")).Title);
        Assert.Contains("code=", (await victim.Get($"/continue?interaction={prepared.Interaction}")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_sent_twice_at_once_opens_one_session()
    {
        var browser = _place.Open();
        var login = await browser.Get("/account");
        var before = (await _place.Account.GetAccount())!.Sessions.Length;

        var answers = await Task.WhenAll(
            browser.Post(login, "/login", ("number", _place.Number), ("password", PagesPlace.Password)),
            browser.Post(login, "/login", ("number", _place.Number), ("password", PagesPlace.Password)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode));
        Assert.Equal(before + 1, (await _place.Account.GetAccount())!.Sessions.Length);
        Assert.Equal("/account", (await browser.Get("/account")).Path);
    }

    [Fact]
    public async Task Cancelling_sends_the_relying_party_a_denial_through_a_page_in_between()
    {
        var portal = await _place.People.Register("cancelling");
        var browser = _place.Open();
        var login = await browser.Get(await portal.PushedAddress());
        var left = await browser.Post(login, "/login/cancel");

        Assert.StartsWith("/continue?interaction=", left.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var end = await browser.Follow(left, "");
        Assert.StartsWith(Relying.Redirect, end.Path, StringComparison.Ordinal);
        Assert.Contains("error=access_denied", end.Path, StringComparison.Ordinal);
    }

    async Task<string> Newest() => (await _place.Account.GetAccount())!.Sessions.MaxBy(session => session.OpenedAt)!.Id;

    async Task<string> Refused(string number, string password)
    {
        var browser = _place.Open();
        var login = await browser.Get("/account");
        var refused = await browser.Submit(login, "/login", ("number", number), ("password", password));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        return refused.Text.Replace(number, "", StringComparison.Ordinal);
    }
}
