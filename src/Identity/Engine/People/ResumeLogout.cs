using System.Text.Json;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Identity.Interactions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>Brings a logout request back after the person has confirmed it and the session has ended.</summary>
sealed class ResumeLogout(InteractionStore interactions) : IOpenIddictServerHandler<ExtractEndSessionRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ExtractEndSessionRequestContext>()
            .UseSingletonHandler<ResumeLogout>()
            .SetOrder(int.MaxValue - 100_000)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ExtractEndSessionRequestContext context)
    {
        if (context.Request?.GetParameter(InteractionStore.Parameter) is not { } handle)
        {
            return;
        }
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        if (context.Request.Count != 1 || await interactions.Find(http, (string?)handle, context.CancellationToken) is not { ReturnPath: null } interaction
            || !await interactions.End(interaction, context.CancellationToken))
        {
            context.Reject(Errors.InvalidRequest, "This logout has run out or belongs to another browser; go back to the service and begin again.");
            return;
        }
        context.Request = new OpenIddictRequest(JsonSerializer.Deserialize<Dictionary<string, string>>(interaction.Parameters)!);
    }
}
