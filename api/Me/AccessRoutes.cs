using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Callers;
using Platform.Api.Catalogue;
using Platform.Api.Problems;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Domain.Sharing;

namespace Platform.Api.Me;

/// <summary>Citizens see who asked for their data, refusals included.</summary>
static class AccessRoutes
{
    const int MostItems = 200;
    const int LongestKey = 200;
    const int FirstYear = 2000;
    const int LastYear = 9999;

    public static void MapMyAccesses(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/accesses");

        group.MapGet("", List)
            .WithName("getMyAccesses")
            .WithSummary("Who asked for what and why, newest first")
            .WithDescription("Disclosures to sector systems, permitted or denied, and identity claims released at logins. All filters hold together.")
            .Refuses(ErrorCodes.ParameterMalformed);

        group.MapGet("/summary", Summarize)
            .WithName("getMyAccessSummary")
            .WithSummary("Accesses by month and by organisation");

        group.MapGet("/{id}", Find)
            .WithName("getMyAccess")
            .WithSummary("One access")
            .Refuses(ErrorCodes.ParameterMalformed, ErrorCodes.AccessUnknown);
    }

    static async Task<Results<Ok<AccessList>, Refusal>> List(
        CitizenCaller caller,
        IGrainFactory grains,
        Again again,
        RuleNames rules,
        [Description("Position before which to begin: next of the page before.")] long? before = null,
        [Description("Accesses to give, 1 to 200.")] int count = 50,
        [Description("Only those of a month of Vietnam, yyyy-MM.")] string? month = null,
        [Description("Only those of an organisation: a key of this list or of the summary.")] string? organisation = null,
        [Description("Only those that ended so: permitted, partlyPermitted or denied.")] string? outcome = null)
    {
        Outcome? wanted = outcome switch
        {
            "permitted" => Outcome.Permitted,
            "partlyPermitted" => Outcome.PartlyPermitted,
            "denied" => Outcome.Denied,
            _ => null,
        };
        DateOnly? first = month is not null
            && DateOnly.TryParseExact($"{month}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is > FirstYear and < LastYear ? day : null;
        if (before < 1 || count is < 1 or > MostItems || (month is not null && first is null) || (outcome is not null && wanted is null) || organisation is "" or { Length: > LongestKey })
        {
            return (Refusal)ErrorCodes.ParameterMalformed;
        }

        var book = await rules.Current(again);
        var query = new AccessQuery
        {
            Before = before,
            Count = count,
            From = first is { } start ? CivilTime.StartOf(start) : null,
            To = first is { } end ? CivilTime.StartOf(end.AddMonths(1)) : null,
            Sources = organisation is null ? [] : AccessNames.SourcesOf(organisation, book),
            Outcome = wanted,
        };
        return TypedResults.Ok(AccessList.From(await again.Call(() => History(grains, caller).GetAccesses(query)), book));
    }

    static async Task<Ok<AccessSummary>> Summarize(CitizenCaller caller, IGrainFactory grains, Again again, RuleNames rules) =>
        TypedResults.Ok(AccessSummary.From(await again.Call(History(grains, caller).CountAccesses), await rules.Current(again)));

    static async Task<Results<Ok<AccessView>, Refusal>> Find(Guid id, CitizenCaller caller, IGrainFactory grains, Again again, RuleNames rules) =>
        await again.Call(() => History(grains, caller).FindAccess(id)) is { } entry
            ? TypedResults.Ok(AccessView.From(entry, await rules.Current(again)))
            : (Refusal)ErrorCodes.AccessUnknown;

    static ICitizenHistory History(IGrainFactory grains, CitizenCaller caller) => grains.GetGrain<ICitizenHistory>(caller.Key);
}
