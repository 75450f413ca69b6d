using System.Collections.Immutable;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Failures;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Consents;

/// <summary>Whom the person allowed what, whom not, and taking it back.</summary>
static class ConsentRoutes
{
    const string List = "v1/me/consents";

    static readonly Failure Unknown = new(
        StatusCodes.Status404NotFound,
        Failure.Both("Bạn không có đồng ý này", "You have no such consent"),
        Failure.Both("Địa chỉ có thể đã gõ sai, hoặc thuộc về người khác.", "The address may be mistyped, or belong to somebody else."),
        Failure.Both("Mở mục “Đồng ý của tôi” để xem danh sách của bạn.", "Open “My consents” to see your own list."));

    public static void MapConsents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Addresses.Consents, Show);
        routes.MapGet(Addresses.Consents + "/{id:guid}", ShowOne);
        routes.MapGet(Addresses.Consents + "/{id:guid}/withdraw", Confirm);
        routes.MapPost(Addresses.Consents + "/{id:guid}/withdraw", Withdraw);
    }

    static async Task<IResult> Show(Visit visit)
    {
        var consents = (await visit.Api.Get<ImmutableArray<HeldConsent>>(List)).Require();
        return visit.Page<ConsentsPage, ConsentList>(ConsentList.Of(consents, visit.Query("state"), visit.Query("page"), visit.Now));
    }

    static async Task<IResult> ShowOne(Visit visit, Guid id)
    {
        if (await Find(visit, id) is not { } consent)
        {
            return new FailureResult(Unknown);
        }
        var standing = ConsentStandings.Of(consent, visit.Now);
        return visit.Page<ConsentPage, ConsentShown>(new ConsentShown(
            consent, standing, standing == ConsentStanding.Given ? null : await Again(visit, consent), visit.Query("done") == "withdrawn"));
    }

    static async Task<IResult> Confirm(Visit visit, Guid id) => await Find(visit, id) is not { } consent ? new FailureResult(Unknown)
        : ConsentStandings.Of(consent, visit.Now) == ConsentStanding.Given ? visit.Page<WithdrawPage, ConsentDetail>(consent)
        : Visit.Go($"{Addresses.Consents}/{id}");

    static async Task<IResult> Withdraw(Visit visit, Guid id) => await visit.Api.Send(HttpMethod.Delete, $"{List}/{id}", operation: visit.Operation) switch
    {
        null => Visit.Go($"{Addresses.Consents}/{id}?done=withdrawn"),
        { Code: "consent.unknown" } => new FailureResult(Unknown),
        var problem => throw new Api.ApiRefusedException(problem),
    };

    static async Task<ConsentDetail?> Find(Visit visit, Guid id)
    {
        var answer = await visit.Api.Get<ConsentDetail>($"{List}/{id}");
        return answer.Problem is { Code: "consent.unknown" } ? null : answer.Require();
    }

    // To agree anew takes a request; nobody can agree to what nobody asks.
    static async Task<ConsentRequest?> Again(Visit visit, ConsentDetail consent) =>
        (await visit.Api.Get<ImmutableArray<ConsentRequest>>("v1/me/requests")).Require()
            .FirstOrDefault(request => request.State == "waiting" && request.Organisation.Key == consent.Recipient.Key && request.Purpose.Key == consent.Purpose.Key);
}

/// <summary>One consent.</summary>
/// <param name="Consent">The consent.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Again">A waiting request by which the person could agree anew.</param>
/// <param name="JustWithdrawn">True right after it was taken back.</param>
public sealed record ConsentShown(ConsentDetail Consent, ConsentStanding Standing, ConsentRequest? Again, bool JustWithdrawn);
