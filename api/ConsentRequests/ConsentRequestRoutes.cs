using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Callers;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Consents;

namespace Platform.Api.ConsentRequests;

/// <summary>Sector systems ask citizens for consent and learn what became of it.</summary>
static class ConsentRequestRoutes
{
    public static void MapConsentRequests(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/consent-requests").WithTags("Consent requests").RequireAuthorization(Policies.ConsentsRequest);

        group.MapPost("", Ask)
            .WithName("requestConsent")
            .WithSummary("Ask a citizen for a consent")
            .WithDescription(
                "The citizen finds it in the portal, chooses among the targets, and grants or refuses; it waits for 14 days, and silence is no consent. Asked is only for what "
                + "the rule book in force could open on consent. Three requests of a system may wait for one citizen. Whether the province holds a record of the person is "
                + "not told: a request to nobody waits until it expires. Repeating the Idempotency-Key with the same content gives the request as it now stands.")
            .Refuses(
                ErrorCodes.IdempotencyKeyMissing, ErrorCodes.IdempotencyKeyMalformed, ErrorCodes.PersonalIdMalformed, ErrorCodes.PurposeMalformed,
                ErrorCodes.NumberOutOfRange, ErrorCodes.TextEmpty, ErrorCodes.TextTooLong, ErrorCodes.TargetsNone, ErrorCodes.TargetsTooMany,
                ErrorCodes.TargetsDuplicate, ErrorCodes.TargetUnknown, ErrorCodes.ConsentTermsInvalid, ErrorCodes.ConsentPurposeUnknown,
                ErrorCodes.SystemSuspended, ErrorCodes.ConsentRequestPointless, ErrorCodes.ConsentRequestsTooMany, ErrorCodes.OperationKeyReused);

        group.MapGet("/{id}", Find)
            .WithName("findConsentRequest")
            .WithSummary("What became of a request of your own")
            .WithDescription("An ended request can be asked about for 90 days, and of many the latest.")
            .Refuses(ErrorCodes.ParameterMalformed, ErrorCodes.ConsentRequestUnknown);

        group.MapDelete("/{id}", Cancel)
            .WithName("cancelConsentRequest")
            .WithSummary("Take a waiting request back")
            .WithDescription("Repeating it changes nothing. A request that was decided or has expired cannot be taken back.")
            .Refuses(ErrorCodes.ParameterMalformed, ErrorCodes.ConsentRequestUnknown, ErrorCodes.ConsentRequestEnded);
    }

    static async Task<Results<Ok<ConsentRequestView>, Refusal>> Ask(IdempotencyKey key, Body<ConsentRequestAsk> body, SystemCaller caller, IGrainFactory grains, Again again)
    {
        var call = body.Value.ToCall(key.Value, caller.Id);
        return Answer(await again.Call(() => grains.GetGrain<ICitizenDisclosures>(body.Value.Subject.PersonalId).RequestConsent(call)));
    }

    static async Task<Results<Ok<ConsentRequestView>, Refusal>> Find(Guid id, SystemCaller caller, IGrainFactory grains, Again again) =>
        Answer(await again.Call(() => grains.GetGrain<IConsentRequestDesk>(0).Find(caller.Id, id)));

    static async Task<Results<Ok<ConsentRequestView>, Refusal>> Cancel(Guid id, SystemCaller caller, IGrainFactory grains, Again again) =>
        Answer(await again.Call(() => grains.GetGrain<IConsentRequestDesk>(0).Cancel(caller.Id, id)));

    static Results<Ok<ConsentRequestView>, Refusal> Answer(ConsentRequestAnswer answer) => answer.Refusal is { } refusal
        ? Refusal.Of(refusal)
        : TypedResults.Ok(ConsentRequestView.From(DomainJson.Read<ConsentRequest>(answer.Request!)));
}
