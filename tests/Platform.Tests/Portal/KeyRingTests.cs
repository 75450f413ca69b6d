using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Hosting.Expiry;
using Platform.Portal;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>Portals on several nodes are given their ring: they read each other's cookies, and make no key.</summary>
public sealed class KeyRingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ring-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Two_portals_with_the_same_ring_read_each_others_cookies_and_one_with_another_ring_does_not()
    {
        KeyRingCommand.Make(Ring("one"), TimeProvider.System);
        KeyRingCommand.Make(Ring("other"), TimeProvider.System);
        using var first = Portal("one");
        using var second = Portal("one");
        using var stranger = Portal("other");

        var cookie = Protector(first).Protect("session");

        Assert.Equal("session", Protector(second).Unprotect(cookie));
        Assert.ThrowsAny<CryptographicException>(() => Protector(stranger).Unprotect(cookie));
        Assert.Single(Directory.GetFiles(Ring("one")));
    }

    [Fact]
    public void A_ring_that_has_run_out_protects_nothing_any_more_and_no_key_is_added()
    {
        KeyRingCommand.Make(Ring("one"), new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddYears(-3)));
        using var portal = Portal("one");

        Assert.ThrowsAny<CryptographicException>(() => Protector(portal).Protect("session"));
        Assert.Single(Directory.GetFiles(Ring("one")));
    }

    [Fact]
    public void When_the_newest_key_of_a_given_ring_ends_is_told()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        KeyRingCommand.Make(Ring("one"), clock);
        KeyRingCommand.Make(Ring("one"), clock);
        using var portal = Portal("one");

        var ring = Assert.Single(portal.GetServices<Expiring>());

        Assert.Equal("key-ring", ring.What);
        Assert.Equal(clock.GetUtcNow().AddDays(2 + 730), ring.At(portal));
    }

    [Fact]
    public void The_first_key_is_good_at_once_and_the_next_when_everybody_knows_it()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

        KeyRingCommand.Make(Ring("one"), clock);
        KeyRingCommand.Make(Ring("one"), clock);

        var activated = Directory.GetFiles(Ring("one")).Select(file => (DateTimeOffset)XDocument.Load(file).Root!.Element("activationDate")!).Order();
        Assert.Equal([clock.GetUtcNow(), clock.GetUtcNow().AddDays(2)], activated);
    }

    [Fact]
    public void A_ring_that_is_given_and_empty_is_a_sentence()
    {
        Directory.CreateDirectory(Ring("empty"));
        var findings = new List<ValidationResult>();
        var options = new PortalOptions { KeyRingDirectory = Ring("empty"), KeyRingIsGiven = true };

        Validator.TryValidateObject(options, new ValidationContext(options), findings, validateAllProperties: true);

        Assert.Contains(findings, finding => finding.ErrorMessage!.Contains("key-ring FOLDER", StringComparison.Ordinal));
    }

    private string Ring(string name) => Path.Combine(_folder.FullName, name);

    private static IDataProtector Protector(ServiceProvider portal) => portal.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookies");

    private ServiceProvider Portal(string ring)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Portal:KeyRingDirectory"] = Ring(ring), ["Portal:KeyRingIsGiven"] = "true" });
        builder.Services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section);
        builder.AddPortal();
        return builder.Services.BuildServiceProvider();
    }
}
