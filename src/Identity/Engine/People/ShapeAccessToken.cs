using System.Text.Json.Nodes;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Identity.RelyingParties;
using Platform.Identity.Sessions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>Writes into an access token what its audience needs: the API knows the person by number and session, everybody else by nothing.</summary>
sealed class ShapeAccessToken(Subjects subjects, SessionReference references) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .AddFilter<OpenIddictServerHandlerFilters.RequireAccessTokenGenerated>()
            .UseSingletonHandler<ShapeAccessToken>()
            .SetOrder(OpenIddictServerHandlers.PrepareAccessTokenPrincipal.Descriptor.Order + 1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        var token = context.AccessTokenPrincipal!;
        if (SenderBinding.KeyOf(context.Transaction) is { } key)
        {
            token.SetClaim(PersonToken.Confirmation, new JsonObject { ["jkt"] = key });
        }
        if (LiveSession.Of(context.Transaction) is not { } live)
        {
            return ValueTask.CompletedTask;
        }
        if (!token.HasAudience(GrantMachineToken.ApiAudience))
        {
            token.SetClaim(PersonToken.Reference, references.Write(live.Token));
            return ValueTask.CompletedTask;
        }
        token.SetClaim(Claims.Subject, subjects.Of(Subjects.ApiSector, live.Token.Number))
            .SetClaim(PersonToken.PersonalId, live.Token.Number.Reveal())
            .SetClaim(PersonToken.SessionId, live.Session.Id)
            .SetClaim(PersonToken.Stay, live.Token.Stay);
        if (!live.Session.Roles.IsEmpty && token.GetScopes().Intersect(PersonScopes.Staff).Any())
        {
            token.SetClaims(PersonToken.Roles, live.Session.Roles);
        }
        return ValueTask.CompletedTask;
    }
}
