using System.Net;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>Locking the account from the portal.</summary>
public sealed class LockTests : IAsyncLifetime
{
    const string Route = "POST /v1/me/account/lock";
    readonly PortalPlace _place = new();

    public async ValueTask InitializeAsync()
    {
        await _place.InitializeAsync();
        _place.Api.Answers("GET /v1/me/account", AccountSamples.Full);
        _place.Api.Answers(Route, _ =>
        {
            (_place.Api.SessionEnded, _place.Identity.HasSession) = (true, false);
            return new HttpResponseMessage(HttpStatusCode.NoContent);
        });
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Theory]
    [InlineData("vi", "Khoá tài khoản của bạn?", "Mọi phiên đăng nhập kết thúc ngay", "bằng mật khẩu và yếu tố thứ hai", "Tài khoản đã được khoá")]
    [InlineData("en", "Lock your account?", "All sessions end at once", "with your password and second factor", "Your account is locked")]
    public async Task It_says_what_happens_and_how_to_unlock_and_then_nobody_is_logged_in(string language, string question, string what, string how, string done)
    {
        var browser = await _place.LogIn(language);
        var asked = await browser.Get("/security/lock");
        Assert.Equal(question, asked.Heading);
        Assert.Contains(what, asked.Text, StringComparison.Ordinal);
        Assert.Contains(how, asked.Text, StringComparison.Ordinal);
        Assert.Empty(_place.Api.Of(Route));

        var page = await browser.Submit(asked, "/security/lock");
        Assert.Equal("/account-locked", page.Path);
        Assert.Equal(done, page.Heading);
        Assert.Contains("href=\"https://identity.example.vn/unlock\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Cookies.Keys, name => name.Contains("citizen", StringComparison.Ordinal));
        Assert.Single(_place.Api.Of(Route));
    }

    [Fact]
    public async Task A_second_click_finds_nobody_logged_in_and_locks_nothing_twice()
    {
        var browser = await _place.LogIn();
        _place.Clock.Advance(TimeSpan.FromMinutes(1));
        var other = browser.Copy();
        var asked = await browser.Get("/security/lock");
        await browser.Submit(asked, "/security/lock");
        var again = await other.Post(asked, "/security/lock");

        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        Assert.StartsWith("https://identity.example.vn/authorize", again.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi", "Tiêu đề của account.cancelled", "Lối ra của account.cancelled")]
    [InlineData("en", "English title of account.cancelled", "English way out of account.cancelled")]
    public async Task A_refusal_is_told_and_the_person_stays_logged_in(string language, string title, string wayOut)
    {
        _place.Api.Refuses(Route, 409, "account.cancelled");
        var browser = await _place.LogIn(language);
        var page = await browser.Submit(await browser.Get("/security/lock"), "/security/lock");

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains(title, page.Text, StringComparison.Ordinal);
        Assert.Contains(wayOut, page.Text, StringComparison.Ordinal);
        Assert.Equal("/security", (await browser.Get("/security")).Path);
    }

    [Fact]
    public async Task An_API_that_is_down_says_that_nothing_may_have_happened_and_keeps_the_login()
    {
        var browser = await _place.LogIn();
        var asked = await browser.Get("/security/lock");
        _place.Api.IsUp = false;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.Submit(asked, "/security/lock")).Status);
        _place.Api.IsUp = true;
        Assert.Equal("/account-locked", (await browser.Submit(asked, "/security/lock")).Path);
    }

    [Fact]
    public async Task Whoever_is_logged_in_is_not_told_that_the_account_is_locked() =>
        Assert.Equal("/security", (await (await _place.LogIn()).Get("/account-locked")).Path);
}
