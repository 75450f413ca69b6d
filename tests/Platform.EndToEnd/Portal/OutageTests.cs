using Xunit;

namespace Platform.EndToEnd.Portal;

/// <summary>The API behind the portal is down, slow, failing or talking nonsense: the page says so in words, shows nothing by halves, and recovers.</summary>
public sealed class OutageTests
{
    private static readonly string[] Pages = ["record", "documents", "accesses", "requests", "consents", "reports", "notifications", "security", "ledger", "overview"];

    [Fact]
    public async Task A_bad_connection_to_the_api_is_told_in_words_and_the_next_click_after_it_works()
    {
        Logins.Chromium.Need();
        var port = ProvinceProcess.FreeBasePort();
        await using var wire = await Wire.Start(FreePorts.Block(1), $"http://127.0.0.1:{port + 2}/");
        await using var site = await PortalSite.Start(() => ProvinceProcess.Start(
            ProvinceProcess.NewData(), port, settings: new() { ["Portal__Api"] = wire.Address, ["Portal__PatienceSeconds"] = "4" }));
        await using var visitor = await site.Window(width: 320);
        visitor.ExpectedStatuses.UnionWith([500, 502, 503, 504]);
        await visitor.LogIn(site.Storied);
        Assert.Equal(200, await visitor.Go("record"));

        foreach (var state in new[] { WireState.Cut, WireState.Silent, WireState.Failing, WireState.Babbling })
        {
            wire.State = state;
            foreach (var page in state == WireState.Cut ? Pages : ["record", "overview"])
            {
                Assert.True(await visitor.Go(page) is 502 or 503 or 504, $"{page} while {state}");
                await visitor.Look("vi");
                Assert.Contains("thử lại", await visitor.Text(), StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(site.Storied.Name, await visitor.Text(), StringComparison.Ordinal);
            }

            wire.State = WireState.Good;
            Assert.Equal(200, await visitor.Go("record"));
        }

        visitor.MustBeClean();
    }
}
