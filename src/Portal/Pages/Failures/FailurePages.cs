using Platform.Portal.Api;
using Platform.Portal.Login;
using Platform.Portal.Sessions;

namespace Platform.Portal.Pages.Failures;

/// <summary>Turns whatever a page could not do into a page of its own, with the right status; a page is shown whole or not at all.</summary>
sealed partial class FailurePages(RequestDelegate next, Parties parties, ILogger<FailurePages> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null } && Bare(context) is { } failure)
            {
                await failure.Show(context);
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            await Answer(context, fault);
        }
    }

    async Task Answer(HttpContext context, Exception fault)
    {
        var failure = fault switch
        {
            ApiFaultException api => Of(api),
            IdentityUnavailableException => Failure.IdentityDown,
            ApiRefusedException { Problem: { } problem } => Failure.Of(problem),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Failure.TooLarge,
            BadHttpRequestException or InvalidDataException => Failure.BadRequest,
            _ => Failure.Fault,
        };
        if (failure is null)
        {
            await AskToLogIn(context);
            return;
        }
        Tell(fault, failure);
        if (failure.MayRetry && HttpMethods.IsPost(context.Request.Method) && SessionDesk.Of(context) is not null)
        {
            await context.RequestServices.GetRequiredService<SessionEnd>().Back(context);
        }
        await failure.Show(context);
    }

    async Task AskToLogIn(HttpContext context)
    {
        try
        {
            var end = context.RequestServices.GetRequiredService<SessionEnd>();
            if (SessionDesk.Of(context) is { } session && await end.Leave(context, parties.Find(session.Party), session) is { } login)
            {
                await login.ExecuteAsync(context);
                return;
            }
            await Failure.LoginRefused.Show(context);
        }
        catch (IdentityUnavailableException fault)
        {
            await Answer(context, fault);
        }
    }

    static Failure? Of(ApiFaultException api) => api.Fault switch
    {
        ApiFault.SessionEnded => null,
        ApiFault.LevelTooLow => Failure.LevelTooLow,
        ApiFault.Busy => Failure.Busy,
        ApiFault.Malformed => Failure.ApiMalformed,
        _ => Failure.ApiDown,
    };

    static Failure? Bare(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized => null,
        StatusCodes.Status403Forbidden => Failure.Forbidden,
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => Failure.NotFound with { Status = context.Response.StatusCode },
        StatusCodes.Status413PayloadTooLarge => Failure.TooLarge,
        >= 500 => Failure.Fault,
        _ => Failure.BadRequest with { Status = context.Response.StatusCode },
    };

    void Tell(Exception fault, Failure failure)
    {
        if (ReferenceEquals(failure, Failure.Fault))
        {
            Failed(fault);
        }
        else
        {
            Refused(failure.Status, fault.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A page failed unexpectedly")]
    partial void Failed(Exception fault);

    [LoggerMessage(2, LogLevel.Warning, "A page was answered with {Status}: {Why}")]
    partial void Refused(int status, string why);
}
