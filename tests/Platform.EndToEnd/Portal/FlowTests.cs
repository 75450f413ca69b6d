using System.Text.Json.Nodes;
using Platform.EndToEnd.Logins;
using Platform.Local;
using Xunit;

namespace Platform.EndToEnd.Portal;

/// <summary>What people do at the portal, with real browsers, a real province and real sector systems.</summary>
[Collection(PortalSite.Collection)]
public sealed class FlowTests(PortalSite site)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_consent_given_without_scripts_counts_and_withdrawn_in_one_browser_refuses_the_next_request_which_the_other_browser_shows()
    {
        using var systems = new ProvinceClient(site.Province);
        var person = await SomebodyRefusedToTheBank(systems);
        await using var phone = await site.Window("vi", width: 320, scripts: false);
        await using var desk = await site.Window("en");
        await phone.LogIn(person);
        await desk.LogIn(person);

        await RequestConsent(systems, person);
        await phone.Go("requests");
        await phone.Click("main h2 a");
        await phone.Click("button[value=grant]");
        Assert.True(await phone.Page.Locator(".problems").IsVisibleAsync());
        await phone.Look("vi");
        await phone.Page.CheckAsync("#target-0");
        await phone.Page.CheckAsync("#target-1");
        await phone.Click("button[value=grant]");
        await phone.Look("vi");
        Assert.Equal("permitted", await AskAsBank(systems, person));

        await desk.Go("consents");
        await desk.Click("main h2 a");
        await desk.Click("a.danger");
        await desk.Look("en");
        await desk.Click("button.danger");
        await desk.Look("en");
        Assert.Contains("Taken back", await desk.Text(), StringComparison.Ordinal);
        Assert.Equal("denied", await AskAsBank(systems, person));

        await phone.Go("accesses");
        Assert.Equal(2, await phone.Page.Locator("main .tag.bad").CountAsync());
        Assert.Equal(1, await phone.Page.Locator("main .lines .tag.good, main li .tag.good").CountAsync());
        phone.MustBeClean();
        desk.MustBeClean();
    }

    [Fact]
    public async Task Logging_out_here_logs_out_at_a_second_relying_party()
    {
        await using var second = await WebRelyingParty.Start(site.Province, "site-beside-the-portal", site.Identity, Ct);
        await using var visitor = await site.Window();
        await visitor.LogIn(site.Somebody());
        await visitor.Page.GotoAsync(second.Address + "me");
        Assert.StartsWith(second.Address, visitor.Page.Url, StringComparison.Ordinal);
        await visitor.Go("record");

        await visitor.Click("form[action='/logout'] button");
        await visitor.Page.WaitForURLAsync(visitor.Address + "logged-out**");
        await second.LoggedOut.Task.WaitAsync(Patience, Ct);
        await visitor.Page.GotoAsync(second.Address + "me");
        Assert.Equal("/login", new Uri(visitor.Page.Url).AbsolutePath);
        await visitor.Go("record");
        Assert.StartsWith(site.Identity, visitor.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_ended_under_security_asks_to_log_in_at_the_next_click()
    {
        var person = site.Somebody();
        await using var here = await site.Window();
        await using var there = await site.Window("vi", width: 320);
        await here.LogIn(person);
        await there.LogIn(person);
        await there.Go("documents");
        Assert.StartsWith(site.Address, there.Page.Url, StringComparison.Ordinal);

        await here.Go("security");
        await here.Click("main a[href*='/sessions/']:not([href$='/others'])");
        await here.Click("button.danger");
        await here.Look("vi");

        await there.Go("documents");
        Assert.StartsWith(site.Address + "session-ended?return=%2Fdocuments", there.Page.Url, StringComparison.Ordinal);
        Assert.Equal(200, await here.Go("documents"));
        Assert.StartsWith(site.Address, here.Page.Url, StringComparison.Ordinal);
        here.MustBeClean();
    }

    [Fact]
    public async Task What_was_typed_outlives_a_session_that_was_ended_elsewhere()
    {
        const string Form = "reports/new?field=profile.hometown";
        var person = site.Somebody();
        await using var visitor = await site.Window("en");
        await visitor.LogIn(person);
        await visitor.Go(Form);
        await visitor.Page.FillAsync("#text", "Quê tôi ở xã khác");
        var elsewhere = await visitor.Page.Context.NewPageAsync();
        await elsewhere.GotoAsync(site.Identity + "logout");
        await elsewhere.ClickAsync("main form button");

        await visitor.Click("main form button");
        Assert.StartsWith(site.Identity, visitor.Page.Url, StringComparison.Ordinal);
        await visitor.Identify(person);
        Assert.Equal(site.Address + Form, visitor.Page.Url);
        Assert.Equal("Quê tôi ở xã khác", await visitor.Page.InputValueAsync("#text"));
        await visitor.Click("main form button");
        Assert.Contains("Sent.", await visitor.Text(), StringComparison.Ordinal);
        visitor.MustBeClean();
    }

    [Fact]
    public async Task With_the_keyboard_alone_a_person_logs_in_decides_on_a_request_takes_it_back_and_logs_out()
    {
        var person = site.Somebody();
        using var systems = new ProvinceClient(site.Province);
        await RequestConsent(systems, person);
        await using var visitor = await site.Window("en");
        await visitor.Go("");
        await visitor.TabTo(".skip");
        await visitor.TabTo("main a[href='/login']");
        await visitor.Enter();
        await visitor.TabTo("#number");
        await visitor.Page.Keyboard.TypeAsync(person.Number);
        await visitor.TabTo("#password");
        await visitor.Page.Keyboard.TypeAsync(person.Password);
        await visitor.Enter();
        await visitor.Page.WaitForSelectorAsync("#code");
        if (!await visitor.Page.EvaluateAsync<bool>("document.activeElement.id === 'code'"))
        {
            await visitor.TabTo("#code");
        }

        await visitor.Page.Keyboard.TypeAsync(AppCode.Of(person.Secret, TimeProvider.System.GetUtcNow()));
        await visitor.Enter();

        await visitor.TabTo(".side a[href='/requests']");
        await visitor.Enter();
        await visitor.TabTo("main h2 a");
        await visitor.Enter();
        await visitor.TabTo("#target-0");
        await visitor.Page.Keyboard.PressAsync("Space");
        await visitor.TabTo("button[value=grant]");
        await visitor.Enter();
        Assert.Contains("recorded", await visitor.Text(), StringComparison.Ordinal);
        await visitor.TabTo("main a[href^='/consents/']");
        await visitor.Enter();
        await visitor.TabTo("a.danger");
        await visitor.Enter();
        await visitor.TabTo("button.danger");
        await visitor.Enter();
        Assert.Contains("Taken back", await visitor.Text(), StringComparison.Ordinal);
        await visitor.TabTo("form[action='/logout'] button");
        await visitor.Enter();
        await visitor.Page.WaitForURLAsync(visitor.Address + "logged-out**");
        visitor.MustBeClean();
    }

    [Fact]
    public async Task The_ledger_is_found_whole_in_the_browser_and_a_tampered_download_is_caught_at_its_entry()
    {
        await using var visitor = await site.Window("en");
        await visitor.LogIn(site.Storied);
        await visitor.Go("ledger");
        await visitor.Page.ClickAsync("button[name=fetch]");
        await visitor.Page.WaitForSelectorAsync("[data-ledger-result][data-state=right]");
        await visitor.Look("en");

        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.ClickAsync("a[download][href='/ledger/download']"));
        Assert.DoesNotContain(site.Storied.Number, download.SuggestedFilename, StringComparison.Ordinal);
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), Ct);
        Assert.True(lines.Length > 4);
        var entry = JsonNode.Parse(lines[3])!.AsObject();
        entry["body"] = entry["body"]!.GetValue<string>().Replace("\"", "\" ", StringComparison.Ordinal);
        lines[3] = entry.ToJsonString();
        var tampered = Path.Combine(ProvinceProcess.Folder, Guid.NewGuid().ToString("N") + ".ndjson");
        await File.WriteAllLinesAsync(tampered, lines, Ct);

        await visitor.Page.ClickAsync("form.check summary");
        await visitor.Page.SetInputFilesAsync("#ledger", tampered);
        await visitor.Page.ClickAsync("button[name=check]");
        await visitor.Page.WaitForSelectorAsync("[data-ledger-result][data-state=wrong]");
        Assert.Contains("First bad entry: entry 3", await visitor.Page.InnerTextAsync("[data-ledger-result]"), StringComparison.Ordinal);
        await visitor.Look("en");
        visitor.MustBeClean();
    }

    [Fact]
    public async Task An_officer_opens_a_dossier_and_the_citizen_sees_role_unit_and_case()
    {
        const string Case = "H16.12-260302-0042";
        const string Unit = "Bộ phận một cửa phường Bắc Gia Nghĩa";
        var citizen = site.Somebody();
        await using var officer = await site.Window("vi");
        await officer.LogIn(site.Officer, "counter/login");
        await officer.Look("vi");
        await officer.Go("counter/dossier");
        await officer.Look("vi");
        await officer.Page.FillAsync("#case", "sai");
        await officer.Page.FillAsync("#personalId", citizen.Number);
        await officer.Page.FillAsync("#unit", Unit);
        await officer.Click("main form button");
        Assert.True(await officer.Page.Locator(".problems").IsVisibleAsync());
        await officer.Look("vi");
        await officer.Page.FillAsync("#case", Case);
        await officer.Page.CheckAsync("main fieldset >> nth=0 >> input[type=checkbox] >> nth=0");
        await officer.Click("main form button");
        await officer.Look("vi");
        Assert.Contains(citizen.Name, await officer.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain(citizen.Number, await officer.Text(), StringComparison.Ordinal);

        await using var visitor = await site.Window("vi", width: 320);
        visitor.ExpectedStatuses.Add(403);
        await visitor.LogIn(citizen);
        await visitor.Go("accesses");
        await visitor.Click("main li a");
        await visitor.Look("vi");
        var told = await visitor.Text();
        Assert.Contains(Case, told, StringComparison.Ordinal);
        Assert.Contains(Unit, told, StringComparison.Ordinal);
        Assert.Contains("một cửa", told, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(site.Officer.Number, told, StringComparison.Ordinal);

        await visitor.Go("counter/login");
        Assert.Contains("dành cho cán bộ", await visitor.Text(), StringComparison.Ordinal);
        await visitor.Look("vi");
        officer.MustBeClean();
        visitor.MustBeClean();
    }

    // Some synthetic people have long since consented to what the bank asks.
    private async Task<Demo> SomebodyRefusedToTheBank(ProvinceClient systems)
    {
        while (true)
        {
            var person = site.Somebody();
            if (await AskAsBank(systems, person) == "denied")
            {
                return person;
            }
        }
    }

    private static async Task<string> AskAsBank(ProvinceClient systems, Demo person)
    {
        var (status, body) = await systems.Disclose("bank", new JsonObject
        {
            ["subject"] = new JsonObject { ["personalId"] = person.Number },
            ["purpose"] = StoryAccesses.AccountOpening,
            ["attributes"] = new JsonArray("profile.birthDate", "profile.fullName"),
        }.ToJsonString());
        Assert.True(status is 200 or 403, $"The bank was answered {status}.");
        return body.GetProperty("outcome").GetString()!;
    }

    private static async Task RequestConsent(ProvinceClient systems, Demo person)
    {
        var (status, body) = await systems.Send(HttpMethod.Post, "v1/consent-requests", await systems.Token("bank"), new JsonObject
        {
            ["subject"] = new JsonObject { ["personalId"] = person.Number },
            ["purpose"] = StoryAccesses.AccountOpening,
            ["targets"] = new JsonArray("profile.birthDate", "profile.fullName"),
            ["days"] = 30,
            ["dataLifeDays"] = 30,
        }.ToJsonString());
        Assert.True(status == 200, body.ToString());
    }
}
