using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Microsoft.Net.Http.Headers;
using Platform.Api.Problems;

namespace Platform.Api.Callers;

/// <summary>Access tokens: one scheme for each trusted issuer, chosen by the token's <c>iss</c>, which is proved by that issuer's keys alone.</summary>
static class Tokens
{
    public const string Audience = "urn:platform:api";
    const string Scheme = "Bearer";
    const string NoIssuer = "no-issuer";

    static readonly string[] Algorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSha256];

    public static string SchemeOf(string issuer) => $"issuer {issuer.TrimEnd('/')}";

    public static void AddTokens(this IServiceCollection services, IEnumerable<TrustedIssuer> issuers)
    {
        var schemes = new HashSet<string>();
        var authentication = services.AddAuthentication(Scheme)
            .AddScheme<AuthenticationSchemeOptions, UnknownIssuer>(NoIssuer, null)
            .AddPolicyScheme(Scheme, null, policy => policy.ForwardDefaultSelector = context => Select(context, schemes));
        foreach (var issuer in issuers.Where(issuer => schemes.Add(SchemeOf(issuer.Issuer))))
        {
            authentication.AddJwtBearer(SchemeOf(issuer.Issuer), options => Trust(options, issuer));
        }
    }

    static string Select(HttpContext context, HashSet<string> schemes) =>
        BearerToken(context) is { } token && IssuerOf(token) is { } issuer && schemes.Contains(SchemeOf(issuer)) ? SchemeOf(issuer) : NoIssuer;

    internal static string? BearerToken(HttpContext context) =>
        context.Request.Headers[HeaderNames.Authorization] is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header["Bearer ".Length..].Trim()
            : null;

    internal static string? IssuerOf(string token)
    {
        try
        {
            return new JsonWebToken(token).Issuer;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    static void Trust(JwtBearerOptions options, TrustedIssuer issuer)
    {
        options.MetadataAddress = issuer.Metadata?.AbsoluteUri ?? "";
        options.RequireHttpsMetadata = issuer.Metadata is not { IsLoopback: true };
        // A key that appears out of turn, after a loss, counts within seconds.
        options.AutomaticRefreshInterval = TimeSpan.FromMinutes(10);
        options.RefreshInterval = TimeSpan.FromSeconds(10);
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            // A bare host is the same place with and without the slash.
            ValidIssuers = [issuer.Issuer.TrimEnd('/'), issuer.Issuer.TrimEnd('/') + "/"],
            ValidAudience = Audience,
            ValidTypes = ["at+jwt"],
            ValidAlgorithms = Algorithms,
            ClockSkew = TimeSpan.FromSeconds(30),
            RequireExpirationTime = true,
            RequireSignedTokens = true,
        };
        var kinds = issuer.Kinds.ToHashSet();
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = context => Accept(context, kinds),
            OnAuthenticationFailed = TellWhetherKeysAreThere,
        };
    }

    static Task Accept(TokenValidatedContext context, HashSet<CallerKind> kinds)
    {
        if (context.Principal is null || TokenClaims.Read(context.Principal) is not { } claims)
        {
            context.Fail(new TokenRefusedException(ErrorCodes.TokenInvalid));
        }
        else if (!kinds.Contains(claims.Kind))
        {
            context.Fail(new TokenRefusedException(ErrorCodes.TokenIssuerUntrusted));
        }
        else
        {
            context.HttpContext.Features.Set(claims);
        }

        return Task.CompletedTask;
    }

    // A token cannot be blamed while its issuer's keys cannot be had.
    static async Task TellWhetherKeysAreThere(AuthenticationFailedContext context)
    {
        try
        {
            await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        }
        catch (InvalidOperationException)
        {
            context.Fail(new TokenRefusedException(ErrorCodes.Unavailable));
        }
    }
}
