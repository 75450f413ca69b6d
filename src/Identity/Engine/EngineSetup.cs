using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using Platform.Identity.Clients;
using Platform.Identity.Keys;
using Platform.Identity.Storage;

namespace Platform.Identity.Engine;

/// <summary>OpenIddict as we use it: what is offered, and which of its steps are replaced by ours.</summary>
static class EngineSetup
{
    public const string TokenPath = "/connect/token";
    public const string KeysPath = "/.well-known/jwks";

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
        services.AddOptions<OpenIddictServerOptions>().Configure<IOptions<IdentityOptions>>((server, identity) =>
            server.Issuer = identity.Value.Issuer);
        services.AddOptions<OpenIddictServerAspNetCoreOptions>().Configure<IOptions<IdentityOptions>>((server, identity) =>
            server.DisableTransportSecurityRequirement = !identity.Value.RequireHttps || identity.Value.Issuer?.Scheme == Uri.UriSchemeHttp);
    }

    static void Configure(OpenIddictServerBuilder server)
    {
        server.SetTokenEndpointUris(TokenPath)
            .SetJsonWebKeySetEndpointUris(KeysPath)
            .AllowClientCredentialsFlow()
            .SetAccessTokenLifetime(TokenLifetime.Access)
            .DisableAccessTokenEncryption();

        // OpenIddict wants a key for codes and refresh tokens. This server issues neither, so nothing is ever encrypted with it.
        server.AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)));

        // Before what follows, because it offers client_secret_basic.
        server.UseAspNetCore();
        server.Configure(options =>
        {
            options.ClientAuthenticationMethods.Clear();
            options.ClientAuthenticationMethods.Add(OpenIddictConstants.ClientAuthenticationMethods.PrivateKeyJwt);
            options.ClientAssertionTypes.Clear();
            options.ClientAssertionTypes.Add(OpenIddictConstants.ClientAssertionTypes.JwtBearer);
            options.Scopes.Clear();
            options.Scopes.UnionWith(SectorScopes.All);
        });

        server.RemoveEventHandler(OpenIddictServerHandlers.ValidateClientAssertion.Descriptor)
            .RemoveEventHandler(OpenIddictServerHandlers.ValidateClientAssertionWellknownClaims.Descriptor)
            .RemoveEventHandler(OpenIddictServerHandlers.ValidateClientAssertionIssuer.Descriptor)
            .AddEventHandler(RequireAssertion.Descriptor)
            .AddEventHandler(AuthenticateByAssertion.Descriptor)
            .RemoveEventHandler(OpenIddictServerHandlers.Exchange.ValidateScopePermissions.Descriptor)
            .AddEventHandler(RefuseUnregisteredScopes.Descriptor)
            .AddEventHandler(GrantMachineToken.Descriptor)
            .AddEventHandler(SkipTokenRow.Descriptor)
            .AddEventHandler(StripPrivateClaims.Descriptor)
            .AddEventHandler(DescribeWhatIsOffered.Descriptor)
            .AddEventHandler(LetKeysBeCached.Descriptor);

    }
}
