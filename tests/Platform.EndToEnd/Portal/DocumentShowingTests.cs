using Xunit;

namespace Platform.EndToEnd.Portal;

/// <summary>A document shown to somebody by its one-time code, with real browsers before the real servers.</summary>
[Collection(PortalSite.Collection)]
public sealed class DocumentShowingTests(PortalSite site)
{
    [Fact]
    public async Task A_document_is_shown_once_by_a_telephone_without_scripts_to_a_browser_that_scanned_the_code()
    {
        await using var holder = await site.Window("vi", width: 320, scripts: false);
        await using var verifier = await site.Window("en");
        verifier.ExpectedStatuses.Add(410);
        await holder.LogIn(site.Storied);
        await holder.Go("documents/drivingLicence/1/show");
        await holder.Page.CheckAsync("input[value='profile.fullName']");
        await holder.Page.CheckAsync("input[value='document.drivingLicence.class']");
        await holder.Click("main form button");
        await holder.Look("vi");
        Assert.Equal("Đưa mã này cho người xem", await holder.Page.TextContentAsync("h1"));
        var code = (await holder.Page.TextContentAsync("#code"))!.Replace(" ", "", StringComparison.Ordinal).Trim();
        Assert.DoesNotContain(code, holder.Page.Url, StringComparison.Ordinal);

        await verifier.Go($"verify#{code}");
        Assert.Equal(code, await verifier.Page.InputValueAsync("#code"));
        Assert.DoesNotContain(code, verifier.Page.Url, StringComparison.Ordinal);
        await verifier.Click("main form button");
        await verifier.Look("en");
        Assert.Equal("Driving licence", await verifier.Page.TextContentAsync("h1"));
        Assert.Equal(2, await verifier.Page.Locator("dl > div").CountAsync());
        Assert.Contains(site.Storied.Name, await verifier.Text(), StringComparison.Ordinal);

        await holder.Click("main a.button");
        Assert.Equal("Đã được xem", await holder.Page.TextContentAsync("h1"));
        await verifier.Go("verify");
        await verifier.Page.FillAsync("#code", code);
        await verifier.Click("main form button");
        await verifier.Look("en");
        Assert.Contains("used before", (await verifier.Page.TextContentAsync(".problems"))!, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(site.Storied.Name, await verifier.Text(), StringComparison.Ordinal);
        holder.MustBeClean();
        verifier.MustBeClean();
    }
}
