using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Platform.EndToEnd.Logins;

/// <summary>A client library of others against the running province: login, userinfo, refresh, step-up, logout.</summary>
[Collection(LoginsProvince.Collection)]
public sealed class RealClientTests(LoginsProvince site, NodePeers peers) : IClassFixture<NodePeers>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_npm_openid_client_logs_in_refreshes_steps_up_and_logs_out()
    {
        using var document = site.Province.Province();
        var party = document.RootElement.GetProperty("relyingParties")[0];
        var redirect = party.GetProperty("redirectUri").GetString()!;
        var portal = document.RootElement.GetProperty("portal").GetString()!;
        using var client = peers.Start("relying-party.mjs", peers.Keep("relying-party.json", JsonSerializer.Serialize(new
        {
            issuer = document.RootElement.GetProperty("identity").GetString(),
            clientId = party.GetProperty("clientId").GetString(),
            jwk = JsonElement.Parse(await File.ReadAllTextAsync(party.GetProperty("keyFile").GetString()!, Ct)),
            redirectUri = redirect,
            afterLogout = portal,
        })));
        using var browser = new PersonBrowser(site.Somebody());

        await Back(client, browser, redirect);
        Assert.Equal(("urn:vn:eid:level:1", "dpop"), (await Said(client)) is var login ? (login.GetProperty("acr").GetString(), login.GetProperty("tokenType").GetString()!.ToLowerInvariant()) : default);
        Assert.True((await Said(client)).GetProperty("userinfo").GetBoolean());
        Assert.True((await Said(client)).GetProperty("refreshed").GetBoolean());
        await Back(client, browser, redirect);
        var stepped = await Said(client);
        Assert.Equal("urn:vn:eid:level:2", stepped.GetProperty("acr").GetString());
        Assert.True(stepped.GetProperty("sameSubject").GetBoolean());
        await browser.Open((await Said(client)).GetProperty("logout").GetString()!, portal, Ct);
        await client.StandardInput.WriteLineAsync("");
        Assert.Equal("ended", (await Said(client)).GetProperty("after").GetString());
        await client.WaitForExitAsync(Ct);
        Assert.Equal(0, client.ExitCode);
    }

    private static async Task Back(Process client, PersonBrowser browser, string redirect)
    {
        var open = (await Said(client)).GetProperty("open").GetString()!;
        await client.StandardInput.WriteLineAsync((await browser.Open(open, redirect, Ct)).AbsoluteUri);
    }

    private static async Task<JsonElement> Said(Process client)
    {
        var line = await client.StandardOutput.ReadLineAsync(Ct) ?? await client.StandardError.ReadToEndAsync(Ct);
        var said = JsonElement.Parse(line);
        Assert.False(said.TryGetProperty("error", out var error), error.ToString());
        return said;
    }
}
