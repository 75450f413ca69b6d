using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using Platform.Hosting.Dpop;
using Platform.Identity.Accounts;
using Platform.Identity.Engine;
using Platform.Identity.Engine.Dpop;
using Platform.Identity.Engine.People;
using Platform.Identity.Keys;
using Platform.Identity.Sessions;

namespace Platform.Identity.Admin;

/// <summary>
/// Lets officials in with an access token of this very server: signed by it, meant for it, shown by its holder, in a session of level 2 that lives at
/// this moment and with the roles that the person has at this moment.
/// </summary>
sealed class AdminToken(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logging, UrlEncoder encoder, SigningKeyRing keys, DpopProofs proofs, EidAccounts accounts,
    SessionReference references, Subjects subjects, IOptions<IdentityOptions> identity, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logging, encoder)
{
    public const string SchemeName = "admin";
    const string Dpop = "DPoP ";
    const string Bearer = "Bearer ";
    const int NeededLevel = 2;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header])
        {
            return AuthenticateResult.NoResult();
        }
        var isProved = header.StartsWith(Dpop, StringComparison.OrdinalIgnoreCase);
        if (!isProved && !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }
        var text = header[(isProved ? Dpop : Bearer).Length..].Trim();
        if (await Validate(text) is not { } token || await ProvedKey(isProved, text) is not (true, var key) || !Fits(token, key)
            || references.Read(new ClaimsPrincipal(new ClaimsIdentity(token.Claims))) is not { } reference)
        {
            return AuthenticateResult.Fail("The access token is not valid here.");
        }
        if (await reference.Live(accounts, token.GetPayloadValue<string>("client_id")) is not { } session || session.Level < NeededLevel)
        {
            return AuthenticateResult.Fail("The session has ended or is not of level 2.");
        }
        var caller = new ClaimsIdentity(SchemeName);
        caller.AddClaim(new Claim(PersonToken.PersonalId, reference.Number.Reveal()));
        caller.AddClaim(new Claim(OpenIddictConstants.Claims.Subject, subjects.Of(Subjects.ApiSector, reference.Number)));
        caller.AddClaims(session.Roles.Select(role => new Claim(PersonToken.Roles, role)));
        caller.AddClaims(token.GetPayloadValue<string>("scope").Split(' ').Select(scope => new Claim("scope", scope)));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(caller), SchemeName));
    }

    async Task<JsonWebToken?> Validate(string text)
    {
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidIssuer = identity.Value.Issuer!.AbsoluteUri,
            ValidAudience = EngineSetup.OwnAudience,
            IssuerSigningKeys = keys.Published,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = ["at+jwt"],
            LifetimeValidator = (_, expires, _, _) => expires > clock.GetUtcNow().UtcDateTime,
        });
        return result.IsValid ? (JsonWebToken)result.SecurityToken : null;
    }

    async Task<(bool Accepted, string? Key)> ProvedKey(bool isProved, string token)
    {
        if (!isProved)
        {
            return (true, null);
        }
        var (key, refusal) = await proofs.Accept(Request, Request.Path, DpopProof.HashOf(token), Context.RequestAborted);
        return (refusal is null, key);
    }

    static bool Fits(JsonWebToken token, string? key) =>
        token.TryGetPayloadValue<string>(PersonToken.Confirmation, out var binding)
            ? JsonNode.Parse(binding)?["jkt"]?.GetValue<string>() is { } bound && bound == key
            : key is null;
}
