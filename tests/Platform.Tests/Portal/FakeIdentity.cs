using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Tests.Portal;

/// <summary>An identity server as a relying party sees one: what it was sent is kept, and every answer can be bent.</summary>
internal sealed class FakeIdentity(Uri issuer, TimeProvider clock)
{
    readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly ConcurrentDictionary<string, Dictionary<string, string>> _pushed = new();
    readonly ConcurrentDictionary<string, string> _codes = new();
    readonly ConcurrentDictionary<string, bool> _refresh = new();
    int _count;

    public ConcurrentQueue<Dictionary<string, string>> TokenRequests { get; } = new();

    public ConcurrentQueue<Dictionary<string, string>> Pushed { get; } = new();

    /// <summary>If false, nobody answers.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>True while a person is logged in here, so that a silent login works.</summary>
    public bool HasSession { get; set; } = true;

    public string Level { get; set; } = "urn:vn:eid:level:2";

    public Action<Dictionary<string, object>> SpoilIdToken { get; set; } = _ => { };

    /// <summary>The error with which token exchanges are refused; null if they work.</summary>
    public string? RefuseExchange { get; set; }

    public SemaphoreSlim? HoldTokens { get; set; }

    /// <summary>Plays a browser that comes with a pushed request: the address to which it is sent back.</summary>
    public string Authorize(string address, Func<Dictionary<string, string>, Dictionary<string, string>>? bend = null)
    {
        var asked = HttpUtility.ParseQueryString(new Uri(address).Query);
        var request = _pushed[asked["request_uri"]!];
        var answer = new Dictionary<string, string> { ["state"] = request["state"], ["iss"] = issuer.AbsoluteUri };
        if (request.GetValueOrDefault("prompt") == "none" && !HasSession)
        {
            answer["error"] = "login_required";
        }
        else
        {
            HasSession = true;
            var code = Next("code");
            _codes[code] = request["nonce"];
            answer["code"] = code;
        }
        answer = bend?.Invoke(answer) ?? answer;
        return request["redirect_uri"] + "?" + string.Join('&', answer.Select(pair => $"{pair.Key}={HttpUtility.UrlEncode(pair.Value)}"));
    }

    /// <summary>Ends everything that came from logins so far, as an ended session does.</summary>
    public void EndFamilies() => _refresh.Clear();

    public async Task<HttpResponseMessage> Answer(HttpRequestMessage request)
    {
        if (!IsUp)
        {
            throw new HttpRequestException("Nobody is there.");
        }
        var form = request.Content is null ? [] : Read(await request.Content.ReadAsStringAsync());
        return request.RequestUri!.AbsolutePath switch
        {
            "/.well-known/openid-configuration" => Json(Metadata()),
            "/jwks" => Json(Keys()),
            "/par" => Push(form),
            "/token" => await Token(form),
            _ => new HttpResponseMessage(HttpStatusCode.NotFound),
        };
    }

    HttpResponseMessage Push(Dictionary<string, string> form)
    {
        var name = Next("urn:request");
        _pushed[name] = form;
        Pushed.Enqueue(form);
        return Json(new JsonObject { ["request_uri"] = name, ["expires_in"] = 60 }, HttpStatusCode.Created);
    }

    async Task<HttpResponseMessage> Token(Dictionary<string, string> form)
    {
        TokenRequests.Enqueue(form);
        if (HoldTokens is { } gate)
        {
            await gate.WaitAsync();
        }
        if (form["grant_type"].EndsWith(":token-exchange", StringComparison.Ordinal))
        {
            return RefuseExchange is { } refusal
                ? Json(new JsonObject { ["error"] = refusal }, HttpStatusCode.BadRequest)
                : Json(new JsonObject { ["access_token"] = Next("acting"), ["token_type"] = "DPoP", ["expires_in"] = 300, ["issued_token_type"] = "urn:ietf:params:oauth:token-type:access_token" });
        }
        string? nonce = null;
        if (form["grant_type"] == "authorization_code" ? !_codes.TryRemove(form["code"], out nonce) : !_refresh.TryRemove(form["refresh_token"], out _))
        {
            // A second use ends the whole family.
            EndFamilies();
            return Json(new JsonObject { ["error"] = "invalid_grant" }, HttpStatusCode.BadRequest);
        }
        var refresh = Next("refresh");
        _refresh[refresh] = true;
        return Json(new JsonObject
        {
            ["access_token"] = Next("access"),
            ["token_type"] = "DPoP",
            ["expires_in"] = 300,
            ["refresh_token"] = refresh,
            ["id_token"] = IdToken(form["client_id"], nonce),
        });
    }

    string IdToken(string client, string? nonce)
    {
        var now = clock.GetUtcNow();
        var claims = new Dictionary<string, object> { ["sub"] = "pairwise-1", ["acr"] = Level, ["sid"] = "sid-1" };
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }
        SpoilIdToken(claims);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer.AbsoluteUri,
            Audience = client,
            IssuedAt = now.UtcDateTime,
            Expires = now.AddMinutes(5).UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_key) { KeyId = "k1" }, SecurityAlgorithms.EcdsaSha256),
        });
    }

    JsonObject Metadata() => new()
    {
        ["issuer"] = issuer.AbsoluteUri,
        ["authorization_endpoint"] = issuer + "authorize",
        ["pushed_authorization_request_endpoint"] = issuer + "par",
        ["token_endpoint"] = issuer + "token",
        ["end_session_endpoint"] = issuer + "end",
        ["jwks_uri"] = issuer + "jwks",
    };

    JsonObject Keys()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["kid"] = "k1",
                ["x"] = Base64UrlEncoder.Encode(point.X),
                ["y"] = Base64UrlEncoder.Encode(point.Y),
            }),
        };
    }

    // As long as real ones are, so that cookies are in parts.
    string Next(string what) => $"{what}-{Interlocked.Increment(ref _count)}{(what is "access" or "refresh" ? "-" + Convert.ToHexString(RandomNumberGenerator.GetBytes(2000)) : "")}";

    static Dictionary<string, string> Read(string text)
    {
        var form = HttpUtility.ParseQueryString(text);
        return form.AllKeys.ToDictionary(key => key!, key => form[key]!);
    }

    static HttpResponseMessage Json(JsonObject body, HttpStatusCode status = HttpStatusCode.OK) => new(status) { Content = JsonContent.Create(body) };
}
