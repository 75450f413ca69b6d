using System.Net;
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

    async Task<(PageBrowser, Sheet)> AtWaiting()
    {
        var browser = _place.Open();
        var login = await browser.Get("/account");
        return (browser, await browser.Submit(login, "/login", ("number", _child.Reveal()), ("password", PagesPlace.Password)));
    }

    static string Look(Sheet waiting) => $"/login/waiting?interaction={waiting.Interaction}&look=1";
}
