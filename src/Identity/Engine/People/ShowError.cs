using Microsoft.AspNetCore;
using OpenIddict.Server;
using Platform.Identity.Interactions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>An error that must not be sent to an unproved address is shown to the person, on a page that says what to do.</summary>
sealed class ShowError : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>, IOpenIddictServerHandler<ApplyEndSessionResponseContext>
{
    // After the engine has looked for an address to send the response to, before it writes anything itself.
    const int Order = 100_000 + 500;

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyAuthorizationResponseContext>()
            .UseSingletonHandler<ShowError>().SetOrder(Order).SetType(OpenIddictServerHandlerType.Custom).Build();

    public static OpenIddictServerHandlerDescriptor LogoutDescriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyEndSessionResponseContext>()
            .UseSingletonHandler<ShowError>().SetOrder(Order).SetType(OpenIddictServerHandlerType.Custom).Build();

    public ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (string.IsNullOrEmpty(context.RedirectUri) && context.Response.Error is { } error)
        {
            Show(context, error);
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ApplyEndSessionResponseContext context)
    {
        if (context.Response.Error is { } error)
        {
            Show(context, error);
        }
        return ValueTask.CompletedTask;
    }

    static void Show(BaseRequestContext context, string error)
    {
        context.Transaction.GetHttpRequest()!.HttpContext.SeeOther($"/error?code={Uri.EscapeDataString(error)}");
        context.HandleRequest();
    }
}
