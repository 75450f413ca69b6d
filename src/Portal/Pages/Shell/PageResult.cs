using Microsoft.AspNetCore.Http.HttpResults;

namespace Platform.Portal.Pages.Shell;

/// <summary>A page as a route's answer; its frame is made last, when everything about the visit is known.</summary>
sealed class PageResult<TPage, TModel>(Visit visit, TModel model, int status) : IResult
    where TPage : PageView<TModel>
{
    public Task ExecuteAsync(HttpContext httpContext) => new RazorComponentResult<TPage>(new Dictionary<string, object?> { ["Frame"] = visit.Frame(), ["Model"] = model })
    {
        StatusCode = status,
        PreventStreamingRendering = true,
    }.ExecuteAsync(httpContext);
}
