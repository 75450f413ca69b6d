using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Hosting;
using Platform.Hosting.Expiry;
using Platform.Identity.Keys;
using Platform.Identity.Storage;
using Xunit;

namespace Platform.Tests.Identity;

/// <summary>What runs out one day: seen in a metric before, and replaced without losing anything.</summary>
public sealed class ExpiryTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2026, 1, 1, 8, 0, 0, TimeSpan.FromHours(7));
    readonly IdentityPlace _place = new();
    readonly FakeTimeProvider _clock = new(Now);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_gauge_tells_how_long_signing_key_and_certificates_still_last()
    {
        var (ring, authorities) = (Certificate("ring", Now.AddDays(10)), Certificate("authority", Now.AddDays(-1)));
        await using var server = await IdentityServer.Start(_place, _clock, new()
        {
            ["Identity:KeyRingDirectory"] = "",
            ["Identity:KeyRingCertificate"] = ring,
            ["Identity:Mtls:ClientAuthorities"] = authorities,
        });

        var left = Read(server);
        Assert.Equal(
            [("key-ring-certificate", 10), ("mtls-client-authority", -1), ("signing-key", 90)],
            left.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, (int)Math.Round(one.Value.TotalDays))));

        File.Delete(ring);
        Assert.False(Read(server).ContainsKey("key-ring-certificate"));
    }

    [Fact]
    public async Task A_replaced_key_ring_certificate_still_opens_what_the_former_one_protects()
    {
        var (first, second) = (Certificate("first", Now.AddYears(1)), Certificate("second", Now.AddYears(2)));
        string key;
        byte[] secret;
        await using (var before = await IdentityServer.Start(_place, _clock, Ring(first)))
        {
            (key, secret) = (before.Services.GetRequiredService<SigningKeyRing>().Published[0].KeyId, Secret(before));
        }

        await using (var after = await IdentityServer.Start(_place, _clock, Ring(second, first)))
        {
            Assert.Equal(key, after.Services.GetRequiredService<SigningKeyRing>().Published[0].KeyId);
            Assert.Equal(secret, Secret(after));
        }

        // The reason to name the former one: without it nothing opens, and the server says so at start and makes nothing new.
        await Assert.ThrowsAsync<CannotStartException>(() => IdentityServer.Start(_place, _clock, Ring(second)));
        Assert.Throws<CannotStartException>(() => IdentityServer.Build(_place, _clock, Ring(second, _place.File("no-such.pem"))));
    }

    static byte[] Secret(IdentityServer server) => server.Services.GetRequiredService<SharedSecrets>().Get(SharedSecrets.Subjects).ToArray();

    static Dictionary<string, string?> Ring(string certificate, string? former = null)
    {
        var settings = new Dictionary<string, string?> { ["Identity:KeyRingDirectory"] = "", ["Identity:KeyRingCertificate"] = certificate };
        if (former is not null)
        {
            settings["Identity:FormerKeyRingCertificates:0"] = former;
        }

        return settings;
    }

    static Dictionary<string, TimeSpan> Read(IdentityServer server)
    {
        var left = new Dictionary<string, TimeSpan>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == ExpiryMetrics.GaugeName && instrument.Meter.Scope == server.Services.GetRequiredService<IMeterFactory>())
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => left[(string)tags[0].Value!] = TimeSpan.FromSeconds(seconds));
        listener.Start();
        listener.RecordObservableInstruments();
        return left;
    }

    string Certificate(string name, DateTimeOffset until)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(until.AddYears(-3), until);
        var file = _place.File(name + ".pem");
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return file;
    }
}
