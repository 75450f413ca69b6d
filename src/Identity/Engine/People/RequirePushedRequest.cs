using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>Takes the place of OpenIddict's check, which does not know that a request which goes on was pushed when it began.</summary>
sealed class RequirePushedRequest(IOpenIddictApplicationManager applications) : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateAuthorizationRequestContext>()
            .UseScopedHandler<RequirePushedRequest>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidatePushedAuthorizationRequestsRequirement.Descriptor.Order)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        if (context.RequestTokenPrincipal is not null || ResumeInteraction.Of(context.Transaction) is not null)
        {
            return;
        }
        var application = await applications.FindByClientIdAsync(context.ClientId!, context.CancellationToken)
            ?? throw new InvalidOperationException("The client was found and has gone since.");
        if (await applications.HasRequirementAsync(application, Requirements.Features.PushedAuthorizationRequests, context.CancellationToken))
        {
            context.Reject(Errors.InvalidRequest, "This client pushes its authorization requests (RFC 9126) and then names the request_uri.");
        }
    }
}
