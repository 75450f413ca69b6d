using System.Text.Json;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Identity.Accounts;
using Platform.Identity.Audit;
using Platform.Identity.Interactions;
using Platform.Identity.Sessions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>
/// RP-initiated logout. An id_token_hint of the very session ends it at once; without one the person is asked, because anybody can make a browser
/// come here.
/// </summary>
sealed class EndPersonSession(
    BrowserSessions browser, EidAccounts accounts, Subjects subjects, InteractionStore interactions, IdentityAudit audit, TimeProvider clock)
    : IOpenIddictServerHandler<HandleEndSessionRequestContext>
{
    const string LoggedOut = "/logged-out";

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleEndSessionRequestContext>()
            .UseScopedHandler<EndPersonSession>()
            .SetOrder(0)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(HandleEndSessionRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        // A form that another site sends comes without our cookies; the browser is sent here once more, by itself.
        if (HttpMethods.IsPost(http.Request.Method))
        {
            await Send(context, http, EngineSetup.EndSessionPath);
            return;
        }
        if (await browser.Current(http) is { } current)
        {
            if (!IsHinted(context, current))
            {
                await Send(context, http, "/logout");
                return;
            }
            await accounts.Tell(current.Number, account => account.EndSession(current.Session.Id, "logout"));
            audit.SessionEnded(current.Number, "rp-logout");
            browser.SignOut(http);
        }
        if (string.IsNullOrEmpty(context.Request!.PostLogoutRedirectUri))
        {
            http.SeeOther(LoggedOut);
            context.HandleRequest();
            return;
        }
        context.SignOut();
    }

    bool IsHinted(HandleEndSessionRequestContext context, CurrentSession current) =>
        context.IdentityTokenHintPrincipal is { } hint && hint.GetAudiences() is [var client]
        && hint.GetClaim(PersonToken.SessionId) == subjects.SidOf(client, current.Session.Id);

    async Task Send(HandleEndSessionRequestContext context, HttpContext http, string page)
    {
        var now = clock.GetUtcNow();
        var language = AuthorizationAsk.LanguageOf(context.Request!) ?? "vi";
        var kept = await interactions.Start(
            http,
            new Interaction
            {
                ClientId = "",
                ClientName = "",
                Language = language,
                NeededLevel = 1,
                Reauthenticate = false,
                Parameters = JsonSerializer.Serialize(context.Request!.GetParameters()
                    .ToDictionary(parameter => parameter.Key, parameter => (string?)parameter.Value ?? parameter.Value.ToString())),
                CreatedAt = now,
                ExpiresAt = now + InteractionStore.Lifetime,
            },
            context.CancellationToken);
        http.SeeOther(page, kept.Handle);
        context.HandleRequest();
    }
}
