using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Identity.RelyingParties;
using Xunit;

namespace Platform.Tests.Identity.People;

/// <summary>A relying party as the tests play it: every part of what it sends can be bent.</summary>
internal sealed class Relying
{
    public const string Redirect = "https://portal.example.vn/callback";
    public const string LoggedOut = "https://portal.example.vn/goodbye";
    const string BearerAssertion = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public Relying(string clientId, IProvider server)
        : this(clientId, server, SectorKey.Es256(), NewVerifier())
    {
    }

    Relying(string clientId, IProvider server, SectorKey key, string verifier) => (ClientId, Server, Key, Verifier) = (clientId, server, key, verifier);

    public string ClientId { get; }

    public IProvider Server { get; set; }

    public ProviderAddresses Addresses => Server.Addresses;

    public SectorKey Key { get; }

    public DpopSigner Dpop { get; set; } = new();

    public string Verifier { get; }

    /// <summary>The time as this relying party sees it.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public RelyingPartyRegistration Registration => new()
    {
        ClientId = ClientId,
        NameVi = "Cổng dịch vụ",
        NameEn = "Portal",
        RedirectUris = [Redirect],
        PostLogoutRedirectUris = [LoggedOut],
        Jwks = Key.Jwks,
        Scopes = ["openid", "offline_access", "profile", "me.read", "me.consents"],
    };

    public Dictionary<string, string> Authorization(params (string Name, string? Value)[] changes) => With(
        new()
        {
            ["client_id"] = ClientId,
            ["response_type"] = "code",
            ["redirect_uri"] = Redirect,
            ["scope"] = "openid offline_access me.read",
            ["state"] = "s-1",
            ["nonce"] = "n-1",
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
        },
        changes);

    public async Task<HttpResponseMessage> Push(Dictionary<string, string> request, string? proof = null, string? assertion = null) =>
        await Post(Addresses.Par, With(request, Authentication(assertion)), proof);

    /// <summary>The address to which the browser goes after the request was pushed.</summary>
    public async Task<string> PushedAddress(params (string Name, string? Value)[] changes)
    {
        var answer = await Json(await Push(Authorization(changes)));
        return $"{Addresses.Authorize}?client_id={ClientId}&request_uri={HttpUtility.UrlEncode(answer.GetProperty("request_uri").GetString())}";
    }

    public Task<HttpResponseMessage> Redeem(string code, params (string Name, string? Value)[] changes) => Token(
        [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Redirect), ("code_verifier", Verifier), .. changes]);

    /// <summary>A code for a person who logs in, or is logged in, at a browser.</summary>
    public async Task<string> Code(IBrowser browser, params (string Name, string? Value)[] changes) =>
        (await browser.Authorize(await PushedAddress(changes)))["code"];

    public Task<HttpResponseMessage> Refresh(string token) => Token([("grant_type", "refresh_token"), ("refresh_token", token)]);

    public async Task<HttpResponseMessage> Token(IEnumerable<(string Name, string? Value)> fields) =>
        await WithNonce(nonce => Post(Addresses.Token, With([], [.. fields, .. Authentication()]), Dpop.Proof("POST", Addresses.Of(Addresses.Token), nonce, change: AtMyTime)));

    public Task<HttpResponseMessage> UserInfo(string token) => WithNonce(async nonce =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Addresses.UserInfo);
        request.Headers.TryAddWithoutValidation("Authorization", $"DPoP {token}");
        request.Headers.Add("DPoP", Dpop.Proof("GET", Addresses.Of(Addresses.UserInfo), nonce, token, AtMyTime));
        return await Server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    });

    /// <summary>Asks an endpoint that takes tokens and not proofs, such as introspection.</summary>
    public Task<HttpResponseMessage> About(string path, string token, string? hint = null, string? assertion = null) =>
        Post(path, With([], [("token", token), ("token_type_hint", hint), .. Authentication(assertion)]));

    public async Task<HttpResponseMessage> Post(string path, Dictionary<string, string> form, string? proof = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        return await Server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public (string, string?)[] Authentication(string? assertion = null) =>
        [("client_id", ClientId), ("client_assertion_type", BearerAssertion), ("client_assertion", assertion ?? Assertion())];

    /// <summary>A correct assertion for this provider, except for what is spoilt.</summary>
    public string Assertion(Action<Dictionary<string, object>>? spoil = null, DateTimeOffset? at = null, SectorKey? key = null) =>
        (key ?? Key).Assert(ClientId, at ?? Clock.GetUtcNow(), claims =>
        {
            claims["aud"] = Addresses.Issuer;
            spoil?.Invoke(claims);
        });

    /// <summary>The same registration in another test: a verifier and a proof key of its own, unless they are to be the same.</summary>
    public Relying Anew(bool keepKey = false) =>
        keepKey ? new(ClientId, Server, Key, Verifier) { Dpop = Dpop, Clock = Clock } : new(ClientId, Server, Key, NewVerifier()) { Clock = Clock };

    public static async Task<JsonElement> Json(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    public static Task IsError(HttpResponseMessage response, string error, HttpStatusCode status = HttpStatusCode.BadRequest) => IsError(response, [error], status);

    /// <summary>One of the errors that the specification leaves to choose from.</summary>
    public static async Task IsError(HttpResponseMessage response, string[] errors, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var error = body.GetProperty("error").GetString();
        Assert.True(response.StatusCode == status && errors.Contains(error), $"{(int)response.StatusCode} {error}; expected {(int)status} {string.Join(" or ", errors)}.");
    }

    // The first proof has no nonce yet; the server names one, and the client tries again, as RFC 9449 has it.
    async Task<HttpResponseMessage> WithNonce(Func<string?, Task<HttpResponseMessage>> send)
    {
        var first = await send(Dpop.Nonce);
        if (first.Headers.TryGetValues("DPoP-Nonce", out var nonces))
        {
            var wanted = nonces.Single();
            if (wanted != Dpop.Nonce && !first.IsSuccessStatusCode)
            {
                Dpop.Nonce = wanted;
                return await send(wanted);
            }
        }

        return first;
    }

    void AtMyTime(Dictionary<string, object> claims) => claims["iat"] = Clock.GetUtcNow().ToUnixTimeSeconds();

    static string NewVerifier() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    static Dictionary<string, string> With(Dictionary<string, string> form, params (string Name, string? Value)[] changes)
    {
        var changed = new Dictionary<string, string>(form);
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                changed.Remove(name);
            }
            else
            {
                changed[name] = value;
            }
        }

        return changed;
    }
}

/// <summary>A key that signs proofs of possession.</summary>
internal sealed class DpopSigner
{
    readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string? Nonce { get; set; }

    /// <summary>RFC 7638 thumbprint of the key.</summary>
    public string Thumbprint => Base64Url.EncodeToString(
        JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ECDsa.Create(_key.ExportParameters(includePrivateParameters: false)))).ComputeJwkThumbprint());

    public string Proof(
        string method, string uri, string? nonce, string? token = null, Action<Dictionary<string, object>>? change = null, string type = "dpop+jwt")
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var claims = new Dictionary<string, object>
        {
            ["htm"] = method,
            ["htu"] = uri,
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
        };
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        if (token is not null)
        {
            claims["ath"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
        }

        change?.Invoke(claims);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = type,
            AdditionalHeaderClaims = new Dictionary<string, object>
            {
                ["jwk"] = new Dictionary<string, object>
                {
                    ["kty"] = "EC",
                    ["crv"] = "P-256",
                    ["x"] = Base64Url.EncodeToString(point.X),
                    ["y"] = Base64Url.EncodeToString(point.Y),
                },
            },
            Claims = claims,
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256),
        });
    }
}
