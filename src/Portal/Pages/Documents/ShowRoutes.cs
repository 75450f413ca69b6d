using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Options;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;
using Platform.Portal.Sessions;

namespace Platform.Portal.Pages.Documents;

/// <summary>Shows a document to somebody: what is chosen, once, for a few minutes, to whoever has the code.</summary>
static class ShowRoutes
{
    const string Presentations = "/presentations";
    const string Cookie = "portal-code";
    static readonly ImmutableArray<int> Minutes = [1, 3, 5];

    public static void MapShowing(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Addresses.Documents + "/{kind}/{position:int}/show", Choose);
        routes.MapPost(Addresses.Documents + "/{kind}/{position:int}/show", Make);
        routes.MapGet(Presentations + "/{id:guid}", Show);
        routes.MapPost(Presentations + "/{id:guid}/withdraw", Withdraw);
    }

    static async Task<IResult> Choose(Visit visit, string kind, int position) => await DocumentRoutes.Find(visit, kind, position) is { } document
        ? visit.Page<ChoosePage, ChooseModel>(Chosen(visit, document, []))
        : Results.NotFound();

    static async Task<IResult> Make(Visit visit, string kind, int position, SafeCookies cookies)
    {
        if (await DocumentRoutes.Find(visit, kind, position) is not { } document)
        {
            return Results.NotFound();
        }
        var chosen = Chosen(visit, document, []);
        if (Check(visit, document, chosen) is { } wrong)
        {
            return visit.Page<ChoosePage, ChooseModel>(chosen with { Problems = [wrong] }, StatusCodes.Status400BadRequest);
        }
        var (made, problem) = await visit.Api.Post<MadePresentation>(
            "v1/me/presentations",
            new { document = new { kind = document.Held.Kind, number = document.Held.Number }, attributes = chosen.Ticked, minutes = chosen.ForMinutes },
            visit.Operation);
        if (problem is not null)
        {
            return visit.Page<ChoosePage, ChooseModel>(chosen with { Problems = [FormProblem.Of(problem, visit.Words)] }, problem.Status);
        }
        // The code is told once. The browser keeps it, encrypted, as long as it counts; no address ever has it.
        cookies.Write(visit.Http, Cookie, new KeptCode(made!.Id, made.Code), made.Until - visit.Now);
        return Visit.Go($"{Presentations}/{made.Id}");
    }

    static async Task<IResult> Show(Visit visit, Guid id, SafeCookies cookies, IOptions<PortalOptions> options)
    {
        var state = (await visit.Api.Get<PresentationState>($"v1/me/presentations/{id}")).Require();
        var kept = state.State == "waiting" && cookies.Read<KeptCode>(visit.Http, Cookie) is { } code && code.Id == id ? code : null;
        var address = kept is null ? null : new Uri(options.Value.PublicAddress!, Addresses.Verify.TrimStart('/')).AbsoluteUri;
        return visit.Page<ShowingPage, ShowingModel>(new ShowingModel(state, kept?.Code, address));
    }

    static async Task<IResult> Withdraw(Visit visit, Guid id, SafeCookies cookies)
    {
        var problem = await visit.Api.Send(HttpMethod.Delete, $"v1/me/presentations/{id}", operation: visit.Operation);
        if (problem is not null)
        {
            throw new Api.ApiRefusedException(problem);
        }
        cookies.Delete(visit.Http, Cookie);
        return Visit.Go($"{Presentations}/{id}");
    }

    static ChooseModel Chosen(Visit visit, NamedDocument document, ImmutableArray<FormProblem> problems)
    {
        var options = ShowOptions.Of(document.Held);
        var ticked = visit.Fields("show").Where(key => options.Any(option => option.Key == key)).Distinct();
        var minutes = int.TryParse(visit.Field("minutes"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && Minutes.Contains(asked) ? asked : Minutes[^1];
        return new ChooseModel(document, options, [.. ticked], Minutes, minutes, problems);
    }

    static FormProblem? Check(Visit visit, NamedDocument document, ChooseModel chosen) =>
        visit.Field("check") != document.Check ? new FormProblem(
            visit.T("Giấy tờ này vừa thay đổi.", "This document has just changed."),
            visit.T("Xem lại rồi chọn lần nữa.", "Look at it again, then choose anew."))
        : chosen.Ticked.IsEmpty ? new FormProblem(
            visit.T("Chọn ít nhất một thông tin để cho xem.", "Choose at least one thing to show."),
            visit.T("Không gì được chọn sẵn; chỉ điều bạn chọn mới được cho xem.", "Nothing is chosen for you; only what you choose is shown."),
            "show-0")
        : null;
}

/// <summary>A code that waits to be shown, in the browser that made it.</summary>
sealed record KeptCode(Guid Id, string Code);

/// <summary>A choice of what to show.</summary>
public sealed record ChooseModel(
    NamedDocument Document, ImmutableArray<Named> Options, ImmutableArray<string> Ticked, ImmutableArray<int> Minutes, int ForMinutes, ImmutableArray<FormProblem> Problems);

/// <summary>A presentation that is under way; the code only in the browser that made it.</summary>
public sealed record ShowingModel(PresentationState State, string? Code, string? Address);
