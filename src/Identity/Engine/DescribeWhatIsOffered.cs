using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Identity.Clients;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine;

/// <summary>The discovery document names our public address, whatever host a request came by, and nothing that we do not do.</summary>
sealed class DescribeWhatIsOffered : IOpenIddictServerHandler<HandleConfigurationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleConfigurationRequestContext>()
            .UseSingletonHandler<DescribeWhatIsOffered>()
            .SetOrder(OpenIddictServerHandlers.Discovery.AttachAdditionalMetadata.Descriptor.Order + 1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        context.TokenEndpoint = new Uri(context.Options.Issuer!, EngineSetup.TokenPath);
        context.JsonWebKeySetEndpoint = new Uri(context.Options.Issuer!, EngineSetup.KeysPath);
        context.Metadata["token_endpoint_auth_signing_alg_values_supported"] = new OpenIddictParameter([.. ClientKeys.Algorithms]);

        // These describe how people log in.
        context.Claims.Clear();
        context.SubjectTypes.Clear();
        context.PromptValues.Clear();
        context.IdTokenSigningAlgorithms.Clear();
        context.Metadata.Remove("claims_parameter_supported");
        context.Metadata.Remove("request_parameter_supported");
        context.Metadata.Remove("request_uri_parameter_supported");
        context.Metadata.Remove("authorization_response_iss_parameter_supported");
        return ValueTask.CompletedTask;
    }
}
