using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Callers;
using Platform.Api.Catalogue;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Contracts;

namespace Platform.Api.Me;

/// <summary>Citizens say what is wrong and ask why somebody had access.</summary>
static class MyReportRoutes
{
    public static void MapMyReports(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/reports");

        group.MapGet("", List)
            .RequireAuthorization(Policies.MeRead)
            .WithName("getMyReports")
            .WithSummary("The newest 200 reports with their answers, newest first");

        group.MapPost("", Open)
            .RequireAuthorization(Policies.MeWrite)
            .WithName("openMyReport")
            .WithSummary("Report that something is wrong, or ask why somebody had access")
            .WithDescription(
                "About exactly one attribute or document that is held (a correction) or one access in the ledger (a question). An official of the one-stop counter "
                + "answers. Repeating the Idempotency-Key with the same content gives the first answer again.")
            .Refuses(
                ErrorCodes.IdempotencyKeyMissing, ErrorCodes.IdempotencyKeyMalformed, ErrorCodes.TextEmpty, ErrorCodes.TextTooLong,
                ErrorCodes.ReportSubjectAmbiguous, ErrorCodes.ReportSubjectUnknown, ErrorCodes.ReportsTooMany, ErrorCodes.CitizenUnknown,
                ErrorCodes.OperationKeyReused);
    }

    static async Task<Ok<ImmutableArray<MyReport>>> List(CitizenCaller caller, IGrainFactory grains, Again again, RuleNames rules)
    {
        var reports = await again.Call(grains.GetGrain<ICitizenHistory>(caller.Key).GetReports);
        var book = await rules.Current(again);
        return TypedResults.Ok(reports.Select(report => MyReport.From(report, book)).ToImmutableArray());
    }

    static async Task<Results<Ok<MyReport>, Refusal>> Open(
        IdempotencyKey key, Body<ReportAsk> body, CitizenCaller caller, IGrainFactory grains, Again again, RuleNames rules)
    {
        var call = body.Value.ToCall(key.Value);
        var answer = await again.Call(() => grains.GetGrain<ICitizenSelf>(caller.Key).OpenReport(call));
        return answer.Refusal is { } refusal ? Refusal.Of(refusal) : TypedResults.Ok(MyReport.From(answer.Report!, await rules.Current(again)));
    }
}
