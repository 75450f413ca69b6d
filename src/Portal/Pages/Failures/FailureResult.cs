namespace Platform.Portal.Pages.Failures;

/// <summary>A failure as the answer of a route.</summary>
sealed class FailureResult(Failure failure) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => failure.Show(httpContext);
}
