using System.Text.Json;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Identity.Interactions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>
/// Brings an authorization request back after the person was asked: the browser comes with the interaction's handle alone, and the request's own
/// parameters are those that were kept.
/// </summary>
sealed class ResumeInteraction(InteractionStore interactions) : IOpenIddictServerHandler<ExtractAuthorizationRequestContext>
{
    const string Property = "interaction";

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ExtractAuthorizationRequestContext>()
            .UseSingletonHandler<ResumeInteraction>()
            .SetOrder(int.MaxValue - 100_000)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    /// <summary>The interaction that this request goes on with, or null for a new request.</summary>
    public static Interaction? Of(OpenIddictServerTransaction transaction) => transaction.GetProperty<Interaction>(Property);

    public async ValueTask HandleAsync(ExtractAuthorizationRequestContext context)
    {
        if (context.Request?.GetParameter(InteractionStore.Parameter) is not { } handle)
        {
            return;
        }
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        if (context.Request.Count != 1 || await interactions.Find(http, (string?)handle, context.CancellationToken) is not { ReturnPath: null } interaction)
        {
            context.Reject(Errors.InvalidRequest, "This login has run out or belongs to another browser; go back to the service and begin again.");
            return;
        }
        context.Request = new OpenIddictRequest(JsonSerializer.Deserialize<Dictionary<string, string>>(interaction.Parameters)!);
        context.Transaction.SetProperty(Property, interaction);
    }
}
