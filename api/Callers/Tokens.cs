using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Api.Problems;

namespace Platform.Api.Callers;

/// <summary>Access tokens: one scheme for each trusted issuer, chosen by the token's <c>iss</c>, which is proved by that issuer's keys alone.</summary>
static class Tokens
{
    public const string Audience = "urn:platform:api";
    const string Scheme = "Token";
    const string NoIssuer = "no-issuer";

    static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
    static readonly string[] Algorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSha256];

    public static string SchemeOf(string issuer) => $"issuer {issuer.TrimEnd('/')}";

    public static void AddTokens(this IServiceCollection services, IEnumerable<TrustedIssuer> issuers)
    {
        var schemes = new HashSet<string>();
        services.AddSingleton<ValidatedTokens>();
        var authentication = services.AddAuthentication(Scheme)
            .AddScheme<AuthenticationSchemeOptions, UnknownIssuer>(NoIssuer, null)
            .AddPolicyScheme(Scheme, null, policy => policy.ForwardDefaultSelector = context => Select(context, schemes));
        foreach (var issuer in issuers.Where(issuer => schemes.Add(SchemeOf(issuer.Issuer))))
        {
            authentication.AddJwtBearer(SchemeOf(issuer.Issuer), options => Trust(options, issuer));
        }
    }

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

    static string Select(HttpContext context, HashSet<string> schemes)
    {
        if (PresentedToken.Of(context).Text is not { Length: > 0 } token)
        {
            return NoIssuer;
        }

        return context.RequestServices.GetRequiredService<ValidatedTokens>().SchemeOf(token)
            ?? (IssuerOf(token) is { } issuer && schemes.Contains(SchemeOf(issuer)) ? SchemeOf(issuer) : NoIssuer);
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
            ClockSkew = Skew,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
        };
        options.Events = new JwtBearerEvents
        {
            OnMessageReceived = context => Recognise(context, issuer),
            OnTokenValidated = context => Accept(context, issuer),
            OnAuthenticationFailed = TellWhetherKeysAreThere,
        };
    }

    static async Task Recognise(MessageReceivedContext context, TrustedIssuer issuer)
    {
        context.Token = PresentedToken.Of(context.HttpContext).Text;
        var keys = await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        if (context.HttpContext.RequestServices.GetRequiredService<ValidatedTokens>().Find(context.Token, keys) is { } known)
        {
            Admit(context.HttpContext, known.Claims, issuer);
            context.Principal = known.Principal;
            context.Success();
        }

        context.HttpContext.Items[typeof(ValidatedTokens)] = keys;
    }

    static async Task Accept(TokenValidatedContext context, TrustedIssuer issuer)
    {
        if (context.Principal is null || TokenClaims.Read(context.Principal) is not { } claims)
        {
            context.Fail(new TokenRefusedException(ErrorCodes.TokenInvalid));
            return;
        }

        if (!issuer.Kinds.Contains(claims.Kind) || (claims.SpeaksOfPerson && !issuer.Kinds.Contains(CallerKind.Person)))
        {
            context.Fail(new TokenRefusedException(ErrorCodes.TokenIssuerUntrusted));
            return;
        }

        Admit(context.HttpContext, claims, issuer);
        // While the keys were fetched anew nobody knows which of them were used.
        var keys = await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        if (ReferenceEquals(keys, context.HttpContext.Items[typeof(ValidatedTokens)]))
        {
            context.HttpContext.RequestServices.GetRequiredService<ValidatedTokens>().Keep(
                PresentedToken.Of(context.HttpContext).Text,
                new ValidatedToken(context.Scheme.Name, context.Principal, claims, keys, context.SecurityToken.ValidTo + Skew));
        }
    }

    static void Admit(HttpContext context, TokenClaims claims, TrustedIssuer issuer)
    {
        context.Features.Set(claims);
        context.Features.Set(issuer);
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
