using Platform.Portal.Api;

namespace Platform.Portal.Pages.Shell;

/// <summary>Something that is wrong with a form: what, what to do, and the field it is about.</summary>
public sealed record FormProblem(string Text, string Next, string? Field = null)
{
    /// <summary>A refusal in the API's own words.</summary>
    internal static FormProblem Of(ApiProblem problem, Words words) => new(words.T(problem.TitleVi, problem.Title), words.T(problem.DetailVi, problem.Detail));
}
