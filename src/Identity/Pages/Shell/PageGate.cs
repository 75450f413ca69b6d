using Microsoft.AspNetCore.Antiforgery;
using Platform.Contracts;
using Platform.Identity.Audit;
using Platform.Identity.Pages.Account;
using Platform.Identity.Pages.Entry;
using Platform.Identity.Pages.Login;
using Platform.Identity.Sessions;

namespace Platform.Identity.Pages.Shell;

/// <summary>The page is shown only for a living interaction of this browser.</summary>
sealed record NeedsInteraction;

/// <summary>The page is shown only to a person who is logged in.</summary>
sealed record NeedsSession;

/// <summary>What holds for every page: safe headers, forms of our own only, and what the page needs before it is shown.</summary>
sealed partial class PageGate(
    IAntiforgery antiforgery, BrowserSessions sessions, OwnLogins logins, WaysBack ways, IdentityAudit audit, ILogger<PageGate> log) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        PageHeaders.Set(http.Response);
        var visit = context.Arguments.OfType<Visit>().First();
        try
        {
            return await Refuse(visit) ?? await next(context);
        }
        catch (Exception fault) when (fault is TryAgainException or OrleansException or TimeoutException
            || (fault is OperationCanceledException && !http.RequestAborted.IsCancellationRequested))
        {
            Unreachable(fault);
            return visit.Busy();
        }
    }

    async Task<IResult?> Refuse(Visit visit)
    {
        var http = visit.Http;
        if (visit.BodyFault is { } status)
        {
            return visit.Page<MessagePage, Message>(Message.BadForm, status);
        }
        if (HttpMethods.IsPost(http.Request.Method) && !await antiforgery.IsRequestValidAsync(http))
        {
            audit.FormRefused(http.Request.Path);
            return visit.Page<MessagePage, Message>(Message.BadForm, StatusCodes.Status400BadRequest);
        }
        var needs = http.GetEndpoint()!.Metadata;
        if (needs.GetMetadata<NeedsInteraction>() is not null && visit.Asked is null)
        {
            return visit.Page<MessagePage, Message>(Message.Expired, StatusCodes.Status410Gone);
        }
        if (needs.GetMetadata<NeedsSession>() is null)
        {
            return null;
        }
        // Before a login, so that it is still known after it.
        visit.Back = await ways.Of(http);
        if ((visit.Current = await sessions.Current(http)) is null)
        {
            return await logins.Start(visit, HttpMethods.IsGet(http.Request.Method) ? http.Request.Path : Addresses.Account);
        }
        return null;
    }

    [LoggerMessage(1, LogLevel.Error, "The cluster did not answer a page.")]
    partial void Unreachable(Exception fault);
}
