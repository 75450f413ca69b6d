using Platform.Portal.Pages.Failures;
using Platform.Portal.Safety;
using Platform.Portal.Sessions;

namespace Platform.Portal.Pages.Shell;

/// <summary>Lets only a session's own forms change something in its name.</summary>
static class PageGate
{
    public static async ValueTask<object?> Check(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsPost(http.Request.Method) && SessionDesk.Of(http) is { } session
            && !FormTokens.IsGood((await http.Request.ReadFormAsync(http.RequestAborted))[FormTokens.Field].ToString(), session.FormSecret))
        {
            return new FailureResult(Failure.ForeignForm);
        }
        return await next(context);
    }
}
