using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Identity.Clients;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine;

/// <summary>client_credentials: the token names the system and its scopes, nothing else. No scope asked for means all that are registered.</summary>
sealed class GrantMachineToken(IOpenIddictApplicationManager applications) : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public const string ApiAudience = "urn:platform:api";

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleTokenRequestContext>()
            .UseScopedHandler<GrantMachineToken>()
            .SetOrder(0)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (!context.Request.IsClientCredentialsGrantType())
        {
            return;
        }
        var clientId = context.ClientId!;
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(Claims.Subject, clientId)], "client_credentials"));
        var requested = context.Request.GetScopes();
        principal.SetScopes(requested.Length > 0 ? requested : await RegisteredScopes(clientId, context.CancellationToken));
        principal.SetResources(ApiAudience);
        context.SignIn(principal);
    }

    async Task<IEnumerable<string>> RegisteredScopes(string clientId, CancellationToken ct)
    {
        var application = await applications.FindByClientIdAsync(clientId, ct)
            ?? throw new InvalidOperationException("The client was authenticated and has gone since.");
        return await SectorClients.ScopesOf(applications, application, ct);
    }
}
