using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine;

/// <summary>A machine that does not authenticate at all is told so; OpenIddict would call its request malformed.</summary>
sealed class RequireAssertion : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
            .UseSingletonHandler<RequireAssertion>()
            .SetOrder(OpenIddictServerHandlers.Exchange.ValidateGrantType.Descriptor.Order + 1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (context.Request.IsClientCredentialsGrantType() && string.IsNullOrEmpty(context.Request.ClientAssertion)
            && context.Transaction.RemoteCertificate is null)
        {
            context.Reject(Errors.InvalidClient, "A system authenticates with a signed client_assertion (private_key_jwt), or with its certificate at the mTLS port.");
        }
        return ValueTask.CompletedTask;
    }
}
