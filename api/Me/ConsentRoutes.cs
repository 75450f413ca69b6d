using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Callers;
using Platform.Api.Catalogue;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Consents;

namespace Platform.Api.Me;

/// <summary>Citizens decide who may receive what, and take it back.</summary>
static class ConsentRoutes
{
    public static void MapMyConsents(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/consents").RequireAuthorization(Policies.MeConsents);

        group.MapGet("", List)
            .WithName("getMyConsents")
            .WithSummary("Consents given, refused and withdrawn")
            .Refuses(ErrorCodes.CitizenUnknown);

        group.MapGet("/{id}", Get)
            .WithName("getMyConsent")
            .WithSummary("One consent with the text that was shown and its place in the ledger")
            .WithDescription("Ended consents that the record no longer keeps are still found here.")
            .Refuses(ErrorCodes.ParameterMalformed, ErrorCodes.ConsentUnknown, ErrorCodes.CitizenUnknown);

        group.MapPost("", Decide)
            // The text of the evidence in Vietnamese, each letter perhaps as an escape.
            .WithMetadata(new BodyLimit(192 * 1024))
            .WithName("decideConsent")
            .WithSummary("Grant or refuse a consent")
            .WithDescription(
                "One recipient, one purpose, exactly the attributes named; granted has no default. Repeating the Idempotency-Key with the same content gives the "
                + "first answer again. The identity level of the evidence is that of the token.")
            .Refuses(
                ErrorCodes.IdempotencyKeyMissing, ErrorCodes.IdempotencyKeyMalformed, ErrorCodes.TextEmpty, ErrorCodes.TextTooLong,
                ErrorCodes.NumberOutOfRange, ErrorCodes.PurposeMalformed, ErrorCodes.TargetsNone, ErrorCodes.TargetsTooMany, ErrorCodes.TargetsDuplicate,
                ErrorCodes.TargetUnknown, ErrorCodes.EvidenceInvalid, ErrorCodes.ConsentEvidenceMismatch, ErrorCodes.ConsentTermsInvalid, ErrorCodes.ConsentRecipientUnknown,
                ErrorCodes.ConsentPurposeUnknown, ErrorCodes.CitizenUnknown, ErrorCodes.CitizenInactive, ErrorCodes.ConsentsTooMany,
                ErrorCodes.OperationKeyReused, ErrorCodes.RepresentativeNeeded);

        group.MapDelete("/{id}", Withdraw)
            .WithName("withdrawConsent")
            .WithSummary("Withdraw a consent")
            .WithDescription("Once this has answered, nothing is released on the consent any more. Repeating it changes nothing; an Idempotency-Key is accepted and not needed.")
            .Refuses(ErrorCodes.ParameterMalformed, ErrorCodes.ConsentUnknown, ErrorCodes.CitizenUnknown);
    }

    static async Task<Results<Ok<ImmutableArray<ConsentView>>, Refusal>> List(CitizenCaller caller, IGrainFactory grains, Again again, RuleNames rules)
    {
        if (await MeRoutes.Load(grains, again, caller) is not { } record)
        {
            return (Refusal)ErrorCodes.CitizenUnknown;
        }

        var book = await rules.Current(again);
        var uses = (await Uses(grains, again, caller)).ToDictionary(use => use.Consent);
        return TypedResults.Ok(record.Consents.Select(consent => ConsentView.From(consent, uses.GetValueOrDefault(consent.Id), book)).ToImmutableArray());
    }

    static async Task<Results<Ok<ConsentDetail>, Refusal>> Get(Guid id, CitizenCaller caller, IGrainFactory grains, Again again, RuleNames rules)
    {
        if (await MeRoutes.Load(grains, again, caller) is not { } record)
        {
            return (Refusal)ErrorCodes.CitizenUnknown;
        }

        var past = await again.Call(() => grains.GetGrain<ICitizenHistory>(caller.Key).FindConsent(id));
        var consent = record.Consents.FirstOrDefault(held => held.Id == id) ?? (past is null ? null : DomainJson.Read<Consent>(past.Consent));
        return consent is null
            ? (Refusal)ErrorCodes.ConsentUnknown
            : TypedResults.Ok(new ConsentDetail(await View(consent, caller, grains, again, rules), past));
    }

    static async Task<Results<Ok<ConsentView>, Refusal>> Decide(
        IdempotencyKey key, Body<ConsentDecision> body, CitizenCaller caller, IGrainFactory grains, Again again, RuleNames rules)
    {
        // A child or a person under guardianship agrees to nothing alone; to refuse takes nobody else.
        if (caller.IsWard && body.Value.Granted)
        {
            return (Refusal)ErrorCodes.RepresentativeNeeded;
        }

        var call = body.Value.ToCall(key.Value, caller.Level);
        return await Answer(await again.Call(() => grains.GetGrain<ICitizenSelf>(caller.Key).DecideConsent(call)), caller, grains, again, rules);
    }

    static async Task<Results<Ok<ConsentView>, Refusal>> Withdraw(Guid id, CitizenCaller caller, IGrainFactory grains, Again again, RuleNames rules) =>
        await Answer(await again.Call(() => grains.GetGrain<ICitizenSelf>(caller.Key).WithdrawConsent(id)), caller, grains, again, rules);

    internal static async Task<Results<Ok<ConsentView>, Refusal>> Answer(ConsentAnswer answer, CitizenCaller caller, IGrainFactory grains, Again again, RuleNames rules) =>
        answer.Refusal is { } refusal
            ? Refusal.Of(refusal)
            : TypedResults.Ok(await View(DomainJson.Read<Consent>(answer.Consent!), caller, grains, again, rules));

    static async Task<ConsentView> View(Consent consent, CitizenCaller caller, IGrainFactory grains, Again again, RuleNames rules) =>
        ConsentView.From(consent, (await Uses(grains, again, caller)).FirstOrDefault(use => use.Consent == consent.Id), await rules.Current(again));

    static Task<ImmutableArray<ConsentUse>> Uses(IGrainFactory grains, Again again, CitizenCaller caller) =>
        again.Call(grains.GetGrain<ICitizenHistory>(caller.Key).CountConsentUses);
}
