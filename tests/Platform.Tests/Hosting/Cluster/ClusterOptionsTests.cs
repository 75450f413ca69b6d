using System.ComponentModel.DataAnnotations;
using Platform.Hosting.Cluster;
using Platform.Silo.Cluster;
using Xunit;

namespace Platform.Tests.Hosting.Cluster;

/// <summary>Half a set-up does not start, and says which half is missing.</summary>
public sealed class ClusterOptionsTests : IDisposable
{
    private readonly ClusterFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("127.0.0.1:30000", true)]
    [InlineData("[::1]:30000", true)]
    [InlineData("localhost:30000", true)]
    [InlineData("silo.platform.svc:30000", true)]
    [InlineData("silo.platform.svc", false)]
    [InlineData("silo:0", false)]
    [InlineData("silo:70000", false)]
    [InlineData("silo:port", false)]
    [InlineData("http://silo:30000", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("", false)]
    public void A_gateway_is_an_address_or_a_name_with_a_port(string text, bool taken) => Assert.Equal(taken, Gateway.TryParse(text, out _));

    [Fact]
    public void Silos_on_this_machine_need_no_certificate_and_silos_elsewhere_do()
    {
        Assert.Null(Client("127.0.0.1:30000"));
        Assert.Null(Client("localhost:30000"));
        Assert.Contains("Set Cluster:Tls:CertificateFile", Client("10.1.2.3:30000"), StringComparison.Ordinal);
        Assert.Contains("Set Cluster:Tls:CertificateFile", Client("silo.platform.svc:30000"), StringComparison.Ordinal);
        Assert.Null(Client("silo.platform.svc:30000", _files.Tls(ClusterFiles.ToCall)));
    }

    [Fact]
    public void A_silo_that_others_can_reach_needs_a_certificate()
    {
        Assert.Null(Silo(new()));
        Assert.Contains("Set Cluster:Tls:CertificateFile", Silo(new() { Address = "10.1.2.3" }), StringComparison.Ordinal);
        Assert.Null(Silo(new() { Address = "10.1.2.3", Tls = _files.Tls(ClusterFiles.ToServe, ClusterFiles.ToCall) }));
        Assert.Contains("Set Cluster:Address", Silo(new() { Address = "0.0.0.0" }), StringComparison.Ordinal);
        Assert.Contains("Set Cluster:Address", Silo(new() { Address = "silo" }), StringComparison.Ordinal);
        Assert.Contains("two different ports", Silo(new() { SiloPort = 30000, GatewayPort = 30000 }), StringComparison.Ordinal);
        Assert.Contains("Set Cluster:ClusterId", Silo(new() { ClusterId = "" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_certificate_is_refused_with_what_is_missing()
    {
        var whole = _files.Tls(ClusterFiles.ToCall);

        Assert.Contains("together", new ClusterTlsOptions { CertificateFile = whole.CertificateFile }.Finding(false), StringComparison.Ordinal);
        Assert.Contains("together", new ClusterTlsOptions { AuthorityFile = whole.AuthorityFile }.Finding(false), StringComparison.Ordinal);
        Assert.Contains("together", new ClusterTlsOptions { KeyFile = whole.CertificateFile }.Finding(false), StringComparison.Ordinal);
        Assert.Contains("readable PEM", new ClusterTlsOptions { CertificateFile = whole.AuthorityFile, AuthorityFile = whole.AuthorityFile }.Finding(false), StringComparison.Ordinal);
        Assert.Contains("readable PEM", new ClusterTlsOptions { CertificateFile = "nowhere.pem", AuthorityFile = whole.AuthorityFile }.Finding(false), StringComparison.Ordinal);
        Assert.Null(whole.Finding(false));
        Assert.Null(new ClusterTlsOptions().Finding(true));
    }

    [Fact]
    public void A_certificate_must_be_valid_of_this_cluster_and_for_what_the_process_does()
    {
        using var others = new ClusterFiles();
        ClusterTlsOptions With(string file) => new() { CertificateFile = file, AuthorityFile = _files.AuthorityFile };

        Assert.Contains("not valid now or not issued", With(others.Issue([ClusterFiles.ToCall])).Finding(false), StringComparison.Ordinal);
        Assert.Contains("not valid now or not issued", With(_files.Issue([ClusterFiles.ToCall], -3, -1)).Finding(false), StringComparison.Ordinal);
        Assert.Contains("clientAuth", With(_files.Issue([])).Finding(false), StringComparison.Ordinal);
        Assert.Contains("serverAuth and clientAuth", With(_files.Issue([ClusterFiles.ToCall])).Finding(true), StringComparison.Ordinal);
        Assert.Contains("pass for a silo", With(_files.Issue([ClusterFiles.ToCall, ClusterFiles.ToServe])).Finding(false), StringComparison.Ordinal);
    }

    private static string? Client(string gateway, ClusterTlsOptions? tls = null) => Check(new ClusterOptions { Gateways = { gateway }, Tls = tls ?? new() });

    private static string? Silo(SiloOptions options) => Check(options);

    private static string? Check(object options)
    {
        var findings = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), findings, validateAllProperties: true);
        return findings.SingleOrDefault()?.ErrorMessage;
    }
}
