using Xunit;

namespace Platform.EndToEnd.Logins;

/// <summary>ASP.NET Core's own OpenID Connect handler against the running province.</summary>
[Collection(LoginsProvince.Collection)]
public sealed class WebRelyingPartyTests(LoginsProvince site)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_sites_on_the_frameworks_handler_log_in_once_refresh_step_up_and_log_out_together()
    {
        var province = site.Province;
        using var document = province.Province();
        var identity = document.RootElement.GetProperty("identity").GetString()!;
        await using var first = await WebRelyingParty.Start(province, "site-one", identity, Ct);
        await using var second = await WebRelyingParty.Start(province, "site-two", identity, Ct);
        using var browser = new PersonBrowser(site.Somebody());

        await browser.Open(first.Address + "me", first.Address + "me", Ct);
        await browser.Look(first.Address + "me", Ct);
        Assert.StartsWith("urn:vn:eid:level:1 ", browser.Page, StringComparison.Ordinal);
        await browser.Look(first.Address + "refresh", Ct);
        Assert.Equal("200", browser.Page);
        Assert.Equal(second.Address + "me", (await browser.Look(second.Address + "me", Ct)).AbsoluteUri);
        await browser.Open(first.Address + "level-2", first.Address + "level-2", Ct);
        await browser.Look(first.Address + "level-2", Ct);
        Assert.Equal("level 2", browser.Page);

        await browser.Look(first.Address + "logout", Ct);
        Assert.Equal("bye", browser.Page);
        await second.LoggedOut.Task.WaitAsync(Patience, Ct);
        Assert.Equal("/login", (await browser.Look(second.Address + "me", Ct)).AbsolutePath);
        Assert.Equal("/login", (await browser.Look(first.Address + "me", Ct)).AbsolutePath);
    }
}
