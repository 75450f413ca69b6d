using System.Net;
using Platform.Contracts;
using Xunit;

namespace Platform.Tests.Identity.Pages;

public sealed class PasskeyTests : IAsyncLifetime
{
    readonly PagesPlace _place = new();

    public ValueTask InitializeAsync() => _place.InitializeAsync();

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task A_lock_of_the_authority_stays_whatever_the_holder_proves()
    {
        var key = await AddPasskey();
        await _place.Account.Lock(new LockCall { By = EidLockedBy.Authority, Authority = new AuthorityCall { Official = "officer-1", Reason = "order 8" } });
        var browser = _place.Open();
        var unlock = await browser.Get("/unlock");

        var refused = await browser.Submit(unlock, "/login/passkey", ("credential", key.Get(unlock.Data("options"))));

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal(EidState.Locked, (await _place.Account.GetAccount())!.State);
    }

    [Fact]
    public async Task A_passkey_logs_in_at_level_2_without_a_typed_number()
    {
        var key = await AddPasskey();
        var portal = await _place.People.Register("passkeys");
        var browser = _place.Open();
        var login = await browser.Get(await portal.PushedAddress(("acr_values", "urn:vn:eid:level:2")));
        var end = await browser.Submit(login, "/login/passkey", ("credential", key.Get(login.Data("options"))));

        Assert.Contains("code=", end.Path, StringComparison.Ordinal);
        Assert.Contains((await _place.Account.GetAccount())!.Sessions, session => session.Level == 2 && session.Amr.Contains("hwk"));
    }

    [Fact]
    public async Task A_challenge_is_used_up_by_its_first_answer_at_whatever_instance()
    {
        var key = await AddPasskey();
        var browser = _place.Open();
        var login = await browser.Get("/account");
        var credential = key.Get(login.Data("options"));
        var first = await browser.Post(login, "/login/passkey", ("credential", credential));
        browser.Browser.Server = _place.People.Servers[1];
        var again = await browser.Post(login, "/login/passkey", ("credential", credential));

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.Forbidden), (first.StatusCode, again.StatusCode));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(7u)]
    public async Task One_answer_posted_to_two_instances_at_once_logs_in_once(uint counter)
    {
        // With a counter of zero nothing but the challenge tells the second from the first.
        var key = await AddPasskey(counter == 0 ? 0u : counter - 1);
        key.Counter = counter;
        var (one, other) = (_place.Open(), _place.Open(server: 1));
        for (var round = 0; round < 3; round++)
        {
            var login = await one.Get("/account");
            other.Browser.Plant(one.Browser);
            key.Counter += counter == 0 ? 0u : 1u;
            var credential = key.Get(login.Data("options"));

            var answers = await Task.WhenAll(
                one.Post(login, "/login/passkey", ("credential", credential)), other.Post(login, "/login/passkey", ("credential", credential)));

            Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.Forbidden], answers.Select(answer => answer.StatusCode).Order());
            Assert.Single((await _place.Account.GetAccount())!.Sessions);
            await _place.Account.EndSessions("test", null);
        }
    }

    [Fact]
    public async Task A_challenge_of_another_browser_is_refused()
    {
        var key = await AddPasskey();
        var mine = _place.Open();
        var theirs = await _place.Open().Get("/account");
        var login = await mine.Get("/account");
        var ticket = System.Text.RegularExpressions.Regex.Match(theirs.Html, "name=\"ticket\" value=\"([^\"]*)\"").Groups[1].Value;

        var refused = await mine.Submit(login, "/login/passkey", ("ticket", ticket), ("credential", key.Get(theirs.Data("options"))));

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
    }

    [Theory]
    [InlineData("unverified")]
    [InlineData("origin")]
    [InlineData("counter")]
    [InlineData("stranger")]
    [InlineData("garbage")]
    [InlineData("huge")]
    public async Task A_passkey_answer_that_proves_nothing_is_refused(string fault)
    {
        var key = await AddPasskey();
        var browser = _place.Open();
        var login = await browser.Get("/account");
        key.UserVerified = fault != "unverified";
        key.Origin = fault == "origin" ? "https://identity.example.vn.evil.example" : key.Origin;
        key.Counter = fault == "counter" ? 1u : 9u;
        var credential = fault switch
        {
            "stranger" => new SoftKey().Get(login.Data("options")),
            "garbage" => "{\"id\":1}",
            "huge" => new string('x', 25 * 1024),
            _ => key.Get(login.Data("options")),
        };

        var refused = await browser.Submit(login, "/login/passkey", ("credential", credential));

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Empty((await _place.Account.GetAccount())!.Sessions);
    }

    async Task<SoftKey> AddPasskey(uint counter = 5)
    {
        var key = new SoftKey { Counter = counter };
        var browser = _place.Open();
        var second = await AtFreshness(browser);
        var number = await SecondFactorTests.AskDevice(browser, second);
        var asked = (await _place.Account.GetApprovals(new byte[32]))!.Waiting.Single();
        await _place.Account.DecideApproval(new DecideApprovalCall { DeviceSecretHash = new byte[32], ApprovalId = asked.Id, Approve = true, Number = number });
        var devices = await browser.Get($"/login/waiting?interaction={second.Interaction}");
        Assert.Equal("Devices and factors", devices.Title);
        var added = await browser.Submit(devices, "/account/devices/passkey", ("name", "Khoá của Hoa"), ("credential", key.Create(devices.Data("options"))));
        Assert.Contains("Khoá của Hoa", added.Text, StringComparison.Ordinal);
        await _place.Account.EndSessions("test", null);
        key.Counter++;
        return key;
    }

    async Task<Sheet> AtFreshness(PageBrowser browser)
    {
        await _place.LogIn(browser);
        return await browser.Get("/account/devices");
    }
}
