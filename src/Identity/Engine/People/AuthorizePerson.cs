using System.Text.Json;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Contracts;
using Platform.Identity.Accounts;
using Platform.Identity.Interactions;
using Platform.Identity.RelyingParties;
using Platform.Identity.Sessions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>
/// Decides on an authorization request: answer it, or first ask the person to log in, to approve claims or to consent. What was asked comes back
/// here, and everything is looked at anew.
/// </summary>
sealed class AuthorizePerson(
    BrowserSessions browser, EidAccounts accounts, InteractionStore interactions, PersonPrincipal principals, Subjects subjects,
    IOpenIddictTokenManager tokens, TimeProvider clock) : IOpenIddictServerHandler<HandleAuthorizationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleAuthorizationRequestContext>()
            .UseScopedHandler<AuthorizePerson>()
            .SetOrder(0)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(HandleAuthorizationRequestContext context)
    {
        var ct = context.CancellationToken;
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var pushed = PushedRequest(context);
        var asked = CheckAsk.Of(context.Transaction);
        var interaction = ResumeInteraction.Of(context.Transaction);
        if (asked is not { Ask: { } ask, Party: { } party })
        {
            await Redeem(interaction?.PushedRequest ?? pushed, ct);
            context.Reject(asked.Refusal!.Error, asked.Refusal.Description);
            return;
        }
        if (interaction?.Cancelled == true)
        {
            await interactions.End(interaction, ct);
            await Redeem(interaction.PushedRequest, ct);
            context.Reject(Errors.AccessDenied, "The person did not want to go on.");
            return;
        }

        // A form that another site sends comes without our cookies; the browser is sent here once more, by itself.
        if (interaction is null && HttpMethods.IsPost(http.Request.Method))
        {
            await Send(context, EngineSetup.AuthorizePath, await interactions.Start(http, Begin(context.Request!, ask, party, null, pushed), ct));
            return;
        }
        var current = await browser.Current(http);
        interaction = interaction?.For(current?.Session.Id);
        var missing = await Missing(context, ask, party, interaction, current);
        if (missing is not { } step)
        {
            await Answer(context, ask, party, interaction, current!, interaction?.PushedRequest ?? pushed, ct);
            return;
        }
        if (ask.PromptNone)
        {
            await Redeem(interaction?.PushedRequest ?? pushed, ct);
            context.Reject(step.Error, step.Description);
            return;
        }
        await Send(context, step.Page, interaction ?? await interactions.Start(http, Begin(context.Request!, ask, party, current, pushed), ct));
    }

    async Task<Step?> Missing(
        HandleAuthorizationRequestContext context, AuthorizationAsk ask, RelyingParty party, Interaction? interaction, CurrentSession? current)
    {
        if (current is null || NeedsFreshLogin(ask, interaction, current) || current.Session.Level < ask.NeededLevel)
        {
            return new("/login", Errors.LoginRequired, "The person must log in, or prove more.");
        }
        if (context.IdentityTokenHintPrincipal?.GetClaim(Claims.Subject) is { } hinted && hinted != subjects.Of(party.Sector, current.Number))
        {
            return new("/login", Errors.LoginRequired, "Another person is logged in than the id_token_hint names.");
        }
        if (!ask.Claims.IsEmpty && interaction?.ClaimsAnswered != true)
        {
            var approved = await accounts.Ask(current.Number, account => account.GetApprovedClaims(party.ClientId));
            if (ask.PromptConsent || ask.Claims.Except(approved).Any())
            {
                return new("/claims", Errors.ConsentRequired, "The person must approve what is handed out.");
            }
        }
        return ask.Consent is not null && interaction?.ConsentOutcome is null
            ? new("/consent", Errors.ConsentRequired, "The person must decide on the consent.")
            : null;
    }

    /// <summary>Sends the browser to a page; what the interaction says of the session it found is brought up to date first.</summary>
    async Task Send(HandleAuthorizationRequestContext context, string page, Interaction interaction)
    {
        var fresh = interaction.Reauthenticate;
        if (page == "/login" && interaction.AuthenticatedSession is null && CheckAsk.Of(context.Transaction).Ask is { } ask
            && await browser.Current(context.Transaction.GetHttpRequest()!.HttpContext) is { } current)
        {
            fresh = NeedsFreshLogin(ask, interaction, current);
        }
        var kept = fresh == interaction.Reauthenticate
            ? interaction
            : await interactions.Save(interaction with { Reauthenticate = fresh }, context.CancellationToken) ?? interaction;
        context.Transaction.GetHttpRequest()!.HttpContext.SeeOther(page, kept.Handle);
        context.HandleRequest();
    }

    bool NeedsFreshLogin(AuthorizationAsk ask, Interaction? interaction, CurrentSession current) =>
        interaction?.AuthenticatedSession != current.Session.Id
        && (ask.PromptLogin || (ask.MaxAge is { } age && current.Session.AuthenticatedAt + age < clock.GetUtcNow()));

    Interaction Begin(OpenIddictRequest request, AuthorizationAsk ask, RelyingParty party, CurrentSession? current, string? pushed)
    {
        var now = clock.GetUtcNow();
        var language = ask.Language ?? "vi";
        return new Interaction
        {
            ClientId = party.ClientId,
            ClientName = party.Name(language),
            Language = language,
            NeededLevel = ask.NeededLevel,
            Reauthenticate = current is not null && NeedsFreshLogin(ask, null, current),
            LoginHint = ask.LoginHint,
            Claims = ask.Claims,
            AskClaimsAgain = ask.PromptConsent,
            Consent = ask.Consent,
            Parameters = JsonSerializer.Serialize(request.GetParameters()
                .Where(parameter => parameter.Key != Parameters.RequestUri)
                .ToDictionary(parameter => parameter.Key, parameter => (string?)parameter.Value ?? parameter.Value.ToString())),
            PushedRequest = pushed,
            CreatedAt = now,
            ExpiresAt = now + InteractionStore.Lifetime,
        };
    }

    async Task Answer(
        HandleAuthorizationRequestContext context, AuthorizationAsk ask, RelyingParty party, Interaction? interaction, CurrentSession current, string? pushed,
        CancellationToken ct)
    {
        // Two answers to one request would be two codes.
        if (interaction is not null && !await interactions.End(interaction, ct))
        {
            context.Reject(Errors.InvalidRequest, "This request was answered already.");
            return;
        }
        if (!await Redeem(pushed, ct))
        {
            context.Reject(Errors.InvalidRequest, "The request_uri was used before; push the request again.");
            return;
        }
        if (ask.Consent is not null && interaction!.ConsentOutcome is { Granted: false })
        {
            context.Reject(Errors.AccessDenied, "The person refused the consent.");
            return;
        }
        var client = new SessionClient
        {
            ClientId = party.ClientId,
            Subject = subjects.Of(party.Sector, current.Number),
            Sid = subjects.SidOf(party.ClientId, current.Session.Id),
        };
        if (await Join(current, client) is not { } entered)
        {
            context.Reject(Errors.LoginRequired, "The session has just ended.");
            return;
        }
        context.Principal = principals.ForCode(context.Request!, party, current, entered, Details(ask.Consent, interaction?.ConsentOutcome));
    }

    /// <summary>The relying party as the session knows it now, with the name of its stay; null if the session has ended.</summary>
    async Task<SessionClient?> Join(CurrentSession current, SessionClient client) =>
        await accounts.Ask(current.Number, account => account.JoinSession(current.Session.Id, client))
            ? (await accounts.Ask(current.Number, account => account.CheckSession(current.Session.Id)))?.Clients.FirstOrDefault(one => one.ClientId == client.ClientId)
            : null;

    // Kept from the engine, which would redeem it in a place where a second use is no longer seen.
    static string? PushedRequest(HandleAuthorizationRequestContext context)
    {
        var authentication = context.Transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!);
        var id = authentication?.RequestTokenPrincipal?.GetTokenId();
        authentication?.RequestTokenPrincipal = null;
        return id;
    }

    // FAPI 2.0, section 5.3.2.2, note 3: it is used up by the answer and not by the first visit, which a person may repeat.
    async ValueTask<bool> Redeem(string? pushed, CancellationToken ct) =>
        pushed is null || await RedeemOnce.Redeem(tokens, pushed, ct);

    static string? Details(ConsentProposal? asked, ConsentOutcome? outcome) => asked is null || outcome is null
        ? null
        : JsonSerializer.Serialize(new object[]
        {
            new
            {
                type = ConsentDetails.Type, purpose = asked.Purpose, attributes = outcome.Targets, duration_days = asked.Days, data_life_days = asked.DataLifeDays,
                consent_id = outcome.ConsentId,
            },
        });

    /// <summary>What the person has to do first, and what a client is told that does not want to disturb anybody.</summary>
    readonly record struct Step(string Page, string Error, string Description);
}
