using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Contracts;
using Platform.Hosting.Dpop;
using Platform.Identity.Clients;
using Platform.Identity.Engine.People;
using Platform.Identity.Sessions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine;

/// <summary>The discovery document names our public address, whatever host a request came by, and nothing that we do not do.</summary>
sealed class DescribeWhatIsOffered(IOptions<IdentityOptions> identity) : IOpenIddictServerHandler<HandleConfigurationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleConfigurationRequestContext>()
            .UseSingletonHandler<DescribeWhatIsOffered>()
            .SetOrder(OpenIddictServerHandlers.Discovery.AttachAdditionalMetadata.Descriptor.Order + 1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        Uri At(string path) => new(context.Options.Issuer!, path);
        context.AuthorizationEndpoint = At(EngineSetup.AuthorizePath);
        context.PushedAuthorizationEndpoint = At(EngineSetup.PushPath);
        context.TokenEndpoint = At(EngineSetup.TokenPath);
        context.UserInfoEndpoint = At(EngineSetup.UserInfoPath);
        context.IntrospectionEndpoint = At(EngineSetup.IntrospectPath);
        context.RevocationEndpoint = At(EngineSetup.RevokePath);
        context.EndSessionEndpoint = At(EngineSetup.EndSessionPath);
        context.JsonWebKeySetEndpoint = At(EngineSetup.KeysPath);

        if (identity.Value.Mtls is { Port: > 0, PublicAddress: { } address })
        {
            context.MtlsTokenEndpointAlias = new Uri(address, EngineSetup.TokenPath);
            context.MtlsPushedAuthorizationEndpointAlias = new Uri(address, EngineSetup.PushPath);
            context.MtlsUserInfoEndpointAlias = new Uri(address, EngineSetup.UserInfoPath);
            context.MtlsIntrospectionEndpointAlias = new Uri(address, EngineSetup.IntrospectPath);
            context.MtlsRevocationEndpointAlias = new Uri(address, EngineSetup.RevokePath);
            context.TlsClientCertificateBoundAccessTokens = true;
            if (identity.Value.Mtls.ClientAuthorities is not null)
            {
                context.TokenEndpointAuthenticationMethods.Add(ClientAuthenticationMethods.TlsClientAuth);
                context.PushedAuthorizationEndpointAuthenticationMethods.Add(ClientAuthenticationMethods.TlsClientAuth);
            }
        }
        else
        {
            context.TlsClientCertificateBoundAccessTokens = false;
        }

        // A public client names itself and proves nothing.
        context.TokenEndpointAuthenticationMethods.Add(ClientAuthenticationMethods.None);
        context.Claims.Clear();
        context.Claims.UnionWith([
            Claims.Subject, PersonToken.SessionId, Claims.AuthenticationContextReference, Claims.AuthenticationMethodReference, PersonToken.AuthTime,
            .. IdentityClaims.All,
        ]);
        Add(context, "token_endpoint_auth_signing_alg_values_supported", [.. ClientKeys.Algorithms]);
        Add(context, "dpop_signing_alg_values_supported", [.. DpopProof.Algorithms]);
        Add(context, "acr_values_supported", [.. IdentityLevels.All]);
        Add(context, "ui_locales_supported", ["vi", "en"]);
        Add(context, "authorization_details_types_supported", [ConsentDetails.Type]);
        context.Metadata["backchannel_logout_supported"] = true;
        context.Metadata["backchannel_logout_session_supported"] = true;
        return ValueTask.CompletedTask;
    }

    static void Add(HandleConfigurationRequestContext context, string name, ImmutableArray<string?> values) => context.Metadata[name] = new OpenIddictParameter(values);
}
