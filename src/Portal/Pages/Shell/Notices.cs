using Platform.Portal.Api;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Login;
using Platform.Portal.Sessions;

namespace Platform.Portal.Pages.Shell;

/// <summary>Counts what a person has not seen yet, while their page is made; a page does not fail for want of the number.</summary>
static class Notices
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async ValueTask<object?> Count(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var counting = HttpMethods.IsGet(http.Request.Method) && SessionDesk.Of(http) is { Party: Party.Citizen } session
            ? Ask(http, session)
            : Task.FromResult<int?>(null);
        var page = await next(context);
        if (await counting is { } count)
        {
            http.Features.Set(new UnseenCount(count));
        }
        return page;
    }

    static async Task<int?> Ask(HttpContext http, PortalSession session)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, http.RequestServices.GetRequiredService<TimeProvider>());
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, http.RequestAborted);
            var api = http.RequestServices.GetRequiredService<ApiClient>().For(session, ending.Token);
            return (await api.Get<Unseen>("v1/me/notifications")).Value?.Count;
        }
        // The page's own call says the same, and louder.
        catch (Exception fault) when (fault is ApiFaultException or OperationCanceledException)
        {
            return null;
        }
    }
}
