using System.Collections.Immutable;
using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Callers;
using Platform.Api.Notifications;
using Platform.Api.Problems;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;

namespace Platform.Api.Me;

/// <summary>Citizens read what is held about them and who learned it.</summary>
static class MeRoutes
{
    const int MostEntries = 500;

    public static void MapMe(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/me").WithTags("Me");
        var read = group.MapGroup("").RequireAuthorization(Policies.MeRead);

        read.MapGet("", GetRecord)
            .WithName("getMe")
            .WithSummary("Profile, residence and household with their sources")
            .Refuses(ErrorCodes.CitizenUnknown);

        read.MapGet("/documents", GetDocuments)
            .WithName("getMyDocuments")
            .WithSummary("Integrated documents")
            .Refuses(ErrorCodes.CitizenUnknown);

        read.MapGet("/ledger", GetLedger)
            .WithName("getMyLedger")
            .WithSummary("Everything that anybody learned or changed, hash-chained")
            .WithDescription("Each entry's hash is SHA-256 over its canonical encoding and the hash before, so a missing or changed entry shows.")
            .Refuses(ErrorCodes.ParameterMalformed);

        read.MapMyAccesses();
        group.MapMyReports();
        group.MapMyNotifications();
        group.MapMyConsents();
        group.MapMyAccount();
        group.MapMyRequests();
        group.MapMyPresentations();
    }

    internal static async Task<CitizenRecord?> Load(IGrainFactory grains, Again again, CitizenCaller caller)
    {
        var citizen = grains.GetGrain<ICitizenSelf>(caller.Key);
        return await again.Call(citizen.GetRecord) is { } json ? DomainJson.Read<CitizenRecord>(json) : null;
    }

    static async Task<Results<Ok<RecordView>, Refusal>> GetRecord(CitizenCaller caller, IGrainFactory grains, Again again) =>
        await Load(grains, again, caller) is { } record ? TypedResults.Ok(RecordView.From(record)) : (Refusal)ErrorCodes.CitizenUnknown;

    static async Task<Results<Ok<ImmutableArray<DocumentView>>, Refusal>> GetDocuments(
        CitizenCaller caller, IGrainFactory grains, Again again, TimeProvider clock)
    {
        if (await Load(grains, again, caller) is not { } record)
        {
            return (Refusal)ErrorCodes.CitizenUnknown;
        }

        var today = CivilTime.Day(clock.GetUtcNow());
        return TypedResults.Ok(record.Documents.Select(document => DocumentView.From(document, today)).ToImmutableArray());
    }

    static async Task<Results<Ok<LedgerView>, Refusal>> GetLedger(
        CitizenCaller caller,
        IGrainFactory grains,
        Again again,
        [Description("Position after which to begin.")] long after = 0,
        [Description("Entries to give, 1 to 500.")] int count = 100)
    {
        if (after < 0 || count is < 1 or > MostEntries)
        {
            return (Refusal)ErrorCodes.ParameterMalformed;
        }

        var citizen = grains.GetGrain<ICitizenSelf>(caller.Key);
        return TypedResults.Ok(LedgerView.From(await again.Call(() => citizen.GetLedger(after, count))));
    }
}
