using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Identity.Clients;
using Xunit;

namespace Platform.Tests.Identity;

/// <summary>Systems that authenticate by certificate (RFC 8705), at a port of its own.</summary>
public sealed class ClientCertificateTests : IAsyncLifetime
{
    const string Client = "evn-dak-nong";
    const string Subject = "CN=evn-dak-nong, O=EVN";
    readonly IdentityPlace _place = new();
    readonly int _port = FreePorts.Next();
    readonly X509Certificate2 _authority = TestCertificates.Authority("CN=Province CA");
    IdentityServer _server = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await IdentityServer.Start(_place, settings: await TestCertificates.Settings(_place, _port, _authority));
        await _server.Clients.Register(new SectorClientRegistration(Client, "Điện lực", null, ["disclosures.request"], Subject), Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
        _place.Dispose();
    }

    [Fact]
    public async Task The_registered_subject_gets_a_token_that_is_bound_to_its_certificate()
    {
        using var certificate = TestCertificates.Issue(_authority, Subject);

        var answer = await Ask(certificate);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var token = new JsonWebToken((await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("access_token").GetString());
        var bound = JsonElement.Parse(token.GetClaim("cnf").Value).GetProperty("x5t#S256").GetString();
        Assert.Equal(System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(certificate.RawData)), bound);
    }

    [Fact]
    public async Task Another_subject_another_authority_a_self_signed_copy_or_one_out_of_its_time_is_refused()
    {
        using var foreign = TestCertificates.Authority("CN=Province CA");
        using var server = TestCertificates.Issue(_authority, Subject, usage: "1.3.6.1.5.5.7.3.1");
        X509Certificate2[] wrong =
        [
            TestCertificates.Issue(_authority, "CN=evn-dak-nong, O=Other"), TestCertificates.Issue(foreign, Subject), TestCertificates.Authority(Subject), TestCertificates.Issue(_authority, Subject, fromDays: -3, toDays: -2),
            TestCertificates.Issue(_authority, Subject, fromDays: 2, toDays: 3), server,
        ];

        Assert.All(await Task.WhenAll(wrong.Select(Ask)), answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
    }

    [Fact]
    public async Task Whoever_stands_between_authority_and_client_is_in_the_file_of_authorities_or_unknown()
    {
        using var known = TestCertificates.Authority("CN=Province CA of clients", _authority);
        using var unknown = TestCertificates.Authority("CN=Province CA of others", _authority);
        await File.WriteAllTextAsync(_place.File("ca.pem"), _authority.ExportCertificatePem() + "\n" + known.ExportCertificatePem(), Ct);

        Assert.Equal(HttpStatusCode.OK, (await Ask(TestCertificates.Issue(known, Subject))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(TestCertificates.Issue(unknown, Subject))).StatusCode);

        // An authority in between is none by itself.
        await File.WriteAllTextAsync(_place.File("ca.pem"), known.ExportCertificatePem(), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(TestCertificates.Issue(known, Subject))).StatusCode);
    }

    [Fact]
    public async Task No_certificate_makes_the_server_fetch_anything_from_an_address_that_it_names()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/issuer.cer";
        using var unknown = TestCertificates.Authority("CN=Somewhere", _authority);
        using var certificate = TestCertificates.Issue(unknown, Subject, issuerAddress: address);

        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(certificate)).StatusCode);

        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Without_a_certificate_or_at_the_plain_port_the_client_is_told_how_to_authenticate()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.PostToken(("grant_type", "client_credentials"), ("client_id", Client))).StatusCode);
    }

    [Fact]
    public async Task A_disabled_client_is_refused()
    {
        using var certificate = TestCertificates.Issue(_authority, Subject);
        await _server.Clients.SetEnabled(Client, false, Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(certificate)).StatusCode);
    }

    [Fact]
    public async Task A_client_that_registered_keys_does_not_get_in_with_a_certificate_alone()
    {
        await _server.Clients.Register(SectorKey.Es256().Registration("bhxh-dak-nong"), Ct);
        using var certificate = TestCertificates.Issue(_authority, "CN=bhxh-dak-nong");

        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(certificate, "bhxh-dak-nong")).StatusCode);
    }

    [Fact]
    public async Task Discovery_names_the_port_and_the_method()
    {
        var document = await _server.GetJson(".well-known/openid-configuration");

        Assert.Equal("https://mtls.identity.example.vn/connect/token", document.GetProperty("mtls_endpoint_aliases").GetProperty("token_endpoint").GetString());
        Assert.True(document.GetProperty("tls_client_certificate_bound_access_tokens").GetBoolean());
        Assert.Contains("tls_client_auth", document.GetProperty("token_endpoint_auth_methods_supported").EnumerateArray().Select(method => method.GetString()));
    }

    Task<HttpResponseMessage> Ask(X509Certificate2? certificate) => Ask(certificate, Client);

    async Task<HttpResponseMessage> Ask(X509Certificate2? certificate, string client)
    {
        using var http = TestCertificates.Client(_port, certificate);
        using var body = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials"), KeyValuePair.Create("client_id", client)]);
        var answer = await http.PostAsync(new Uri("connect/token", UriKind.Relative), body, Ct);
        await answer.Content.LoadIntoBufferAsync(Ct);
        return answer;
    }
}
