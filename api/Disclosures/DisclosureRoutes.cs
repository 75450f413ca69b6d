using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Callers;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Contracts;
using Platform.Domain.Sharing;

namespace Platform.Api.Disclosures;

/// <summary>Sector systems ask about people.</summary>
static class DisclosureRoutes
{
    public static void MapDisclosures(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/disclosures").WithTags("Disclosures");

        group.MapPost("", Ask)
            .RequireAuthorization(Policies.DisclosuresRequest)
            .WithName("askDisclosure")
            .WithSummary("Ask for attributes and predicates of a person")
            .WithDescription(
                "The system is the token's client. Every attempt is a new disclosure with an id of its own: it is decided, recorded in the citizen's ledger and only "
                + "then answered. After a fault (503) nothing was released and you may simply ask again. A partly permitted disclosure is a 200 with some items denied; "
                + "one of which nothing is released is a 403 with the code disclosure.denied and the same members. With a token from a token exchange (act) the "
                + "system acts for the logged-in official whom the token proves: official then carries role and unit, and the token's personal ID and the "
                + "level of the live session are what is recorded.")
            .Refuses(
                ErrorCodes.PersonalIdMalformed, ErrorCodes.PurposeMalformed, ErrorCodes.AttributeUnknown, ErrorCodes.PredicateUnknown,
                ErrorCodes.PredicateArgumentMalformed, ErrorCodes.TargetsNone, ErrorCodes.TargetsTooMany, ErrorCodes.TargetsDuplicate,
                ErrorCodes.OfficialIncomplete, ErrorCodes.OfficialMismatch, ErrorCodes.TextEmpty, ErrorCodes.TextTooLong, ErrorCodes.NumberOutOfRange, ErrorCodes.DisclosureDenied);

        group.MapGet("/{id}", Find)
            .RequireAuthorization(Policies.DisclosuresRead)
            .WithName("findDisclosure")
            .WithSummary("The recorded decision of a disclosure of your own")
            .WithDescription("The decision without values: what was released is not stored and cannot be had again by this route.")
            .Refuses(ErrorCodes.ParameterMalformed, ErrorCodes.DisclosureUnknown);
    }

    static async Task<Results<Ok<DisclosureView>, Refusal>> Ask(Body<DisclosureAsk> body, SystemCaller caller, IGrainFactory grains, Again again, TimeProvider clock)
    {
        var ask = body.Value;
        if (OfficialReference.Contradiction(ask.Official, caller.Official) is { } contradiction)
        {
            return Refusal.Of([contradiction]);
        }

        var citizen = grains.Disclosures(ask.Subject.PersonalId);
        var answer = await again.Call(() => citizen.Disclose(ask.ToCall(Guid.CreateVersion7(clock.GetUtcNow()), caller)));
        var view = DisclosureView.From(answer, withValues: true);
        return answer.Outcome == Outcome.Denied ? new Refusal(new DisclosureDenied(view)) : TypedResults.Ok(view);
    }

    static async Task<Results<Ok<DisclosureView>, Refusal>> Find(Guid id, SystemCaller caller, IGrainFactory grains, Again again)
    {
        var answer = await again.Call(() => grains.GetGrain<IDisclosureArchive>(0).Find(caller.Id, id));
        return answer is null ? (Refusal)ErrorCodes.DisclosureUnknown : TypedResults.Ok(DisclosureView.From(answer, withValues: false));
    }
}
