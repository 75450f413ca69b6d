using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Platform.Hosting;
using Platform.Identity.Audit;
using Platform.Identity.Pages.Shell;
using Platform.Identity.Sessions;

namespace Platform.Identity.Upstream;

/// <summary>The framework's OpenID Connect handler as a client of the upstream provider: code flow, PKCE, pushed requests where they are offered, private_key_jwt.</summary>
static class UpstreamLogin
{
    public const string Scheme = "upstream";
    public const string Cookie = "upstream-answer";
    const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    static readonly TimeSpan AssertionTime = TimeSpan.FromMinutes(1);

    public static void AddUpstream(this WebApplicationBuilder builder)
    {
        builder.Services.AddCheckedOptions<UpstreamOptions>("Identity:Upstream");
        var upstream = builder.Configuration.GetSection("Identity:Upstream").Get<UpstreamOptions>() ?? new UpstreamOptions();
        if (!upstream.IsConfigured)
        {
            return;
        }
        builder.Services.AddAuthentication()
            .AddCookie(Cookie)
            .AddOpenIdConnect(Scheme, client => Configure(client, upstream));
        builder.Services.AddOptions<CookieAuthenticationOptions>(Cookie).Configure<IOptions<IdentityOptions>>((cookie, identity) =>
        {
            cookie.Cookie.Name = SafeCookies.Name("eid-upstream", identity.Value);
            cookie.Cookie.SecurePolicy = Secure(identity.Value);
            cookie.ExpireTimeSpan = TimeSpan.FromMinutes(5);
        });
        builder.Services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<IOptions<IdentityOptions>>((client, identity) =>
        {
            // The answer comes by a link, so these need not be sent with other sites' requests; and on a loopback without TLS they must still be kept.
            client.CorrelationCookie.SameSite = client.NonceCookie.SameSite = SameSiteMode.Lax;
            client.CorrelationCookie.SecurePolicy = client.NonceCookie.SecurePolicy = Secure(identity.Value);
            client.Events.OnRedirectToIdentityProvider = redirect =>
            {
                redirect.ProtocolMessage.RedirectUri = new Uri(identity.Value.Issuer!, redirect.Options.CallbackPath).AbsoluteUri;
                return Task.CompletedTask;
            };
        });
    }

    static CookieSecurePolicy Secure(IdentityOptions identity) =>
        identity.Issuer!.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;

    static void Configure(OpenIdConnectOptions client, UpstreamOptions upstream)
    {
        client.Authority = upstream.Authority!.OriginalString;
        client.RequireHttpsMetadata = upstream.Authority.Scheme == Uri.UriSchemeHttps;
        client.ClientId = upstream.ClientId;
        client.SignInScheme = Cookie;
        client.CallbackPath = "/upstream/callback";
        client.ResponseType = OpenIdConnectResponseType.Code;
        client.ResponseMode = OpenIdConnectResponseMode.Query;
        client.UsePkce = true;
        client.MapInboundClaims = false;
        client.SaveTokens = false;
        client.GetClaimsFromUserInfoEndpoint = true;
        // The handler drops these by default, as if nobody needed to know who vouched for what.
        client.ClaimActions.Remove("acr");
        client.ClaimActions.Remove("iss");
        client.ClaimActions.MapUniqueJsonKey(upstream.NumberClaim, upstream.NumberClaim);
        client.ClaimActions.MapUniqueJsonKey(upstream.LevelClaim, upstream.LevelClaim);
        client.Scope.Clear();
        foreach (var scope in upstream.Scopes.Prepend("openid").Distinct())
        {
            client.Scope.Add(scope);
        }
        // Some providers say at which level they checked only to those who ask for one.
        client.AdditionalAuthorizationParameters["acr_values"] = string.Join(' ', upstream.Levels.OrderByDescending(level => level.Value).Select(level => level.Key));
        client.Events.OnMessageReceived = CheckIssuer;
        client.Events.OnPushAuthorization = async pushed =>
        {
            await Authenticate(pushed.ProtocolMessage, pushed.Options, upstream, pushed.HttpContext);
            pushed.HandleClientAuthentication();
        };
        client.Events.OnAuthorizationCodeReceived = received => Authenticate(received.TokenEndpointRequest!, received.Options, upstream, received.HttpContext);
        client.Events.OnRemoteFailure = failed =>
        {
            failed.HttpContext.RequestServices.GetRequiredService<IdentityAudit>().UpstreamFailed(failed.Failure?.GetType().Name ?? "refused");
            failed.HandleResponse();
            failed.Response.Redirect($"{Addresses.Error}?code=upstream_failed");
            return Task.CompletedTask;
        };
    }

    // RFC 9207: an answer that names another issuer is an answer to somebody else, and so is one without a name from who says that it gives it.
    static async Task CheckIssuer(MessageReceivedContext context)
    {
        var provider = await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        if (context.ProtocolMessage.Iss is { } named ? named != provider.Issuer : provider.AuthorizationResponseIssParameterSupported)
        {
            context.Fail("The answer does not name the issuer that was asked.");
        }
    }

    static async Task Authenticate(OpenIdConnectMessage message, OpenIdConnectOptions client, UpstreamOptions upstream, HttpContext http)
    {
        using var key = upstream.Key() ?? throw new InvalidOperationException("The upstream key has become unreadable.");
        var provider = await client.ConfigurationManager!.GetConfigurationAsync(http.RequestAborted);
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        message.ClientAssertionType = AssertionType;
        message.ClientAssertion = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = client.ClientId,
            Audience = provider.Issuer,
            Claims = new Dictionary<string, object> { ["sub"] = client.ClientId!, ["jti"] = Guid.NewGuid().ToString("N") },
            IssuedAt = now,
            NotBefore = now,
            Expires = now + AssertionTime,
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key), SecurityAlgorithms.EcdsaSha256)
            {
                // The key is gone after this call, so nothing made from it may be kept.
                CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
            },
        });
    }
}
