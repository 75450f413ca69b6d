using System.Collections.Immutable;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Failures;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Requests;

/// <summary>What systems ask the person to consent to.</summary>
static class RequestRoutes
{
    const string List = "v1/me/requests";

    static readonly Failure Unknown = new(
        StatusCodes.Status404NotFound,
        Failure.Both("Bạn không có yêu cầu này", "You have no such request"),
        Failure.Both("Địa chỉ có thể đã gõ sai, thuộc về người khác, hoặc yêu cầu đã kết thúc từ lâu.", "The address may be mistyped, belong to somebody else, or the request ended long ago."),
        Failure.Both("Mở mục “Yêu cầu chờ tôi” để xem danh sách của bạn.", "Open “Requests for me” to see your own list."));

    public static void MapRequests(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Addresses.Requests, Show);
        routes.MapGet(Addresses.Requests + "/{id:guid}", (Visit visit, Guid id) => ShowOne(visit, id, RequestForm.Of(visit), null, StatusCodes.Status200OK));
        routes.MapPost(Addresses.Requests + "/{id:guid}", RequestDecision.Decide);
    }

    static async Task<IResult> Show(Visit visit)
    {
        var requests = (await visit.Api.Get<ImmutableArray<ConsentRequest>>(List)).Require();
        return visit.Page<RequestsPage, RequestList>(RequestList.Of(requests, visit.Query("page")));
    }

    /// <summary>The request as it stands now, whatever was tried with it before.</summary>
    internal static async Task<IResult> ShowOne(Visit visit, Guid id, RequestForm form, FormProblem? problem, int status)
    {
        var answer = await visit.Api.Get<ConsentRequest>($"{List}/{id}?language={visit.Words.Language}");
        if (answer.Problem is { Code: "request.unknown" })
        {
            return new FailureResult(Unknown);
        }
        var request = answer.Require();
        if (request.State == "waiting")
        {
            // Boxes that were ticked under other words count for nothing.
            return form.TextHash == request.Text?.Hash || form.Targets.IsEmpty
                ? visit.Page<WaitingRequestPage, RequestShown>(new RequestShown(request, form.Targets, null, problem, false), status)
                : visit.Page<WaitingRequestPage, RequestShown>(new RequestShown(request, [], null, problem ?? RequestDecision.TextChanged(visit), false), status);
        }
        var consent = request.Consent is { } made ? (await visit.Api.Get<ConsentDetail>($"v1/me/consents/{made}")).Require() : null;
        return visit.Page<EndedRequestPage, RequestShown>(new RequestShown(request, [], consent, problem, visit.Query("done") == "1"), status);
    }
}

/// <summary>One request.</summary>
/// <param name="Request">The request as it stands.</param>
/// <param name="Ticked">What is ticked.</param>
/// <param name="Consent">The consent, given or refused, that it led to.</param>
/// <param name="Problem">Why the last try did not work.</param>
/// <param name="JustDecided">True right after the person decided here.</param>
public sealed record RequestShown(ConsentRequest Request, ImmutableArray<string> Ticked, ConsentDetail? Consent, FormProblem? Problem, bool JustDecided)
{
    public ImmutableArray<FormProblem> Problems => Problem is null ? [] : [Problem];
}
