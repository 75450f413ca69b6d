using System.Text.Json.Nodes;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>A token that was exchanged is bound to the key of the proof that came with the exchange.</summary>
sealed class BindIssuedToken : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .UseSingletonHandler<BindIssuedToken>()
            .SetOrder(OpenIddictServerHandlers.PrepareIssuedTokenPrincipal.Descriptor.Order + 1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.IssuedTokenPrincipal is { } token && SenderBinding.KeyOf(context.Transaction) is { } key)
        {
            token.SetClaim(PersonToken.Confirmation, new JsonObject { ["jkt"] = key });
        }
        return ValueTask.CompletedTask;
    }
}
