using OpenIddict.Server;
using Platform.Identity.Engine.People;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.Dpop;

/// <summary>A token that is bound to a key is of type DPoP, so that nobody presents it as a bearer token by mistake.</summary>
sealed class NameTokenType : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyTokenResponseContext>()
            .UseSingletonHandler<NameTokenType>()
            .SetOrder(0)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        if (!string.IsNullOrEmpty(context.Response.AccessToken) && SenderBinding.KeyOf(context.Transaction) is not null)
        {
            context.Response.TokenType = "DPoP";
        }
        return ValueTask.CompletedTask;
    }
}
