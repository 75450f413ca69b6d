using System.ComponentModel.DataAnnotations;
using Platform.Portal;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>A portal that is set up wrongly says what to set, and does not start.</summary>
public sealed class OptionsTests(PortalPlace place) : IClassFixture<PortalPlace>
{
    [Fact]
    public void A_complete_setting_is_taken() => Assert.Empty(Findings(_ => { }));

    [Theory]
    [InlineData("http://portal.example.vn/", "Portal:PublicAddress")]
    [InlineData("https://portal.example.vn/sub/", "Portal:PublicAddress")]
    [InlineData("https://user@portal.example.vn/", "Portal:PublicAddress")]
    [InlineData("ftp://portal.example.vn/", "Portal:PublicAddress")]
    public void An_address_that_people_cannot_trust_is_named(string address, string setting) =>
        Assert.Contains(Findings(options => options.PublicAddress = new Uri(address)), finding => finding.Contains(setting, StringComparison.Ordinal));

    [Fact]
    public void The_identity_server_is_asked_in_private() =>
        Assert.Contains("Portal:Identity", Assert.Single(Findings(options => options.Identity = new Uri("http://identity.example.vn/"))), StringComparison.Ordinal);

    [Fact]
    public void A_key_that_cannot_be_read_is_named() =>
        Assert.Contains("Portal:KeyFile", Assert.Single(Findings(options => options.KeyFile = "nowhere.jwk")), StringComparison.Ordinal);

    [Fact]
    public void Half_a_counter_is_none() =>
        Assert.Contains("Portal:Counter", Assert.Single(Findings(options => options.Counter = new CounterOptions { ClientId = "counter" })), StringComparison.Ordinal);

    [Fact]
    public void Cookies_need_keys() =>
        Assert.Contains("Portal:KeyRingDirectory", Assert.Single(Findings(options => options.KeyRingDirectory = " ")), StringComparison.Ordinal);

    [Theory]
    [InlineData(5)]
    [InlineData(61)]
    public void A_session_is_neither_too_short_to_be_warned_of_nor_endless(int minutes) =>
        Assert.Contains("Portal:IdleMinutes", Assert.Single(Findings(options => options.IdleMinutes = minutes)), StringComparison.Ordinal);

    string[] Findings(Action<PortalOptions> spoil)
    {
        var options = new PortalOptions
        {
            PublicAddress = PortalPlace.Address,
            Identity = PortalPlace.Issuer,
            Api = PortalPlace.ApiAddress,
            ClientId = "portal",
            KeyFile = place.KeyFile("own"),
            KeyRingDirectory = "ring",
        };
        spoil(options);
        var findings = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), findings, validateAllProperties: true);
        return [.. findings.Select(finding => finding.ErrorMessage!)];
    }
}
