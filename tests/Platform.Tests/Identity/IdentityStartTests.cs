using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Hosting;
using Platform.Identity.Storage;
using Platform.Tests.Hosting;
using Xunit;

namespace Platform.Tests.Identity;

public sealed class IdentityStartTests : IDisposable
{
    readonly IdentityPlace _place = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("Identity:Issuer", "", "Identity:Issuer")]
    [InlineData("Identity:Issuer", "identity.example.vn", "Identity:Issuer")]
    [InlineData("Identity:Issuer", "ftp://identity.example.vn/", "Identity:Issuer")]
    [InlineData("Identity:Issuer", "https://example.vn/identity", "bare host")]
    [InlineData("Identity:Issuer", "https://example.vn/?a=b", "bare host")]
    [InlineData("Identity:ClientCacheLifetime", "01:00:00", "ClientCacheLifetime")]
    [InlineData("Identity:TokenRequestsPerMinute", "0", "TokenRequestsPerMinute")]
    [InlineData("Identity:Database", "", "Identity:Database")]
    [InlineData("Identity:Database", "sqlite:", "Identity:Database")]
    [InlineData("Identity:Database", "nonsense", "Identity:Database")]
    [InlineData("Identity:KeyRingDirectory", "", "KeyRingDirectory")]
    [InlineData("Identity:KeyRingCertificate", "/no/such/file.pem", "KeyRingCertificate")]
    [InlineData("Identity:Keys:PublishAhead", "00:30:00", "PublishAhead")]
    [InlineData("Identity:Keys:RotateEvery", "1.00:00:00", "RotateEvery")]
    [InlineData("Identity:Keys:RefreshEvery", "01:00:00", "RefreshEvery")]
    [InlineData("Identity:Keys:JwksCacheLifetime", "00:00:00", "JwksCacheLifetime")]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence_that_names_it(string name, string value, string named)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(
            () => IdentityServer.Start(_place, settings: new() { [name] = value }));

        Assert.Contains(refusal.Failures, sentence => sentence.Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plain_issuer_on_another_machine_needs_to_be_allowed()
    {
        Dictionary<string, string?> plain = new() { ["Identity:Issuer"] = "http://identity.example.vn/", ["Identity:RequireHttps"] = "true" };

        await Assert.ThrowsAsync<OptionsValidationException>(() => IdentityServer.Start(_place, settings: plain));
    }

    [Fact]
    public async Task Plain_requests_are_refused_where_HTTPS_is_required()
    {
        await using var server = await IdentityServer.Start(_place, settings: new() { ["Identity:RequireHttps"] = "true" });

        var response = await server.PostToken(("grant_type", "client_credentials"));

        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task Several_nodes_share_a_key_ring_in_the_database_that_only_the_certificate_opens()
    {
        var certificate = WriteCertificate();
        Dictionary<string, string?> settings = new() { ["Identity:KeyRingDirectory"] = "", ["Identity:KeyRingCertificate"] = certificate };
        await using var one = await IdentityServer.Start(_place, settings: settings);
        await using var two = await IdentityServer.Start(_place, settings: settings);
        var key = SectorKey.Es256();
        await one.Clients.Register(key.Registration("bhxh-dak-nong"), Ct);

        Assert.True((await two.AskToken(key.Assert("bhxh-dak-nong", TimeProvider.System.GetUtcNow()))).IsSuccessStatusCode);
        await using var database = await one.Services.GetRequiredService<IDbContextFactory<IdentityDatabase>>().CreateDbContextAsync(Ct);
        var ring = await database.ProtectionKeys.Select(row => row.Xml).ToListAsync(Ct);
        Assert.NotEmpty(ring);
        Assert.All(ring, xml => Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal));
        WriteCertificate();
        await Assert.ThrowsAsync<CannotStartException>(() => IdentityServer.Start(_place, settings: settings));
    }

    [Fact]
    public async Task A_server_is_ready_once_it_has_a_key_and_not_when_its_database_is_gone()
    {
        await using var server = await IdentityServer.Start(_place);
        var ready = await server.Client.GetAsync(new Uri("health/ready", UriKind.Relative), Ct);
        Assert.True(ready.IsSuccessStatusCode);

        await using (var database = await server.Services.GetRequiredService<IDbContextFactory<IdentityDatabase>>().CreateDbContextAsync(Ct))
        {
            await database.Database.ExecuteSqlAsync($"DROP TABLE schema_version", Ct);
        }

        Assert.Equal(503, (int)(await server.Client.GetAsync(new Uri("health/ready", UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(200, (int)(await server.Client.GetAsync(new Uri("health/live", UriKind.Relative), Ct)).StatusCode);
    }

    [Fact]
    public async Task Nothing_a_client_sends_appears_in_any_log()
    {
        using var logs = new RecordedLogs();
        await using var server = await IdentityServer.Start(
            _place, settings: new() { ["Logging:LogLevel:Default"] = "Trace", ["Logging:LogLevel:OpenIddict"] = "Trace" }, logs: logs);
        var key = SectorKey.Es256();
        await server.Clients.Register(key.Registration("bhxh-dak-nong"), Ct);
        var assertion = key.Assert("bhxh-dak-nong", TimeProvider.System.GetUtcNow(), claims => claims["note"] = "067200012345");

        var accepted = await (await server.AskToken(assertion)).Content.ReadAsStringAsync(Ct);
        await server.AskToken(assertion);
        await server.PostToken(("grant_type", "client_credentials"), ("client_secret", "hunter2-hunter2"), ("scope", "067200012345"));
        await server.Client.GetAsync(new Uri("people/067200012345?id=067200012345", UriKind.Relative), Ct);

        Assert.Contains("access_token", accepted, StringComparison.Ordinal);
        Assert.NotEmpty(logs.Entries);
        Assert.DoesNotContain("067200012345", logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain(assertion.Split('.')[2], logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", logs.All, StringComparison.Ordinal);
    }

    string WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=key ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        var file = _place.File("ring.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return file;
    }
}
