using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Platform.EndToEnd.Logins;

/// <summary>A web site as most would build it here: ASP.NET Core's cookie and OpenID Connect handlers, a page, a page for level 2, refresh, logout in both directions.</summary>
internal sealed class WebRelyingParty : IAsyncDisposable
{
    public const string Level2 = "urn:vn:eid:level:2";
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConcurrentDictionary<string, bool> _ended = [];
    private readonly ConcurrentDictionary<string, bool> _keys = [];
    private readonly string _clientId;
    private readonly string _identity;
    private readonly WebApplication _app;

    private WebRelyingParty(string clientId, string identity, int port)
    {
        (_clientId, _identity) = (clientId, identity);
        Address = $"http://localhost:{port}/";
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddRoutingCore().AddLogging(logging => logging.SetMinimumLevel(LogLevel.None)).AddDataProtection();
        builder.Services.AddAuthorization().AddAuthentication(options => (options.DefaultScheme, options.DefaultChallengeScheme) = ("site", "eid"))
            .AddCookie("site", cookie =>
            {
                cookie.Cookie.Name = clientId;
                cookie.Cookie.SecurePolicy = CookieSecurePolicy.None;
                cookie.Events.OnValidatePrincipal = Check;
            })
            .AddOpenIdConnect("eid", Configure);
        _app = builder.Build();
        _app.UseRouting().UseAuthentication().UseAuthorization();
        Map();
    }

    public string Address { get; }

    /// <summary>Ends when a logout was announced here and was genuine.</summary>
    public TaskCompletionSource LoggedOut { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when identity tokens of two signing keys were accepted here.</summary>
    public TaskCompletionSource SawNextKey { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Registers it by the command of the identity server, as an operator would, and starts it.</summary>
    public static async Task<WebRelyingParty> Start(
        ProvinceProcess province, string clientId, string identity, CancellationToken ct, Dictionary<string, string>? settings = null)
    {
        var site = new WebRelyingParty(clientId, identity, ProvinceProcess.FreeBasePort());
        var form = Path.Combine(province.Data, clientId + ".json");
        await File.WriteAllTextAsync(form, JsonSerializer.Serialize(site.Registration()), ct);
        var (code, output) = await ProvinceProcess.Run("Platform.Identity", settings ?? province.Settings(), "", "register-party", form);
        Assert.True(code == 0, output);
        await site._app.StartAsync(ct);
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private object Registration()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var key = new { kty = "EC", crv = "P-256", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y), use = "sig", alg = "ES256", kid = "site" };
        return new
        {
            clientId = _clientId,
            nameVi = "Trang của sở",
            nameEn = "A department's site",
            redirectUris = new[] { Address + "signin-oidc" },
            postLogoutRedirectUris = new[] { Address + "signout-callback-oidc" },
            backChannelLogoutUri = Address + "logged-out",
            jwks = JsonSerializer.Serialize(new { keys = new[] { key } }),
            scopes = new[] { "openid", "offline_access" },
            // The framework's handler signs no proofs of possession.
            senderConstrained = false,
        };
    }

    private void Configure(OpenIdConnectOptions client)
    {
        client.Authority = _identity;
        client.RequireHttpsMetadata = false;
        client.ClientId = _clientId;
        client.ResponseType = OpenIdConnectResponseType.Code;
        client.ResponseMode = OpenIdConnectResponseMode.Query;
        client.PushedAuthorizationBehavior = PushedAuthorizationBehavior.Require;
        client.MapInboundClaims = false;
        client.SaveTokens = true;
        client.GetClaimsFromUserInfoEndpoint = true;
        client.ClaimActions.Remove("acr");
        client.Scope.Clear();
        client.Scope.Add("openid");
        client.Scope.Add("offline_access");
        client.CorrelationCookie.SameSite = client.NonceCookie.SameSite = SameSiteMode.Lax;
        client.CorrelationCookie.SecurePolicy = client.NonceCookie.SecurePolicy = CookieSecurePolicy.None;
        client.Events.OnRedirectToIdentityProvider = redirect =>
        {
            redirect.ProtocolMessage.AcrValues = redirect.Properties.GetParameter<string>("acr");
            return Task.CompletedTask;
        };
        client.Events.OnTokenValidated = validated =>
        {
            _keys[validated.SecurityToken.Header.Kid] = true;
            if (_keys.Count > 1)
            {
                SawNextKey.TrySetResult();
            }

            return Task.CompletedTask;
        };
        client.Events.OnPushAuthorization = pushed =>
        {
            (pushed.ProtocolMessage.ClientAssertionType, pushed.ProtocolMessage.ClientAssertion) = Assertion();
            pushed.HandleClientAuthentication();
            return Task.CompletedTask;
        };
        client.Events.OnAuthorizationCodeReceived = received =>
        {
            (received.TokenEndpointRequest!.ClientAssertionType, received.TokenEndpointRequest.ClientAssertion) = Assertion();
            return Task.CompletedTask;
        };
    }

    private void Map()
    {
        _app.MapGet("/me", (ClaimsPrincipal me) => $"{me.FindFirstValue("acr")} {me.FindFirstValue("sub")}").RequireAuthorization();
        _app.MapGet("/level-2", (HttpContext http) => http.User.FindFirstValue("acr") == Level2
            ? Results.Text("level 2")
            : Results.Challenge(Returning("/level-2", Level2), ["eid"])).RequireAuthorization();
        _app.MapGet("/refresh", Refresh).RequireAuthorization();
        _app.MapGet("/logout", () => Results.SignOut(Returning("/bye", null), ["site", "eid"])).RequireAuthorization();
        _app.MapGet("/bye", () => "bye");
        _app.MapPost("/logged-out", EndSession);
    }

    private static AuthenticationProperties Returning(string path, string? level)
    {
        var properties = new AuthenticationProperties { RedirectUri = path };
        properties.SetParameter("acr", level);
        return properties;
    }

    private async Task<string> Refresh(HttpContext http, CancellationToken ct)
    {
        using var client = new HttpClient();
        var (type, assertion) = Assertion();
        using var body = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = (await http.GetTokenAsync("refresh_token"))!,
            ["client_id"] = _clientId,
            ["client_assertion_type"] = type,
            ["client_assertion"] = assertion,
        });
        using var answer = await client.PostAsync(_identity + "connect/token", body, ct);
        return $"{(int)answer.StatusCode}";
    }

    // OpenID Connect Back-Channel Logout 1.0, section 2.6.
    private async Task<IResult> EndSession(HttpContext http, CancellationToken ct)
    {
        var text = (await http.Request.ReadFormAsync(ct))["logout_token"].ToString();
        var client = http.RequestServices.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<OpenIdConnectOptions>>().Get("eid");
        var provider = await client.ConfigurationManager!.GetConfigurationAsync(ct);
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer,
            ValidAudience = _clientId,
            IssuerSigningKeys = provider.SigningKeys,
            ValidTypes = ["logout+jwt"],
        });
        if (!result.IsValid || result.Claims.ContainsKey("nonce") || !result.Claims.TryGetValue("events", out var events)
            || !JsonSerializer.Serialize(events).Contains(LogoutEvent, StringComparison.Ordinal))
        {
            return Results.BadRequest();
        }

        _ended[(string)result.Claims["sid"]] = true;
        LoggedOut.TrySetResult();
        return Results.Ok();
    }

    private Task Check(CookieValidatePrincipalContext context)
    {
        if (context.Principal!.FindFirstValue("sid") is not { } session || _ended.ContainsKey(session))
        {
            context.RejectPrincipal();
        }

        return Task.CompletedTask;
    }

    private (string Type, string Assertion) Assertion()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return ("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = _clientId,
            Audience = _identity,
            Claims = new Dictionary<string, object> { ["sub"] = _clientId, ["jti"] = Guid.NewGuid().ToString("N") },
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(1),
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_key) { KeyId = "site" }, SecurityAlgorithms.EcdsaSha256),
        }));
    }
}
