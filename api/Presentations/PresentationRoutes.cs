using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Input;
using Platform.Api.Limits;
using Platform.Api.Problems;
using Platform.Contracts;
using Platform.Domain.Presentations;

namespace Platform.Api.Presentations;

/// <summary>Whoever was given a code sees what the citizen chose.</summary>
static class PresentationRoutes
{
    public static void MapPresentations(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/presentations").WithTags("Presentations")
            .MapPost("", Show)
            .AllowAnonymous()
            .WithName("showPresentation")
            .WithSummary("See what a citizen shows, by its one-time code")
            .WithDescription(
                "Needs no token: the code is all. It counts once: what is seen is in the citizen's ledger first. A code that never was, has expired or was taken back is "
                + "answered alike. Wrong codes are counted by address, and too many are told to wait.")
            .Refuses(ErrorCodes.PresentationUnknown, ErrorCodes.PresentationUsed);

    static async Task<Results<Ok<ShownDocument>, Refusal>> Show(
        Body<PresentedCode> body, IGrainFactory grains, Again again, FailureLimiter failures, TimeProvider clock, HttpContext context)
    {
        if (PresentationCode.Read(body.Value.Code) is not { } code)
        {
            return failures.Refuse(context) ?? ErrorCodes.PresentationUnknown;
        }

        var call = new ShowCall { CodeHash = PresentationCode.Hash(code), Attempt = Guid.CreateVersion7(clock.GetUtcNow()) };
        var answer = await again.Call(() => grains.GetGrain<IPresentationDesk>(0).Show(call));
        return answer.Refusal is { } refusal
            ? failures.Refuse(context) ?? Refusal.Of(refusal)
            : TypedResults.Ok(ShownDocument.From(answer));
    }
}
