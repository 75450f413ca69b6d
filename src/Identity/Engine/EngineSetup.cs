using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using Platform.Identity.Clients;
using Platform.Identity.Engine.Dpop;
using Platform.Identity.Engine.People;
using Platform.Identity.Keys;
using Platform.Identity.RelyingParties;
using Platform.Identity.Sessions;
using Platform.Identity.Storage;

namespace Platform.Identity.Engine;

/// <summary>OpenIddict as we use it: what is offered, and which of its steps are replaced by ours.</summary>
static class EngineSetup
{
    public const string TokenPath = "/connect/token";
    public const string KeysPath = "/.well-known/jwks";
    public const string AuthorizePath = "/connect/authorize";
    public const string PushPath = "/connect/par";
    public const string UserInfoPath = "/connect/userinfo";
    public const string IntrospectPath = "/connect/introspect";
    public const string RevokePath = "/connect/revoke";
    public const string EndSessionPath = "/connect/endsession";

    /// <summary>Audience of access tokens that only this server reads.</summary>
    public const string OwnAudience = "urn:platform:identity";

    public static void AddEngine(this IServiceCollection services)
    {
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IdentityDatabase>())
            .AddServer(Configure);
        services.AddSingleton<ApplicationsById>();
        services.Replace(
            ServiceDescriptor.Scoped<IOpenIddictApplicationCache<OpenIddictEntityFrameworkCoreApplication>, CachedApplications>());
        services.AddSingleton<PublishedSigningKeys>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(provider => provider.GetRequiredService<PublishedSigningKeys>());
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(
            provider => provider.GetRequiredService<PublishedSigningKeys>());
        services.AddOptions<OpenIddictServerOptions>().Configure<IOptions<IdentityOptions>, SharedSecrets>((server, identity, secrets) =>
        {
            server.Issuer = identity.Value.Issuer;
            server.EncryptionCredentials.Add(new EncryptingCredentials(
                new SymmetricSecurityKey(secrets.Get(SharedSecrets.Tokens).ToArray()), SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
        });
        services.AddSingleton<Subjects>();
        services.AddSingleton<SessionReference>();
        services.AddSingleton<PersonPrincipal>();
        services.AddSingleton<DpopNonces>();
        services.AddSingleton<DpopProofs>();
        services.AddScoped<GrantFamily>();
        services.AddOptions<OpenIddictServerAspNetCoreOptions>().Configure<IOptions<IdentityOptions>>((server, identity) =>
            server.DisableTransportSecurityRequirement = !identity.Value.RequireHttps || identity.Value.Issuer?.Scheme == Uri.UriSchemeHttp);
    }

    static void Configure(OpenIddictServerBuilder server)
    {
        server.SetTokenEndpointUris(TokenPath)
            .SetJsonWebKeySetEndpointUris(KeysPath)
            .SetAuthorizationEndpointUris(AuthorizePath)
            .SetPushedAuthorizationEndpointUris(PushPath)
            .SetUserInfoEndpointUris(UserInfoPath)
            .SetIntrospectionEndpointUris(IntrospectPath)
            .SetRevocationEndpointUris(RevokePath)
            .SetEndSessionEndpointUris(EndSessionPath)
            .AllowClientCredentialsFlow()
            .AllowAuthorizationCodeFlow()
            .AllowRefreshTokenFlow()
            .AllowTokenExchangeFlow()
            .RequireProofKeyForCodeExchange()
            .SetAccessTokenLifetime(TokenLifetime.Access)
            .SetAuthorizationCodeLifetime(TokenLifetime.Code)
            .SetIdentityTokenLifetime(TokenLifetime.Identity)
            .SetRefreshTokenLifetime(TokenLifetime.Refresh)
            .DisableSlidingRefreshTokenExpiration()
            .SetRefreshTokenReuseLeeway(TimeSpan.Zero)
            .DisableAccessTokenEncryption();

        // Before what follows, because it offers client_secret_basic.
        server.UseAspNetCore();
        server.Configure(options =>
        {
            options.ClientAuthenticationMethods.Clear();
            options.ClientAuthenticationMethods.Add(OpenIddictConstants.ClientAuthenticationMethods.PrivateKeyJwt);
            options.UseClientCertificateBoundAccessTokens = true;
            options.UseClientCertificateBoundRefreshTokens = true;
            options.ClientAssertionTypes.Clear();
            options.ClientAssertionTypes.Add(OpenIddictConstants.ClientAssertionTypes.JwtBearer);
            options.Scopes.Clear();
            options.Scopes.UnionWith([.. SectorScopes.All, .. PersonScopes.All]);
            options.RequestTokenLifetime = TokenLifetime.PushedRequest;
            options.CodeChallengeMethods.Clear();
            options.CodeChallengeMethods.Add(OpenIddictConstants.CodeChallengeMethods.Sha256);
            options.ResponseModes.Clear();
            options.ResponseModes.Add(OpenIddictConstants.ResponseModes.Query);
            options.SubjectTypes.Clear();
            options.SubjectTypes.Add(OpenIddictConstants.SubjectTypes.Pairwise);
            options.SubjectTokenTypes.Clear();
            options.SubjectTokenTypes.Add(OpenIddictConstants.TokenTypeIdentifiers.AccessToken);
            options.ActorTokenTypes.Clear();
            options.RequestedTokenTypes.Clear();
            options.RequestedTokenTypes.Add(OpenIddictConstants.TokenTypeIdentifiers.AccessToken);
            options.DefaultRequestedTokenType = OpenIddictConstants.TokenTypeIdentifiers.AccessToken;
        });

        server.RemoveEventHandler(OpenIddictServerHandlers.ValidateClientAssertion.Descriptor)
            .RemoveEventHandler(OpenIddictServerHandlers.ValidateClientAssertionWellknownClaims.Descriptor)
            .RemoveEventHandler(OpenIddictServerHandlers.ValidateClientAssertionIssuer.Descriptor)
            .AddEventHandler(RequireAssertion.Descriptor)
            .AddEventHandler(AuthenticateByAssertion.Descriptor)
            .AddEventHandler(OpenIddictServerAspNetCoreHandlers.ExtractClientCertificate<OpenIddictServerEvents.ExtractPushedAuthorizationRequestContext>.Descriptor)
            .RemoveEventHandler(OpenIddictServerHandlers.ValidateClientCertificate.Descriptor)
            .AddEventHandler(AuthenticateByCertificate.Descriptor)
            .RemoveEventHandler(OpenIddictServerHandlers.Exchange.ValidateScopePermissions.Descriptor)
            .AddEventHandler(RefuseUnregisteredScopes.Descriptor)
            .AddEventHandler(GrantMachineToken.Descriptor)
            .AddEventHandler(SkipTokenRow.Descriptor)
            .AddEventHandler(StripPrivateClaims.Descriptor)
            .AddEventHandler(DescribeWhatIsOffered.Descriptor)
            .AddEventHandler(LetKeysBeCached.Descriptor);
        foreach (var descriptor in AuditOutcomes.Descriptors)
        {
            server.AddEventHandler(descriptor);
        }
        AddPeople(server);
    }

    static void AddPeople(OpenIddictServerBuilder server) => server
        .AddEventHandler(ResumeInteraction.Descriptor)
        .AddEventHandler(ResumeLogout.Descriptor)
        .RemoveEventHandler(OpenIddictServerHandlers.Authentication.ValidatePushedAuthorizationRequestsRequirement.Descriptor)
        .AddEventHandler(RequirePushedRequest.Descriptor)
        .AddEventHandler(CheckAsk.PushedDescriptor)
        .AddEventHandler(CheckAsk.Descriptor)
        .AddEventHandler(AuthorizePerson.Descriptor)
        .AddEventHandler(GrantPersonToken.Descriptor)
        .AddEventHandler(ExchangeForOfficial.Descriptor)
        .AddEventHandler(BindIssuedToken.Descriptor)
        .AddEventHandler(AnswerDetails.RequestDescriptor)
        .AddEventHandler(AnswerDetails.Descriptor)
        .AddEventHandler(NoticeReuse.Descriptor)
        .RemoveEventHandler(OpenIddictServerHandlers.RedeemTokenEntry.Descriptor)
        .AddEventHandler(RedeemOnce.Descriptor)
        .AddEventHandler(ShapeAccessToken.Descriptor)
        .AddEventHandler(AnswerUserInfo.Descriptor)
        .AddEventHandler(AnswerIntrospection.Descriptor)
        .RemoveEventHandler(OpenIddictServerHandlers.Revocation.RevokeToken.Descriptor)
        .AddEventHandler(AnswerRevocation.Descriptor)
        .AddEventHandler(EndPersonSession.Descriptor)
        .AddEventHandler(ShowError.Descriptor)
        .AddEventHandler(ShowError.LogoutDescriptor)
        .AddEventHandler(ProveKey.Descriptor)
        .AddEventHandler(ProveKey.PushedDescriptor)
        .AddEventHandler(PresentBoundToken.Descriptor)
        .RemoveEventHandler(OpenIddictServerAspNetCoreHandlers.AttachWwwAuthenticateHeader<OpenIddictServerEvents.ApplyUserInfoResponseContext>.Descriptor)
        .AddEventHandler(ChallengeUserInfo.Descriptor)
        .RemoveEventHandler(OpenIddictServerHandlers.Protection.ValidateProofOfPossession.Descriptor)
        .AddEventHandler(RequirePossession.Descriptor)
        .AddEventHandler(NameTokenType.Descriptor);
}
