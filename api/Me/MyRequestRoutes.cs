using System.Collections.Immutable;
using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Callers;
using Platform.Api.Catalogue;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Consents;

namespace Platform.Api.Me;

/// <summary>Citizens see what systems ask them to consent to, and decide.</summary>
static class MyRequestRoutes
{
    public static void MapMyRequests(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/requests");

        group.MapGet("", List)
            .RequireAuthorization(Policies.MeRead)
            .WithName("getMyRequests")
            .WithSummary("Requests for consent: the waiting ones, then those that ended in the last 90 days");

        group.MapGet("/{id}", Get)
            .RequireAuthorization(Policies.MeRead)
            .WithName("getMyRequest")
            .WithSummary("One request with the text that a decision must rest on")
            .Refuses(ErrorCodes.ParameterMalformed, ErrorCodes.RequestUnknown);

        group.MapPost("/{id}/decision", Decide)
            .RequireAuthorization(Policies.MeConsents)
            .WithName("decideRequest")
            .WithSummary("Grant a part of what is asked for, or refuse all of it")
            .WithDescription(
                "A request is decided once. textHash is that of the text that getMyRequest gave; where the text is another by now, because the day, the names or the rules have "
                + "changed, the decision is refused and the text has to be read again. The consent holds from now for the days that were asked for. Repeating the "
                + "Idempotency-Key with the same content gives the first answer again.")
            .Refuses(
                ErrorCodes.ParameterMalformed, ErrorCodes.IdempotencyKeyMissing, ErrorCodes.IdempotencyKeyMalformed, ErrorCodes.TargetsNone,
                ErrorCodes.TargetsTooMany, ErrorCodes.TargetsDuplicate, ErrorCodes.TargetUnknown, ErrorCodes.EvidenceInvalid, ErrorCodes.RequestTargetsInvalid,
                ErrorCodes.RequestUnknown, ErrorCodes.RequestDecided, ErrorCodes.RequestTextChanged, ErrorCodes.CitizenUnknown, ErrorCodes.CitizenInactive,
                ErrorCodes.ConsentsTooMany, ErrorCodes.OperationKeyReused, ErrorCodes.RepresentativeNeeded);
    }

    static async Task<Ok<ImmutableArray<RequestView>>> List(CitizenCaller caller, IGrainFactory grains, Again again, RuleNames rules)
    {
        var requests = await again.Call(grains.GetGrain<ICitizenSelf>(caller.Key).GetRequests);
        var book = await rules.Current(again);
        return TypedResults.Ok(requests
            .Select(request => DomainJson.Read<ConsentRequest>(request))
            .OrderByDescending(request => request.State == ConsentRequestState.Waiting)
            .ThenByDescending(request => request.EndedAt ?? request.AskedAt)
            .Select(request => RequestView.From(request, book))
            .ToImmutableArray());
    }

    static async Task<Results<Ok<RequestView>, Refusal>> Get(
        Guid id, CitizenCaller caller, IGrainFactory grains, Again again, RuleNames rules, [Description("Language of the text, vi or en.")] string language = "vi")
    {
        if (language is not ("vi" or "en"))
        {
            return (Refusal)ErrorCodes.ParameterMalformed;
        }

        var answer = await again.Call(() => grains.GetGrain<ICitizenSelf>(caller.Key).DescribeRequest(id, language));
        return answer.Refusal is { } refusal
            ? Refusal.Of(refusal)
            : TypedResults.Ok(RequestView.From(DomainJson.Read<ConsentRequest>(answer.Request!), await rules.Current(again), RequestText.Of(answer, language)));
    }

    static async Task<Results<Ok<ConsentView>, Refusal>> Decide(
        Guid id, IdempotencyKey key, Body<RequestDecision> body, CitizenCaller caller, IGrainFactory grains, Again again, RuleNames rules)
    {
        // A child or a person under guardianship agrees to nothing alone; to refuse takes nobody else.
        if (caller.IsWard && body.Value.Granted)
        {
            return (Refusal)ErrorCodes.RepresentativeNeeded;
        }

        var call = body.Value.ToCall(key.Value, id, caller.Level);
        return await ConsentRoutes.Answer(await again.Call(() => grains.GetGrain<ICitizenSelf>(caller.Key).DecideRequest(call)), caller, grains, again, rules);
    }
}
