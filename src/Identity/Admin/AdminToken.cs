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
using Platform.Identity.Audit;
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
    SessionReference references, Subjects subjects, IOptions<IdentityOptions> identity, IdentityAudit audit, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logging, encoder)
{
    public const string SchemeName = "admin";
    const string Bearer = "Bearer ";
    const string InvalidToken = OpenIddictConstants.Errors.InvalidToken;

    /// <summary>RFC 9470.</summary>
    const string LevelTooLow = "insufficient_user_authentication";

    const int NeededLevel = 2;

    (string Error, string Told)? _refusal;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header])
        {
            return AuthenticateResult.NoResult();
        }
        var isProved = header.StartsWith(TokenChallenge.Dpop, StringComparison.OrdinalIgnoreCase);
        if (!isProved && !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }
        var text = header[(isProved ? TokenChallenge.Dpop : Bearer).Length..].Trim();
        if (await Validate(text) is not { } token)
        {
            return Refuse(InvalidToken, "The access token is not valid here.");
        }
        var (key, wrongProof) = isProved ? await proofs.Accept(Request, Request.Path, DpopProof.HashOf(text), Context.RequestAborted) : (null, null);
        if (wrongProof is { } proof)
        {
            return Refuse(proof.Error, proof.Description);
        }
        if (!Fits(token, key) || references.Read(new ClaimsPrincipal(new ClaimsIdentity(token.Claims))) is not { } reference)
        {
            return Refuse(InvalidToken, "The access token is bound to a key that this request does not show, or is not about a person.");
        }
        if (await reference.Live(accounts, token.GetPayloadValue<string>("client_id")) is not { } session)
        {
            return Refuse(InvalidToken, "The session has ended.");
        }
        if (session.Level < NeededLevel)
        {
            return Refuse(LevelTooLow, "Log in with level 2.");
        }
        var caller = new ClaimsIdentity(SchemeName);
        caller.AddClaim(new Claim(PersonToken.PersonalId, reference.Number.Reveal()));
        caller.AddClaim(new Claim(OpenIddictConstants.Claims.Subject, subjects.Of(Subjects.ApiSector, reference.Number)));
        caller.AddClaims(session.Roles.Select(role => new Claim(PersonToken.Roles, role)));
        caller.AddClaims(token.GetPayloadValue<string>("scope").Split(' ').Select(scope => new Claim("scope", scope)));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(caller), SchemeName));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        audit.AdminRefused("unauthenticated");
        await base.HandleChallengeAsync(properties);
        TokenChallenge.Write(Context, _refusal?.Error, _refusal?.Told);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        audit.AdminRefused("forbidden");
        await base.HandleForbiddenAsync(properties);
        TokenChallenge.Write(Context, OpenIddictConstants.Errors.InsufficientScope, "The person lacks the role for this, or the token the scope.");
    }

    AuthenticateResult Refuse(string error, string told)
    {
        _refusal = (error, told);
        return AuthenticateResult.Fail(told);
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

    static bool Fits(JsonWebToken token, string? key) =>
        token.TryGetPayloadValue<string>(PersonToken.Confirmation, out var binding)
            ? JsonNode.Parse(binding)?["jkt"]?.GetValue<string>() is { } bound && bound == key
            : key is null;
}
