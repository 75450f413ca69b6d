using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Callers;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Presentations;

namespace Platform.Api.Me;

/// <summary>Citizens let somebody see parts of a document, by a code that counts once and for minutes.</summary>
static class MyPresentationRoutes
{
    public static void MapMyPresentations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/presentations");

        group.MapPost("", Make)
            .RequireAuthorization(Policies.MeWrite)
            .WithName("makePresentation")
            .WithSummary("Make a one-time code for parts of a document")
            .WithDescription(
                "Whoever has the code sees once what was chosen, and kind and state of the document; the ledger says so before they see it. Five codes may wait. A lock of the "
                + "account ends them. Repeating the Idempotency-Key with the same content gives the same code again.")
            .Refuses(
                ErrorCodes.IdempotencyKeyMissing, ErrorCodes.IdempotencyKeyMalformed, ErrorCodes.TextEmpty, ErrorCodes.TextTooLong, ErrorCodes.NumberOutOfRange,
                ErrorCodes.DocumentKindUnknown, ErrorCodes.PresentationAttributesInvalid, ErrorCodes.PresentationDocumentUnknown,
                ErrorCodes.PresentationsTooMany, ErrorCodes.CitizenUnknown, ErrorCodes.CitizenInactive, ErrorCodes.OperationKeyReused);

        group.MapGet("/{id}", Get)
            .RequireAuthorization(Policies.MeRead)
            .WithName("getMyPresentation")
            .WithSummary("Where a presentation stands")
            .WithDescription("An ended one can be asked about for a day; the ledger keeps it for good.")
            .Refuses(ErrorCodes.ParameterMalformed, ErrorCodes.PresentationUnknown);

        group.MapDelete("/{id}", Withdraw)
            .RequireAuthorization(Policies.MeWrite)
            .WithName("withdrawPresentation")
            .WithSummary("Take a code back")
            .WithDescription("Once this has answered withdrawn, the code opens nothing. Repeating it changes nothing; what was shown or has expired stays so.")
            .Refuses(ErrorCodes.ParameterMalformed, ErrorCodes.PresentationUnknown);
    }

    static async Task<Results<Ok<PresentationMade>, Refusal>> Make(
        IdempotencyKey key, Body<PresentationAsk> body, CitizenCaller caller, IGrainFactory grains, Again again)
    {
        var call = body.Value.ToCall(key.Value);
        var answer = await again.Call(() => grains.GetGrain<ICitizenSelf>(caller.Key).MakePresentation(call));
        return answer.Refusal is { } refusal ? Refusal.Of(refusal) : TypedResults.Ok(PresentationMade.From(View(answer), answer.Code!));
    }

    static async Task<Results<Ok<PresentationView>, Refusal>> Get(Guid id, CitizenCaller caller, IGrainFactory grains, Again again) =>
        Answer(await again.Call(() => grains.GetGrain<ICitizenSelf>(caller.Key).GetPresentation(id)));

    static async Task<Results<Ok<PresentationView>, Refusal>> Withdraw(Guid id, CitizenCaller caller, IGrainFactory grains, Again again) =>
        Answer(await again.Call(() => grains.GetGrain<ICitizenSelf>(caller.Key).WithdrawPresentation(id)));

    static Results<Ok<PresentationView>, Refusal> Answer(PresentationAnswer answer) =>
        answer.Refusal is { } refusal ? Refusal.Of(refusal) : TypedResults.Ok(View(answer));

    static PresentationView View(PresentationAnswer answer) => PresentationView.From(DomainJson.Read<DocumentPresentation>(answer.Presentation!));
}
