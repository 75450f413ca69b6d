using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Callers;
using Platform.Api.Catalogue;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Contracts;

namespace Platform.Api.Reports;

/// <summary>Officials of the one-stop counter answer what citizens report.</summary>
static class ReportRoutes
{
    const int MostItems = 100;

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/reports").WithTags("Reports").RequireAuthorization(Policies.ReportsAnswer);

        group.MapGet("/role", (OfficialCaller _) => TypedResults.Ok(new OfficialRole { Role = Policies.OneStopOfficer }))
            .WithName("getReportRole")
            .WithSummary("Whether the caller may work on reports")
            .WithDescription("Asks the account for its roles and reads nothing else; an account without the role is refused with token.role-missing.");

        group.MapGet("/open", List)
            .WithName("getOpenReports")
            .WithSummary("Reports without an answer, oldest first")
            .WithDescription(
                "Personal numbers are masked, also in texts. What an official reads here for the first time is entered in the citizen's ledger before it is answered. "
                + "The official's own reports are left out.")
            .Refuses(ErrorCodes.ParameterMalformed);

        group.MapPost("/{id}/answer", Answer)
            .WithName("answerReport")
            .WithSummary("Answer a report")
            .WithDescription(
                "A question is explained; a correction is corrected or notCorrected. What is held changes only where its source changes it. Repeating the "
                + "Idempotency-Key with the same content gives the first answer again.")
            .Refuses(
                ErrorCodes.ParameterMalformed, ErrorCodes.IdempotencyKeyMissing, ErrorCodes.IdempotencyKeyMalformed, ErrorCodes.TextEmpty, ErrorCodes.TextTooLong,
                ErrorCodes.ReportOutcomeUnfit, ErrorCodes.ReportOwn, ErrorCodes.ReportUnknown, ErrorCodes.ReportAnswered);
    }

    static async Task<Results<Ok<OpenReportList>, Refusal>> List(
        OfficialCaller caller,
        IGrainFactory grains,
        Again again,
        RuleNames rules,
        [Description("Reports to give, 1 to 100.")] int count = 50,
        [Description("next of the page before.")] Guid? after = null)
    {
        if (count is < 1 or > MostItems)
        {
            return (Refusal)ErrorCodes.ParameterMalformed;
        }

        var page = await again.Call(() => Queue(grains).GetOpen(count, after, caller.ToOfficial()));
        return TypedResults.Ok(OpenReportList.From(page, await rules.Current(again)));
    }

    static async Task<Results<Ok<AnsweredReport>, Refusal>> Answer(
        Guid id, IdempotencyKey key, Body<ReportSettlement> body, OfficialCaller caller, IGrainFactory grains, Again again)
    {
        var call = body.Value.ToCall(id, key.Value, caller.ToOfficial());
        var answer = await again.Call(() => Queue(grains).Answer(call));
        return answer.Refusal is { } refusal ? Refusal.Of(refusal) : TypedResults.Ok(AnsweredReport.From(answer.Report!));
    }

    static IReportQueue Queue(IGrainFactory grains) => grains.GetGrain<IReportQueue>(0);

    static ReportOfficial ToOfficial(this OfficialCaller caller) =>
        new() { PersonalId = caller.PersonalId.Reveal(), Subject = caller.Subject, Role = Policies.OneStopOfficer };
}
