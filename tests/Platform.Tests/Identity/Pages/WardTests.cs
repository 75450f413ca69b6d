using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Factors;
using Xunit;

namespace Platform.Tests.Identity.Pages;

public sealed class WardTests : IAsyncLifetime
{
    readonly PagesPlace _place = new();
    readonly PersonalId _child = PersonalId.Parse("067316001111");
    readonly PersonalId _older = PersonalId.Parse("067316002222");
    IEidAccountGrain _account = null!;

    public async ValueTask InitializeAsync()
    {
        await _place.InitializeAsync();
        _account = await _place.People.AddPerson(_child, "LÊ VĂN BÉ", "2016-02-03");
        var registered = await _account.Register(new RegisterAccountCall
        {
            Holder = EidHolder.Ward,
            Level = 1,
            Representative = _place.Number,
            HolderAgreed = true,
            By = "officer-1",
        });
        Assert.Null(registered.Refusal);
        using var passwords = new Passwords();
        Assert.Null((await _account.Activate(registered.Secret!, (await passwords.Make(PagesPlace.Password, CancellationToken.None))!)).Refusal);
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task A_child_logs_in_once_the_representative_has_typed_the_number()
    {
        var (browser, waiting) = await AtWaiting();
        Assert.Equal("Waiting for the representative", (await browser.Get(Look(waiting))).Title);
        var asked = (await _place.Account.GetApprovals(new byte[32]))!.Waiting.Single();
        Assert.Equal("LÊ VĂN BÉ", asked.WardName);
        Assert.Empty((await _account.GetAccount())!.Sessions);
        await _place.Account.DecideApproval(new DecideApprovalCall
        {
            DeviceSecretHash = new byte[32],
            ApprovalId = asked.Id,
            Approve = true,
            Number = Regex.Match(waiting.Html, "class=\"bignumber\"[^>]*>(\\d\\d)<").Groups[1].Value,
        });

        Assert.Equal("Your account", (await browser.Get(Look(waiting))).Title);
        Assert.Single((await _account.GetAccount())!.Sessions);
    }

    [Fact]
    public async Task A_denial_of_the_representative_keeps_the_child_out()
    {
        var (browser, waiting) = await AtWaiting();
        var asked = (await _place.Account.GetApprovals(new byte[32]))!.Waiting.Single();
        await _place.Account.DecideApproval(new DecideApprovalCall { DeviceSecretHash = new byte[32], ApprovalId = asked.Id, Approve = false });

        Assert.NotEqual("Your account", (await browser.Get(Look(waiting))).Title);
        Assert.Empty((await _account.GetAccount())!.Sessions);
    }

    [Fact]
    public async Task A_child_whose_representative_has_no_device_is_told_what_to_do()
    {
        await _place.Account.RemoveDevice((await _place.Account.GetAccount())!.Devices[0].Id);
        var (_, refused) = await AtWaiting();

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("No device can be asked", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_childs_consent_waits_for_the_representative_who_reads_it_and_types_the_number()
    {
        var (account, browser, waiting) = await AtConsentWaiting();
        Assert.Equal("Waiting for the representative", (await browser.Get($"/consent/waiting?interaction={waiting.Interaction}&look=1")).Title);
        var asked = (await _place.Account.GetApprovals(new byte[32]))!.Waiting.Single();
        Assert.Contains("Recipient: ", asked.Consent, StringComparison.Ordinal);
        Assert.EndsWith("Chosen of these:\n• Full name at birth registration", asked.Consent, StringComparison.Ordinal);
        Assert.Empty(await Consents());
        await Approve(asked.Id, waiting);

        var end = await browser.Get($"/consent/waiting?interaction={waiting.Interaction}&look=1");

        Assert.Contains("code=", end.Path, StringComparison.Ordinal);
        var consent = Assert.Single(await Consents());
        Assert.Equal("granted", consent.GetProperty("state").GetString());
        Assert.Equal("wardAndRepresentative", consent.GetProperty("evidence").GetProperty("givenBy").GetString());
        Assert.NotNull(account);
    }

    [Fact]
    public async Task Without_the_representative_a_child_shares_nothing()
    {
        var (_, browser, waiting) = await AtConsentWaiting();
        var asked = (await _place.Account.GetApprovals(new byte[32]))!.Waiting.Single();
        await _place.Account.DecideApproval(new DecideApprovalCall { DeviceSecretHash = new byte[32], ApprovalId = asked.Id, Approve = false });

        var still = await browser.Get($"/consent/waiting?interaction={waiting.Interaction}&look=1");

        Assert.DoesNotContain("code=", still.Path, StringComparison.Ordinal);
        Assert.DoesNotContain("code=", (await browser.Get($"/connect/authorize?interaction={waiting.Interaction}")).Path, StringComparison.Ordinal);
        Assert.Empty(await Consents());
    }

    [Fact]
    public async Task A_childs_session_is_over_when_the_representative_has_locked_the_own_account()
    {
        var (browser, waiting) = await AtWaiting();
        await Approve((await _place.Account.GetApprovals(new byte[32]))!.Waiting.Single().Id, waiting);
        Assert.Equal("Your account", (await browser.Get(Look(waiting))).Title);

        await _place.Account.Lock(new LockCall { By = EidLockedBy.Holder });

        Assert.Equal("Log in", (await browser.Get("/account")).Title);
    }

    // A child of ten with an app, before a relying party that asks for a consent; the representative has let it log in.
    async Task<(IEidAccountGrain, PageBrowser, Sheet)> AtConsentWaiting()
    {
        var (account, secret) = await _place.OpenAccount(_older, "LÊ VĂN LỚN", "2016-01-01", _place.Number);
        var portal = await _place.People.Register("asking", registration => registration with { System = "electricity" });
        var browser = _place.Open();
        const string Details =
            """[{"type":"urn:vn:citizen-consent","purpose":"electricity.contract","attributes":["profile.fullName","profile.birthDate"],"duration_days":30,"data_life_days":60}]""";
        var login = await browser.Get(await portal.PushedAddress(
            ("scope", "openid"), ("ui_locales", "en"), ("acr_values", "urn:vn:eid:level:2"), ("authorization_details", Details)));
        var second = await browser.Submit(login, "/login", ("number", _older.Reveal()), ("password", PagesPlace.Password));
        var waiting = await browser.Submit(second, "/login/totp", ("code", PagesPlace.Code(secret, 1)));
        await Approve((await _place.Account.GetApprovals(new byte[32]))!.Waiting.Single().Id, waiting);
        var consent = await browser.Get(Look(waiting));
        Assert.Equal("Consent to share data?", consent.Title);
        return (account, browser, await browser.Submit(consent, "/consent", ("answer", "agree"), ("target", "profile.fullName")));
    }

    async Task Approve(string question, Sheet waiting) => Assert.Null((await _place.Account.DecideApproval(new DecideApprovalCall
    {
        DeviceSecretHash = new byte[32],
        ApprovalId = question,
        Approve = true,
        Number = Regex.Match(waiting.Html, "class=\"bignumber\"[^>]*>(\\d\\d)<").Groups[1].Value,
    })).Refusal);

    async Task<JsonElement[]> Consents() =>
    [
        .. (await _place.People.Silo.Self(_older).GetLedger(0, 100)).Entries.Where(entry => entry.Kind.StartsWith("consent", StringComparison.Ordinal))
            .Select(entry => JsonElement.Parse(entry.Body).GetProperty("consent")),
    ];

    async Task<(PageBrowser, Sheet)> AtWaiting()
    {
        var browser = _place.Open();
        var login = await browser.Get("/account");
        return (browser, await browser.Submit(login, "/login", ("number", _child.Reveal()), ("password", PagesPlace.Password)));
    }

    static string Look(Sheet waiting) => $"/login/waiting?interaction={waiting.Interaction}&look=1";
}
