using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Xunit;

namespace Platform.Tests.Identity.Pages;

public sealed class AccountPageTests : IAsyncLifetime
{
    readonly PagesPlace _place = new();

    public ValueTask InitializeAsync() => _place.InitializeAsync();

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Theory]
    [InlineData("/account/devices")]
    [InlineData("/account/password")]
    public async Task Who_has_just_typed_the_password_is_asked_for_the_other_factor_only(string path)
    {
        var browser = _place.Open();
        await _place.LogIn(browser);

        Assert.Equal("Confirm with level 2", (await browser.Get(path)).Title);
    }

    [Theory]
    [InlineData("/account/devices")]
    [InlineData("/account/password")]
    public async Task A_session_that_showed_its_factors_before_shows_both_again(string path)
    {
        var browser = _place.Open();
        await _place.LogIn(browser);
        browser.Browser.Forget("eid-fresh");
        var asked = await browser.Get(path);

        Assert.Equal("Log in", asked.Title);
        var second = await browser.Submit(asked, "/login", ("number", _place.Number), ("password", PagesPlace.Password));
        Assert.Equal("Second factor", second.Title);
    }

    [Theory]
    [InlineData("/account/devices/totp")]
    [InlineData("/account/devices/totp/confirm")]
    [InlineData("/account/devices/passkey")]
    [InlineData("/account/devices/approving")]
    [InlineData("/account/devices/recovery-codes")]
    [InlineData("/account/devices/remove")]
    [InlineData("/account/password")]
    public async Task No_form_gets_around_the_fresh_login(string path)
    {
        var browser = _place.Open();
        var account = await _place.LogIn(browser);
        var token = WebUtility.HtmlDecode(Regex.Match(account.Html, "__RequestVerificationToken\" value=\"([^\"]*)\"").Groups[1].Value);
        var before = (await _place.Account.GetAccount())!.Devices;

        var answer = await browser.PostRaw(
            path, ("__RequestVerificationToken", token), ("name", "x"), ("device", before[0].Id), ("new-password", "chim én bay cao, 8 con gà"),
            ("new-password-again", "chim én bay cao, 8 con gà"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.StartsWith("/login?interaction=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(before.Length, (await _place.Account.GetAccount())!.Devices.Length);
        Assert.Equal(0, (await _place.Account.GetAccount())!.RecoveryCodesLeft);
        Assert.Equal("/account", (await _place.LogIn(_place.Open())).Path);
    }

    [Fact]
    public async Task An_authenticator_app_is_added_with_its_first_code()
    {
        var browser = _place.Open();
        var devices = await Fresh(browser, "/account/devices");
        var totp = await browser.Submit(devices, "/account/devices/totp");
        Assert.Contains("<svg class=\"qr\"", totp.Html, StringComparison.Ordinal);
        var uri = WebUtility.HtmlDecode(Regex.Match(totp.Html, "href=\"(otpauth:[^\"]*)\"").Groups[1].Value);
        Assert.Matches("^otpauth://totp/identity\\.example\\.vn:067%2A%2A%2A%2A%2A1234\\?secret=[A-Z2-7]{32}&issuer=identity\\.example\\.vn&algorithm=SHA1&digits=6&period=30$", uri);

        var wrong = await browser.Submit(totp, "/account/devices/totp/confirm", ("code", "000000"), ("name", "Máy của Hoa"));
        Assert.Equal(HttpStatusCode.Forbidden, wrong.Status);
        Assert.Contains("<svg class=\"qr\"", wrong.Html, StringComparison.Ordinal);
        var secret = PagesPlace.FromBase32(Regex.Match(uri, "secret=([A-Z2-7]*)").Groups[1].Value);
        var added = await browser.Submit(wrong, "/account/devices/totp/confirm", ("code", PagesPlace.Code(secret, 0)), ("name", "Máy của Hoa"));

        Assert.Contains("Máy của Hoa", added.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task This_browser_becomes_an_approving_device_and_approves()
    {
        var phone = _place.Open();
        var devices = await Fresh(phone, "/account/devices");
        await phone.Submit(devices, "/account/devices/approving", ("name", "Điện thoại của Hoa"));
        var empty = await phone.Get("/app");
        Assert.Contains("Nothing is waiting", empty.Text, StringComparison.Ordinal);
        Assert.True(empty.Answer.Headers.Contains("Refresh"));
        Assert.False((await phone.Get("/app?still=1")).Answer.Headers.Contains("Refresh"));

        var laptop = _place.Open(server: 1);
        var number = Number(await Ask(laptop));
        var app = await phone.Get("/app");
        Assert.Contains("Your account page", app.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($">{number}<", app.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await phone.Post(app, "/app", ("number", ""), ("answer", "approve"))).StatusCode);
        await phone.Submit(app, "/app", ("number", number), ("answer", "approve"));

        Assert.Equal("Change your password", (await laptop.Get("/login/waiting?interaction=" + Interaction(laptop))).Title);
    }

    [Fact]
    public async Task A_question_that_was_denied_on_the_device_is_denied_on_the_screen()
    {
        var phone = _place.Open();
        await phone.Submit(await Fresh(phone, "/account/devices"), "/account/devices/approving", ("name", "x"));
        var laptop = _place.Open();
        await Ask(laptop);
        await phone.Submit(await phone.Get("/app"), "/app", ("answer", "deny"));

        Assert.Equal(HttpStatusCode.Forbidden, (await laptop.Get("/login/waiting?interaction=" + Interaction(laptop))).Status);
    }

    [Fact]
    public async Task A_device_that_was_removed_approves_nothing_any_more()
    {
        var phone = _place.Open();
        var devices = await Fresh(phone, "/account/devices");
        await phone.Submit(devices, "/account/devices/approving", ("name", "phone 2"));
        var id = (await _place.Account.GetAccount())!.Devices.Single(device => device.Name == "phone 2").Id;
        await _place.Account.RemoveDevice(id);

        Assert.Equal(HttpStatusCode.Forbidden, (await phone.Get("/app")).Status);
    }

    [Fact]
    public async Task Recovery_codes_are_shown_once_and_replace_the_old_ones()
    {
        var browser = _place.Open();
        var devices = await Fresh(browser, "/account/devices");
        var first = Codes(await browser.Submit(devices, "/account/devices/recovery-codes"));
        var second = Codes(await browser.Submit(devices, "/account/devices/recovery-codes"));

        Assert.Equal((10, 10), (first.Length, second.Length));
        Assert.Equal(EidRefusals.ProofWrong, (await _place.Account.UseRecoveryCode(first[0])).Refusal);
        Assert.Null((await _place.Account.UseRecoveryCode(second[0])).Refusal);
        Assert.DoesNotContain(second[1], (await browser.Get("/account/devices")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_password_counts_at_once_and_ends_the_other_sessions()
    {
        var other = _place.Open();
        await _place.LogIn(other);
        var browser = _place.Open(server: 1);
        var form = await Fresh(browser, "/account/password");
        var weak = await browser.Submit(form, "/account/password", ("new-password", "Nguyễn Thị Hoa 1985"), ("new-password-again", "Nguyễn Thị Hoa 1985"));
        Assert.Equal(HttpStatusCode.BadRequest, weak.Status);
        var differing = await browser.Submit(form, "/account/password", ("new-password", "chim én bay cao, 8 con gà"), ("new-password-again", "khác"));
        Assert.Equal(HttpStatusCode.BadRequest, differing.Status);
        await browser.Submit(form, "/account/password", ("new-password", "chim én bay cao, 8 con gà"), ("new-password-again", "chim én bay cao, 8 con gà"));

        Assert.Equal("Your account", (await browser.Get("/account")).Title);
        Assert.Equal("Log in", (await other.Get("/account")).Title);
        Assert.Equal(HttpStatusCode.Forbidden, (await _place.LogIn(_place.Open())).Status);
    }

    [Fact]
    public async Task The_holder_ends_one_session_or_all_others()
    {
        var (lost, here, third) = (_place.Open(), _place.Open(server: 1), _place.Open());
        await _place.LogIn(lost);
        await _place.LogIn(third);
        var account = await _place.LogIn(here);
        Assert.DoesNotContain((await _place.Account.GetAccount())!.Sessions, session => account.Html.Contains(session.Id, StringComparison.Ordinal));
        await here.Submit(account, "/account/sessions/end", ("session", Other(account)));
        Assert.Equal(2, (await _place.Account.GetAccount())!.Sessions.Length);
        await here.Submit(await here.Get("/account"), "/account/sessions/end-all");

        Assert.Equal("Log in", (await lost.Get("/account")).Title);
        Assert.Equal("Log in", (await third.Get("/account")).Title);
        Assert.Equal("Your account", (await here.Get("/account")).Title);
    }

    [Fact]
    public async Task Logging_out_takes_a_form_and_ends_the_session()
    {
        var browser = _place.Open();
        await _place.LogIn(browser);
        var question = await browser.Get("/logout");
        Assert.Equal("Log out?", question.Title);
        Assert.Single((await _place.Account.GetAccount())!.Sessions);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostRaw("/logout")).StatusCode);
        Assert.Equal("You are logged out", (await browser.Submit(question, "/logout")).Title);
        Assert.Empty((await _place.Account.GetAccount())!.Sessions);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    [InlineData(300, false)]
    public async Task A_first_device_is_registered_with_a_password_alone_only_within_a_week_of_the_check(int days, bool isAllowed)
    {
        var server = await _place.People.AddServer(new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(days)));
        await _place.Account.RemoveDevice((await _place.Account.GetAccount())!.Devices[0].Id);
        var browser = _place.Open(server);
        var account = await _place.LogIn(browser);
        var token = WebUtility.HtmlDecode(Regex.Match(account.Html, "__RequestVerificationToken\" value=\"([^\"]*)\"").Groups[1].Value);

        var devices = await browser.Get("/account/devices");
        var added = await browser.PostRaw("/account/devices/approving", ("__RequestVerificationToken", token), ("name", "thief's"));

        Assert.Equal(isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, devices.Status);
        Assert.Equal(isAllowed ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden, added.StatusCode);
        Assert.Equal(isAllowed ? 1 : 0, (await _place.Account.GetAccount())!.Devices.Length);
        Assert.Contains(isAllowed ? "None yet" : "A password alone cannot register the first device", devices.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_lost_the_level_1_devices_at_the_check_is_told_to_register_them_anew()
    {
        await _place.Account.RemoveDevice((await _place.Account.GetAccount())!.Devices[0].Id);
        await _place.Account.LowerLevel(new AuthorityCall { Official = "officer-1", Reason = "order 7" });
        await _place.Account.AddDevice(new AddDeviceCall { Name = "thief's", SecretHash = new byte[32] });
        await _place.Account.RaiseLevel(
            new RaiseLevelCall { Official = "officer-1", Place = "Gia Nghĩa", Biometric = "face", At = TimeProvider.System.GetUtcNow().AddMinutes(-1) });
        var browser = _place.Open();
        await _place.LogIn(browser);

        var devices = await browser.Get("/account/devices");

        Assert.DoesNotContain("thief's", devices.Text, StringComparison.Ordinal);
        Assert.Contains("Register them again within seven days", devices.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_is_activated_once_with_its_code()
    {
        var child = PersonalId.Parse("067190004321");
        var account = await _place.People.AddPerson(child, "LÊ VĂN SÁU");
        var code = (await account.Register(new RegisterAccountCall { Holder = EidHolder.Citizen, Level = 1, HolderAgreed = true, By = "app" })).Secret!;
        var browser = _place.Open();
        var form = await browser.Get("/activate");
        (string, string)[] password = [("new-password", "chim én bay cao, 8 con gà"), ("new-password-again", "chim én bay cao, 8 con gà")];

        var wrong = await browser.Submit(form, "/activate", [("number", child.Reveal()), ("code", "WRONG"), .. password]);
        var stranger = await browser.Submit(form, "/activate", [("number", "001099000009"), ("code", "WRONG"), .. password]);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (wrong.Status, stranger.Status));
        Assert.Equal(wrong.Text, stranger.Text);
        Assert.Equal("Your account is activated", (await browser.Submit(form, "/activate", [("number", child.Reveal()), ("code", code), .. password])).Title);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Submit(form, "/activate", [("number", child.Reveal()), ("code", code), .. password])).Status);
    }

    async Task<Sheet> Fresh(PageBrowser browser, string path)
    {
        var second = await browser.Submit(await browser.Get(path), "/login", ("number", _place.Number), ("password", PagesPlace.Password));
        var waiting = await browser.Submit(second, "/login/approval");
        var asked = (await _place.Account.GetApprovals(new byte[32]))!.Waiting.Single();
        await _place.Account.DecideApproval(new DecideApprovalCall { DeviceSecretHash = new byte[32], ApprovalId = asked.Id, Approve = true, Number = Number(waiting) });
        return await browser.Get($"/login/waiting?interaction={waiting.Interaction}");
    }

    readonly Dictionary<PageBrowser, string> _asked = [];

    async Task<Sheet> Ask(PageBrowser browser)
    {
        await _place.LogIn(browser);
        var second = await browser.Get("/account/password");
        var waiting = await browser.Submit(second, "/login/approval");
        _asked[browser] = waiting.Interaction;
        return waiting;
    }

    string Interaction(PageBrowser browser) => _asked[browser];

    static string Number(Sheet waiting) => Regex.Match(waiting.Html, "class=\"bignumber\"[^>]*>(\\d\\d)<").Groups[1].Value;

    static string[] Codes(Sheet sheet) => [.. Regex.Matches(sheet.Html, "<code>([0-9A-F-]{19})</code>").Select(code => code.Groups[1].Value)];

    static string Other(Sheet account) => Regex.Matches(account.Html, "name=\"session\" value=\"([^\"]*)\"")[1].Groups[1].Value;
}
