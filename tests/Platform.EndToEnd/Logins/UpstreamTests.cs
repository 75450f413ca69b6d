using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Platform.EndToEnd.Logins;

/// <summary>The national e-ID in front of ours, played by an OpenID provider of others in a process of its own.</summary>
public sealed partial class UpstreamTests(NodePeers peers) : IClassFixture<NodePeers>
{
    private const string ClientId = "province";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_logs_in_there_gets_the_mapped_level_and_stays_linked_to_that_one_person()
    {
        var (basePort, peerPort) = (ProvinceProcess.FreeBasePort(), ProvinceProcess.FreeBasePort());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keyFile = peers.Keep("upstream.pem", key.ExportPkcs8PrivateKeyPem());
        await using var province = await ProvinceProcess.Start(ProvinceProcess.NewData(), basePort, citizens: 60, settings: new()
        {
            ["Identity__Upstream__Authority"] = $"http://localhost:{peerPort}",
            ["Identity__Upstream__ClientId"] = ClientId,
            ["Identity__Upstream__KeyFile"] = keyFile,
            ["Identity__Upstream__Levels__eid-1"] = "1",
            ["Identity__Upstream__Levels__eid-2"] = "2",
        });
        using var document = province.Province();
        var identity = document.RootElement.GetProperty("identity").GetString()!;
        var personFile = peers.Keep("person.json", "{}");
        using var national = peers.Start("national-eid.mjs", peers.Keep("national-eid.json", JsonSerializer.Serialize(new
        {
            port = peerPort,
            clientId = ClientId,
            redirectUri = identity + "upstream/callback",
            jwk = Public(key),
            personFile,
        })));
        await Ready(national);
        try
        {
            var number = Citizen(document);

            Assert.Equal(("/account", "2"), await LogIn(province, personFile, identity, new { sub = "n-1", personal_id = number, acr = "eid-2" }));
            Assert.Equal(("/account", "1"), await LogIn(province, personFile, identity, new { sub = "n-1", personal_id = number, acr = "eid-1" }));
            await AnAnswerOfAnotherProviderOrForAnotherBrowserIsRefused(province, identity);
            Assert.Equal(("/login/upstream/done", null), await LogIn(province, personFile, identity, new { sub = "n-2", personal_id = number, acr = "eid-2" }));
            Assert.Equal(("/login/upstream/done", null), await LogIn(province, personFile, identity, new { sub = "n-1", personal_id = number, acr = "guest" }));
            Assert.Equal(("/login/upstream/done", null), await LogIn(province, personFile, identity, new { sub = "n-3", personal_id = "not a number", acr = "eid-2" }));
        }
        finally
        {
            national.Kill(entireProcessTree: true);
        }
    }

    // RFC 9207 against mix-up; and an answer counts only where the question was asked.
    private static async Task AnAnswerOfAnotherProviderOrForAnotherBrowserIsRefused(ProvinceProcess province, string identity)
    {
        using var browser = new PersonBrowser(province);
        using var other = new PersonBrowser(province);
        var login = await browser.Look(identity + "account", Ct);
        var answer = (await browser.Open(new Uri(login, "/login/upstream" + login.Query).AbsoluteUri, identity + "upstream/callback", Ct)).AbsoluteUri;
        Assert.Contains("iss=", answer, StringComparison.Ordinal);
        var mixedUp = Issuer().Replace(answer, "iss=https%3A%2F%2Fevil.example");

        Assert.Equal("?code=upstream_failed", (await browser.Look(mixedUp, Ct)).Query);
        Assert.Equal("?code=upstream_failed", (await browser.Look(Issuer().Replace(answer, "from=nobody"), Ct)).Query);
        Assert.Equal("?code=upstream_failed", (await other.Look(answer, Ct)).Query);
    }

    /// <summary>Goes through the button on the login page; gives the path of the page at the end and, if it is the account's, the session's level.</summary>
    private static async Task<(string Path, string? Level)> LogIn(ProvinceProcess province, string personFile, string identity, object person)
    {
        await File.WriteAllTextAsync(personFile, JsonSerializer.Serialize(person), Ct);
        using var browser = new PersonBrowser(province);
        var login = await browser.Look(identity + "account", Ct);
        if ((await browser.Look(new Uri(login, "/login/upstream" + login.Query).AbsoluteUri, Ct)).AbsolutePath is "/continue")
        {
            await browser.Look(identity + "account", Ct);
        }

        return (browser.At.AbsolutePath, Level().Match(WebUtility.HtmlDecode(browser.Page)) is { Success: true } level ? level.Groups[1].Value : null);
    }

    private static string Citizen(JsonDocument document)
    {
        var shown = document.RootElement.GetProperty("systems").EnumerateArray()
            .Select(system => system.GetProperty("example"))
            .Where(example => example.ValueKind == JsonValueKind.Object)
            .Select(example => example.GetProperty("subject").GetProperty("personalId").GetString()!);
        return shown.First();
    }

    private static async Task Ready(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync(Ct) is { } line)
        {
            if (line == "ready")
            {
                return;
            }
        }

        Assert.Fail(await process.StandardError.ReadToEndAsync(Ct));
    }

    [GeneratedRegex("Phiên này</dt><dd>mức độ (\\d)")]
    private static partial Regex Level();

    [GeneratedRegex("iss=[^&]+")]
    private static partial Regex Issuer();

    private static object Public(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new { kty = "EC", crv = "P-256", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y), use = "sig", alg = "ES256" };
    }
}
