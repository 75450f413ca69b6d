using System.Text.Json;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>
/// Tells the relying party in the token response what the person consented to (RFC 9396, section 7), after a refresh too. A token request that names
/// details of its own is refused: a consent is changed with the person and not by asking for less of it.
/// </summary>
sealed class AnswerDetails : IOpenIddictServerHandler<ValidateTokenRequestContext>, IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor RequestDescriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
            .UseSingletonHandler<AnswerDetails>()
            .SetOrder(OpenIddictServerHandlers.Exchange.ValidateGrantType.Descriptor.Order + 2)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .AddFilter<OpenIddictServerHandlerFilters.RequireAccessTokenGenerated>()
            .UseSingletonHandler<AnswerDetails>()
            .SetOrder(OpenIddictServerHandlers.AttachCustomSignInParameters.Descriptor.Order - 1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (context.Request.HasParameter(ConsentDetails.Parameter))
        {
            context.Reject(ConsentDetails.Invalid, "authorization_details belong to the authorization request; a token request cannot change them.");
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType == OpenIddictServerEndpointType.Token && context.Principal?.GetClaim(PersonToken.Details) is { } details)
        {
            context.Parameters[ConsentDetails.Parameter] = JsonElement.Parse(details);
        }
        return ValueTask.CompletedTask;
    }
}
