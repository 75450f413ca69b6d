using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Platform.Api;
using Platform.Hosting.Mtls;
using Platform.Hosting;
using Platform.Tests.Hosting.Dpop;
using Xunit;

namespace Platform.Tests.Api;

/// <summary>Tokens bound to a certificate. The fake grains have no rule book: whoever gets through ends in a fault.</summary>
public sealed class MtlsTests : IAsyncLifetime
{
    const string Path = "/v1/catalogue";
    readonly X509Certificate2 _certificate = Certificate("insurance");
    readonly FakeGrains _grains = new FakeGrains().TakesProofs();
    ApiServer _server = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ApiServer.Start(_grains);

    public async ValueTask DisposeAsync()
    {
        _certificate.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_certificate_of_the_token_opens_and_no_other()
    {
        using var other = Certificate("insurance");
        var token = Bound(_server.Systems, _certificate);

        Assert.Equal(500, await Status(token, _certificate));
        Assert.Equal(401, await Status(token, null));
        Assert.Equal(401, await Status(token, other));
        (await _server.Get(Path, token)).AssertRefused(401, "token.certificate-missing");
    }

    [Theory]
    [InlineData(-10, -1)]
    [InlineData(1, 10)]
    public async Task A_certificate_out_of_its_validity_opens_nothing(int from, int to)
    {
        using var certificate = Certificate("insurance", from, to);

        Assert.Equal(401, await Status(Bound(_server.Systems, certificate), certificate));
    }

    [Fact]
    public async Task A_certificate_does_not_make_an_unbound_token_bound()
    {
        await using var strict = await ApiServer.Start(("Api:TrustedIssuers:0:RequireBound", "true"));
        var context = await strict.App.GetTestServer().SendAsync(request =>
        {
            request.Request.Path = Path;
            request.Request.Headers.Authorization = $"Bearer {strict.SystemToken("catalogue.read")}";
            request.Connection.ClientCertificate = _certificate;
        }, Ct);

        Assert.Equal(401, context.Response.StatusCode);
        Assert.Contains("token.binding-required", context.Response.Headers.WWWAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(500, await Status(_server.SystemToken("catalogue.read"), _certificate));
    }

    [Fact]
    public async Task A_token_bound_to_key_and_certificate_needs_both()
    {
        using var key = new ProofMaker();
        var token = Bound(_server.Systems, _certificate, key.Thumbprint);

        Assert.Equal(401, await Status(token, _certificate));
        (await _server.SendProved(Path, token, key)).AssertRefused(401, "token.certificate-missing");
        Assert.Empty(_grains.Calls);
    }

    [Fact]
    public async Task The_port_asks_for_any_certificate_and_the_plain_port_for_none()
    {
        var folder = Directory.CreateTempSubdirectory();
        using var serverCertificate = Certificate("localhost");
        var file = System.IO.Path.Combine(folder.FullName, "server.pem");
        await File.WriteAllTextAsync(file, $"{serverCertificate.ExportCertificatePem()}\n{serverCertificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n", Ct);
        var (mtls, plain) = (FreePorts.Next(), FreePorts.Next());
        var systems = new TestIssuer("https://systems.test/");
        await using var app = ApiHost.Build([], builder =>
        {
            builder.WebHost.UseUrls($"http://127.0.0.1:{plain}");
            ApiServer.Configure(
                builder, _grains, systems, new TestIssuer("https://people.test/"),
                ("Api:Mtls:Port", $"{mtls}"), ("Api:Mtls:CertificateFile", file));
        });
        await app.StartAsync(Ct);
        using var other = Certificate("insurance");
        var token = Bound(systems, _certificate);

        Assert.Equal((500, ""), await Call(serverCertificate, $"https://localhost:{mtls}{Path}", token, _certificate));
        Assert.Equal((401, "token.certificate-wrong"), await Call(serverCertificate, $"https://localhost:{mtls}{Path}", token, other));
        Assert.Equal((401, "token.certificate-missing"), await Call(serverCertificate, $"https://localhost:{mtls}{Path}", token, null));
        Assert.Equal((401, "token.certificate-missing"), await Call(serverCertificate, $"http://127.0.0.1:{plain}{Path}", token, _certificate));
        Assert.Equal((500, ""), await Call(serverCertificate, $"https://localhost:{mtls}{Path}", systems.System("insurance", "catalogue.read"), null));
        await app.StopAsync(Ct);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_half_configured_port_is_refused_with_what_to_do()
    {
        Assert.Null(new MtlsOptions().Finding("Api:Mtls"));
        Assert.Contains("Api:Mtls:Port", new MtlsOptions { CertificateFile = "x" }.Finding("Api:Mtls"), StringComparison.Ordinal);
        Assert.Contains("Api:Mtls:Port", new MtlsOptions { Port = 70000, CertificateFile = "x" }.Finding("Api:Mtls"), StringComparison.Ordinal);
        Assert.Contains("Api:Mtls:CertificateFile", new MtlsOptions { Port = 9443 }.Finding("Api:Mtls"), StringComparison.Ordinal);
        Assert.Contains("Api:Mtls:CertificateFile", new MtlsOptions { Port = 9443, CertificateFile = "/nowhere/server.pem" }.Finding("Api:Mtls"), StringComparison.Ordinal);
        Assert.Contains("Urls", Assert.Throws<CannotStartException>(() => ApiHost.Build([], builder =>
        {
            builder.WebHost.UseSetting("urls", "");
            ApiServer.Configure(builder, _grains, _server.Systems, _server.People, ("Api:Mtls:Port", "9443"));
        })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api.example.vn")]
    [InlineData("ftp://api.example.vn/")]
    [InlineData("https://api.example.vn/?a=b")]
    [InlineData("https://user@api.example.vn/")]
    public void A_public_address_that_no_client_could_use_is_refused(string url) =>
        Assert.Contains("Api:PublicUrl", new ApiOptions { PublicUrl = new Uri(url, UriKind.RelativeOrAbsolute) }.Validate(new(new object())).Last().ErrorMessage!, StringComparison.Ordinal);

    static X509Certificate2 Certificate(string name, int fromDays = -1, int toDays = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(fromDays), now.AddDays(toDays));
    }

    static string Bound(TestIssuer issuer, X509Certificate2 certificate, string? thumbprint = null)
    {
        var cnf = new Dictionary<string, object> { ["x5t#S256"] = Base64Url.EncodeToString(SHA256.HashData(certificate.RawData)) };
        if (thumbprint is not null)
        {
            cnf["jkt"] = thumbprint;
        }

        return TestIssuer.Sign(issuer.Token(new() { ["sub"] = "insurance", ["client_id"] = "insurance", ["scope"] = "catalogue.read", ["cnf"] = cnf }));
    }

    static async Task<(int Status, string Told)> Call(X509Certificate2 server, string address, string token, X509Certificate2? certificate)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, seen, _, _) => seen!.GetCertHashString() == server.GetCertHashString();
        handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!;
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address));
        request.Headers.Authorization = new("Bearer", token);
        using var response = await client.SendAsync(request, Ct);
        var told = response.Headers.WwwAuthenticate.ToString();
        return ((int)response.StatusCode, told.Length == 0 ? "" : told.Split('"')[3]);
    }

    async Task<int> Status(string token, X509Certificate2? certificate) => (await _server.App.GetTestServer().SendAsync(request =>
    {
        request.Request.Path = Path;
        request.Request.Headers.Authorization = $"Bearer {token}";
        request.Connection.ClientCertificate = certificate;
    }, Ct)).Response.StatusCode;
}
