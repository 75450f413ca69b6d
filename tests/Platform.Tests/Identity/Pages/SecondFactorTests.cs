using System.Net;
using System.Security.Cryptography;
using Platform.Contracts;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Pages;

public sealed class SecondFactorTests : IAsyncLifetime
{
    readonly PagesPlace _place = new();

    public ValueTask InitializeAsync() => _place.InitializeAsync();

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task Level_2_takes_the_password_and_a_code_and_ends_at_the_relying_party()
    {
        var secret = await _place.AddTotp();
        var browser = _place.Open();
        var second = await AtSecondFactor(browser);
        var end = await browser.Submit(second, "/login/totp", ("code", PagesPlace.Code(secret, 1)));

        Assert.StartsWith(Relying.Redirect + "?", end.Path, StringComparison.Ordinal);
        Assert.Contains("code=", end.Path, StringComparison.Ordinal);
        Assert.Contains((await _place.Account.GetAccount())!.Sessions, session => session is { Level: 2, Amr: var amr } && amr.Contains("otp"));
    }

    [Fact]
    public async Task A_code_works_once_also_at_another_instance_at_the_same_moment()
    {
        var secret = await _place.AddTotp();
        var (one, other) = (_place.Open(), _place.Open(server: 1));
        var (first, second) = (await AtSecondFactor(one), await AtSecondFactor(other));
        var code = PagesPlace.Code(secret, 1);

        var answers = await Task.WhenAll(one.Post(first, "/login/totp", ("code", code)), other.Post(second, "/login/totp", ("code", code)));

        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.Forbidden], answers.Select(answer => answer.StatusCode).Order());
    }

    [Fact]
    public async Task The_same_code_form_sent_twice_at_once_logs_in()
    {
        var secret = await _place.AddTotp();
        var browser = _place.Open();
        var second = await AtSecondFactor(browser);
        var code = PagesPlace.Code(secret, 1);
        await Task.WhenAll(browser.Post(second, "/login/totp", ("code", code)), browser.Post(second, "/login/totp", ("code", code)));

        var end = await browser.Get($"/login?interaction={second.Interaction}");
        Assert.Equal("You are logged in", end.Title);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("abcdef")]
    [InlineData("１２３４５６")]
    public async Task What_is_no_code_is_said_at_its_field_and_does_not_count(string typed)
    {
        await _place.AddTotp();
        var browser = _place.Open();
        var second = await AtSecondFactor(browser);
        for (var i = 0; i < 8; i++)
        {
            var refused = await browser.Submit(second, "/login/totp", ("code", typed));
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Contains("href=\"#code\"", refused.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Guessing_codes_is_stopped_after_five_and_the_device_still_approves()
    {
        await _place.AddTotp();
        var browser = _place.Open();
        var second = await AtSecondFactor(browser);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 7; i++)
        {
            statuses.Add((await browser.Post(second, "/login/totp", ("code", "000000"))).StatusCode);
        }
        var number = await AskDevice(browser, second);

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Forbidden, 5), HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], statuses);
        Assert.Equal(2, number.Length);
    }

    [Fact]
    public async Task A_device_approves_with_the_number_that_the_login_shows()
    {
        var browser = _place.Open();
        var second = await AtSecondFactor(browser);
        var number = await AskDevice(browser, second);
        Assert.Equal("Confirm on your device", (await browser.Get($"/login/waiting?interaction={second.Interaction}")).Title);
        var asked = (await _place.Account.GetApprovals(new byte[32]))!.Waiting.Single();
        Assert.Equal("Portal", asked.ClientName);

        await _place.Account.DecideApproval(new DecideApprovalCall { DeviceSecretHash = new byte[32], ApprovalId = asked.Id, Approve = true, Number = number });
        var end = await browser.Get($"/login/waiting?interaction={second.Interaction}");

        Assert.Contains("code=", end.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_number_on_the_device_ends_the_question()
    {
        var browser = _place.Open();
        var second = await AtSecondFactor(browser);
        var number = await AskDevice(browser, second);
        var asked = (await _place.Account.GetApprovals(new byte[32]))!.Waiting.Single();
        await _place.Account.DecideApproval(new DecideApprovalCall
        {
            DeviceSecretHash = new byte[32],
            ApprovalId = asked.Id,
            Approve = true,
            Number = number == "10" ? "11" : "10",
        });

        var denied = await browser.Get($"/login/waiting?interaction={second.Interaction}");

        Assert.Equal(HttpStatusCode.Forbidden, denied.Status);
        Assert.Contains("does not match", denied.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_level_1_session_is_stepped_up_with_the_missing_factor_alone()
    {
        var secret = await _place.AddTotp();
        var browser = _place.Open();
        await _place.LogIn(browser);
        var before = (await _place.Account.GetAccount())!.Sessions;

        var second = await AtSecondFactor(browser, logsIn: false);
        Assert.Equal("Confirm with level 2", second.Title);
        var end = await browser.Submit(second, "/login/totp", ("code", PagesPlace.Code(secret, 1)));

        Assert.Contains("code=", end.Path, StringComparison.Ordinal);
        var after = (await _place.Account.GetAccount())!.Sessions;
        Assert.Equal(before.Select(session => session.Id).Order(), after.Select(session => session.Id).Order());
        Assert.Contains(after, session => session.Level == 2);
    }

    [Fact]
    public async Task A_step_up_whose_session_has_ended_meanwhile_starts_over()
    {
        var secret = await _place.AddTotp();
        var browser = _place.Open();
        await _place.LogIn(browser);
        var second = await AtSecondFactor(browser, logsIn: false);
        await _place.Account.EndSessions("test", null);

        var again = await browser.Submit(second, "/login/totp", ("code", PagesPlace.Code(secret, 1)));

        Assert.Equal("Log in", again.Title);
        Assert.Empty((await _place.Account.GetAccount())!.Sessions);
    }

    [Fact]
    public async Task A_recovery_code_works_once_and_lets_in_at_level_1_only()
    {
        var code = (await _place.Account.IssueRecoveryCodes()).Codes[0];
        var browser = _place.Open();
        var second = await AtSecondFactor(browser);
        var level = await browser.Submit(second, "/login/recovery", ("recovery", code.Insert(4, "-")));

        Assert.Equal("Level 2 is needed", level.Title);
        Assert.Equal("Devices and factors", (await browser.Get("/account/devices")).Title);
        Assert.All((await _place.Account.GetAccount())!.Sessions, session => Assert.Equal(1, session.Level));

        var other = _place.Open(server: 1);
        var refused = await other.Submit(await AtSecondFactor(other), "/login/recovery", ("recovery", code));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
    }

    [Fact]
    public async Task An_account_of_level_1_is_told_how_to_get_level_2()
    {
        await _place.Account.LowerLevel(new AuthorityCall { Official = "officer-1", Reason = "order 7" });
        var browser = _place.Open();
        var advice = await AtSecondFactor(browser);

        Assert.Equal("Level 2 is needed", advice.Title);
        Assert.Contains("commune police", advice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_own_lock_is_lifted_with_two_factors_and_not_with_one()
    {
        var secret = await _place.AddTotp();
        var thief = _place.Open();
        await _place.LogIn(thief);
        await thief.Submit(await thief.Get("/account/lock"), "/account/lock");
        Assert.Equal(EidState.Locked, (await _place.Account.GetAccount())!.State);

        var browser = _place.Open();
        var unlock = await browser.Get("/unlock");
        var second = await browser.Submit(unlock, "/login", ("number", _place.Number), ("password", PagesPlace.Password));
        Assert.Equal("Second factor", second.Title);
        Assert.Equal(EidState.Locked, (await _place.Account.GetAccount())!.State);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Post(second, "/login/totp", ("code", "000000"))).StatusCode);
        var account = await browser.Submit(second, "/login/totp", ("code", PagesPlace.Code(secret, 1)));

        Assert.Equal("Your account", account.Title);
        Assert.Equal(EidState.Active, (await _place.Account.GetAccount())!.State);
    }

    [Fact]
    public async Task Unlocking_what_is_not_locked_is_a_login()
    {
        var secret = await _place.AddTotp();
        var browser = _place.Open();
        var second = await browser.Submit(await browser.Get("/unlock"), "/login", ("number", _place.Number), ("password", PagesPlace.Password));

        Assert.Equal("Your account", (await browser.Submit(second, "/login/totp", ("code", PagesPlace.Code(secret, 1)))).Title);
    }

    async Task<Sheet> AtSecondFactor(PageBrowser browser, bool logsIn = true)
    {
        var portal = await _place.People.Register("p" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)));
        var page = await browser.Get(await portal.PushedAddress(("acr_values", "urn:vn:eid:level:2"), ("ui_locales", "en")));
        return logsIn ? await browser.Submit(page, "/login", ("number", _place.Number), ("password", PagesPlace.Password)) : page;
    }

    internal static async Task<string> AskDevice(PageBrowser browser, Sheet second)
    {
        var waiting = await browser.Submit(second, "/login/approval");
        return System.Text.RegularExpressions.Regex.Match(waiting.Html, "class=\"bignumber\"[^>]*>(\\d\\d)<").Groups[1].Value;
    }
}
