using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Callers;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Contracts;
using Platform.Domain;

namespace Platform.Api.RuleBooks;

/// <summary>Rule owners draft, review and publish the books by which everything is decided.</summary>
static class RuleBookRoutes
{
    static readonly BodyLimit BookSize = new(1024 * 1024);

    public static void MapRuleBooks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/rulebooks").WithTags("Rule books");
        var read = group.MapGroup("").RequireAuthorization(Policies.RulesRead);

        read.MapGet("", List).WithName("listRuleBooks").WithSummary("All drafts and books, without their content");
        read.MapGet("/current", Current).WithName("getCurrentRuleBook").WithSummary("The book in force now");
        read.MapGet("/{number}", Get).WithName("getRuleBook").WithSummary("One book with its content")
            .Refuses(ErrorCodes.ParameterMalformed, ErrorCodes.RuleBookUnknown);

        group.MapPost("", Draft)
            .RequireAuthorization(Policies.RulesDraft)
            .WithMetadata(BookSize)
            .WithName("draftRuleBook")
            .WithSummary("Draft a book")
            .WithDescription("The draft is given the next number. Repeating the Idempotency-Key with the same content gives the first answer again. The body may have up to 1 MB.")
            .Refuses(
                ErrorCodes.IdempotencyKeyMissing, ErrorCodes.IdempotencyKeyMalformed, ErrorCodes.TextEmpty, ErrorCodes.TextTooLong,
                ErrorCodes.RuleBookInvalid, ErrorCodes.OperationKeyReused);

        group.MapPost("/{number}/review", Review)
            .RequireAuthorization(Policies.RulesReview)
            .WithName("reviewRuleBook")
            .WithSummary("Approve or reject a draft that another person wrote")
            .Refuses(
                ErrorCodes.ParameterMalformed, ErrorCodes.TextEmpty, ErrorCodes.TextTooLong, ErrorCodes.RuleBookUnknown, ErrorCodes.RuleBookWrongState,
                ErrorCodes.RuleBookSamePerson);

        group.MapPost("/{number}/publish", Publish)
            .RequireAuthorization(Policies.RulesPublish)
            .WithName("publishRuleBook")
            .WithSummary("Publish an approved draft from an instant on")
            .WithDescription("The instant must lie after every lease that could still trust an older book; earliest tells which is possible.")
            .Refuses(
                ErrorCodes.ParameterMalformed, ErrorCodes.RuleBookUnknown, ErrorCodes.RuleBookWrongState, ErrorCodes.RuleBookSamePerson,
                ErrorCodes.RuleBookTooEarly);
    }

    static IRuleBooks Books(IGrainFactory grains) => grains.GetGrain<IRuleBooks>(IRuleBooks.Key);

    static async Task<Ok<ImmutableArray<RuleBookItem>>> List(IGrainFactory grains, Again again) =>
        TypedResults.Ok((await again.Call(Books(grains).List)).Select(RuleBookItem.From).ToImmutableArray());

    static async Task<Ok<RuleBookItem>> Current(IGrainFactory grains, Again again) => TypedResults.Ok(RuleBookItem.From(await again.Call(Books(grains).Current)));

    static async Task<Results<Ok<RuleBookItem>, Refusal>> Get(int number, IGrainFactory grains, Again again) =>
        await again.Call(() => Books(grains).Get(number)) is { } book ? TypedResults.Ok(RuleBookItem.From(book)) : (Refusal)ErrorCodes.RuleBookUnknown;

    static async Task<Results<Ok<RuleBookItem>, Refusal>> Draft(IdempotencyKey key, Body<RuleBookDraft> body, StaffCaller caller, IGrainFactory grains, Again again) =>
        Answer(await again.Call(() => Books(grains).Draft(key.Value, caller.Subject, DomainJson.Write(body.Value.ToBook()))));

    // A step whose answer was lost may have been done, and done twice it is refused: who asked looks first.
    static async Task<Results<Ok<RuleBookItem>, Refusal>> Review(int number, Body<RuleBookReview> body, StaffCaller caller, IGrainFactory grains) =>
        Answer(await Books(grains).Review(number, caller.Subject, body.Value.Approve, body.Value.Comment));

    static async Task<Results<Ok<RuleBookItem>, Refusal>> Publish(int number, Body<RuleBookPublication> body, StaffCaller caller, IGrainFactory grains) =>
        Answer(await Books(grains).Publish(number, caller.Subject, body.Value.EffectiveFrom));

    static Results<Ok<RuleBookItem>, Refusal> Answer(RuleBookAnswer answer) => answer switch
    {
        { Refusal: { } refusal } => new Refusal(new Problem(ErrorCodes.Find(refusal))
        {
            Findings = answer.Findings.IsDefaultOrEmpty ? null : answer.Findings,
            Earliest = answer.Earliest,
        }),
        { Book: { } book } => TypedResults.Ok(RuleBookItem.From(book)),
        _ => throw new InvalidOperationException("The rule books gave neither a book nor a refusal."),
    };
}
