using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Platform.Tests.Identity.People;

/// <summary>Tokens that are bound to a client's certificate (RFC 8705 section 3).</summary>
public sealed class CertificateBoundTests : IAsyncLifetime
{
    const string Subject = "CN=portal, O=Province";
    readonly int _port = FreePorts.Next();
    readonly X509Certificate2 _authority = TestCertificates.Authority("CN=Province CA");
    readonly X509Certificate2 _certificate;
    readonly X509Certificate2 _other;
    PeopleServer _people = null!;

    public CertificateBoundTests() =>
        (_certificate, _other) = (TestCertificates.Issue(_authority, Subject), TestCertificates.Issue(_authority, Subject));

    public async ValueTask InitializeAsync() => _people = await PeopleServer.Start(settings: place => TestCertificates.Settings(place, _port, _authority));

    public async ValueTask DisposeAsync()
    {
        await _people.DisposeAsync();
        _authority.Dispose();
        _certificate.Dispose();
        _other.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_relying_party_with_a_certificate_gets_tokens_bound_to_it_and_renews_them(bool authenticatesByCertificate)
    {
        var portal = await Register(authenticatesByCertificate);
        var code = (await _people.Open().Authorize(await Pushed(portal)))["code"];
        var form = Form(portal, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Relying.Redirect), ("code_verifier", portal.Verifier));
        portal.Server = At(null);
        Assert.False((await portal.Post("connect/token", form)).IsSuccessStatusCode);

        portal.Server = At(_certificate);
        var tokens = await Relying.Json(await portal.Post("connect/token", Again(form, portal)));

        Assert.Equal("Bearer", tokens.GetProperty("token_type").GetString());
        var access = tokens.GetProperty("access_token").GetString()!;
        Assert.Equal(Thumbprint(_certificate), Bound(access));
        await Counts(portal, access, HttpStatusCode.OK, HttpStatusCode.Unauthorized);

        var renewed = await Relying.Json(await portal.Post("connect/token", Form(portal, ("grant_type", "refresh_token"), ("refresh_token", tokens.GetProperty("refresh_token").GetString()))));
        Assert.Equal(Thumbprint(_certificate), Bound(renewed.GetProperty("access_token").GetString()!));

        // The refresh token is the client's, which may have got another certificate since; the new tokens are bound to that.
        portal.Server = At(_other);
        var moved = await Relying.Json(await portal.Post("connect/token", Form(portal, ("grant_type", "refresh_token"), ("refresh_token", renewed.GetProperty("refresh_token").GetString()))));
        Assert.Equal(Thumbprint(_other), Bound(moved.GetProperty("access_token").GetString()!));
    }

    [Fact]
    public async Task A_certificate_that_is_not_vouched_for_opens_nothing_for_who_authenticates_by_it()
    {
        var portal = await Register(authenticatesByCertificate: true);
        using var foreign = TestCertificates.Authority("CN=Province CA");
        using var copy = TestCertificates.Issue(foreign, Subject);
        portal.Server = At(copy);

        await Relying.IsError(await portal.Post("connect/par", Form(portal, [.. portal.Authorization().Select(pair => (pair.Key, (string?)pair.Value))])), "invalid_client", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_bound_to_a_certificate_is_not_shown_with_a_proof_nor_one_bound_to_a_key_with_a_certificate()
    {
        var portal = await Register(authenticatesByCertificate: false);
        var byCertificate = (await Relying.Json(await Redeem(portal))).GetProperty("access_token").GetString()!;
        portal.Server = _people.Server;
        Assert.Equal(HttpStatusCode.Unauthorized, (await portal.UserInfo(byCertificate)).StatusCode);

        var byKey = (await Relying.Json(await portal.Redeem(await portal.Code(_people.Open())))).GetProperty("access_token").GetString()!;
        portal.Server = At(_certificate);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PublicClient.UserInfo(portal, byKey)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await portal.UserInfo(byKey)).StatusCode);
    }

    [Fact]
    public async Task A_system_that_exchanges_a_token_gets_one_bound_to_its_own_certificate()
    {
        const string System = "insurance";
        var key = SectorKey.Es256();
        await _people.Server.Clients.Register(key.Registration(System), TestContext.Current.CancellationToken);
        var desk = await _people.Register("desk", registration => registration with { System = System, Scopes = ["openid"] });
        var official = (await Relying.Json(await desk.Redeem(await desk.Code(_people.Open(), ("scope", "openid"))))).GetProperty("access_token").GetString()!;
        desk.Server = At(_other);

        var answer = await Relying.Json(await desk.Post("connect/token", new()
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
            ["subject_token"] = official,
            ["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
            ["scope"] = "disclosures.request",
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = key.Assert(System, TimeProvider.System.GetUtcNow()),
        }));

        Assert.Equal(Thumbprint(_other), Bound(answer.GetProperty("access_token").GetString()!));
        Assert.Equal("Bearer", answer.GetProperty("token_type").GetString());
    }

    async Task<Relying> Register(bool authenticatesByCertificate)
    {
        var portal = await _people.Register("portal", registration => authenticatesByCertificate ? registration with { Jwks = null, TlsSubject = Subject } : registration);
        portal.Server = At(_certificate);
        _byCertificate = authenticatesByCertificate;
        return portal;
    }

    bool _byCertificate;

    async Task<string> Pushed(Relying portal)
    {
        var answer = await Relying.Json(await portal.Post("connect/par", Form(portal, [.. portal.Authorization().Select(pair => (pair.Key, (string?)pair.Value))])));
        return $"connect/authorize?client_id={portal.ClientId}&request_uri={WebUtility.UrlEncode(answer.GetProperty("request_uri").GetString())}";
    }

    async Task<HttpResponseMessage> Redeem(Relying portal)
    {
        var code = (await _people.Open().Authorize(await Pushed(portal)))["code"];
        return await portal.Post("connect/token", Form(portal, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Relying.Redirect), ("code_verifier", portal.Verifier)));
    }

    Dictionary<string, string> Form(Relying portal, params (string Name, string? Value)[] fields)
    {
        var form = fields.ToDictionary(field => field.Name, field => field.Value!);
        return Again(form, portal);
    }

    /// <summary>The same request once more: an assertion is good for one.</summary>
    Dictionary<string, string> Again(Dictionary<string, string> form, Relying portal)
    {
        var again = new Dictionary<string, string>(form) { ["client_id"] = portal.ClientId };
        foreach (var (name, value) in _byCertificate ? [] : portal.Authentication())
        {
            again[name] = value!;
        }

        return again;
    }

    async Task Counts(Relying portal, string access, HttpStatusCode own, HttpStatusCode others)
    {
        Assert.Equal(own, (await PublicClient.UserInfo(portal, access)).StatusCode);
        foreach (var certificate in new[] { _other, null })
        {
            portal.Server = At(certificate);
            Assert.Equal(others, (await PublicClient.UserInfo(portal, access)).StatusCode);
        }

        portal.Server = _people.Server;
        Assert.Equal(others, (await PublicClient.UserInfo(portal, access)).StatusCode);
        portal.Server = At(_certificate);
    }

    MtlsWay At(X509Certificate2? certificate) => new(TestCertificates.Client(_port, certificate));

    static string Thumbprint(X509Certificate2 certificate) => Base64Url.EncodeToString(SHA256.HashData(certificate.RawData));

    static string? Bound(string token) => JsonElement.Parse(new JsonWebToken(token).GetClaim("cnf").Value).GetProperty("x5t#S256").GetString();
}

/// <summary>The server by way of its mTLS port.</summary>
internal sealed record MtlsWay(HttpClient Client) : IProvider
{
    public ProviderAddresses Addresses => ProviderAddresses.Ours;
}
