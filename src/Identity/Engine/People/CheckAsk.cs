using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Identity.RelyingParties;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>Refuses what cannot be asked, as early as it is seen: when it is pushed, or when it arrives with the browser.</summary>
sealed class CheckAsk(RelyingParties.RelyingParties parties)
    : IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>, IOpenIddictServerHandler<ValidateAuthorizationRequestContext>
{
    const string Property = "ask";

    public static OpenIddictServerHandlerDescriptor PushedDescriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidatePushedAuthorizationRequestContext>()
            .UseScopedHandler<CheckAsk>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidatePushedAuthorizedParty.Descriptor.Order + 1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateAuthorizationRequestContext>()
            .UseScopedHandler<CheckAsk>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidateAuthorizedParty.Descriptor.Order + 1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public static Asked Of(OpenIddictServerTransaction transaction) =>
        transaction.GetProperty<Asked>(Property) ?? throw new InvalidOperationException("The request was not checked.");

    public async ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context)
    {
        if (await Read(context, context.Request!, context.ClientId!) is { Refusal: { } refusal })
        {
            context.Reject(refusal.Error, refusal.Description);
        }
    }

    // Refused in the next step, when the engine knows that the refusal may be sent to the client's address.
    public async ValueTask HandleAsync(ValidateAuthorizationRequestContext context) => await Read(context, context.Request!, context.ClientId!);

    async ValueTask<Asked?> Read(BaseValidatingContext context, OpenIddictRequest request, string clientId)
    {
        if (await parties.Find(clientId, context.CancellationToken) is not { } party)
        {
            context.Reject(Errors.UnauthorizedClient, "The client is not registered as a relying party, or is disabled.");
            return null;
        }
        var (ask, refusal) = AuthorizationAsk.Read(request, party);
        var asked = new Asked(ask, refusal, party);
        context.Transaction.SetProperty(Property, asked);
        return asked;
    }
}

/// <summary>A request that was read: what it asks, or why it is refused.</summary>
sealed record Asked(AuthorizationAsk? Ask, AskRefusal? Refusal, RelyingParty Party);
