using Platform.Portal.Pages.Shell;
using Platform.Portal.Sessions;

namespace Platform.Portal.Pages.Counter;

/// <summary>Shows the counter's pages to its officers only; everybody else is told what they lack and who gives it.</summary>
static class OfficerGate
{
    public static async ValueTask<object?> Check(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var standing = await http.RequestServices.GetRequiredService<Officers>().StandingOf(SessionDesk.Of(http)!, http.RequestAborted);
        return standing == Standing.Officer ? await next(context) : Refuse(context.Arguments.OfType<Visit>().Single(), standing);
    }

    public static IResult Refuse(Visit visit, Standing standing) =>
        visit.Page<NotAnOfficerPage, Standing>(standing, StatusCodes.Status403Forbidden);
}
