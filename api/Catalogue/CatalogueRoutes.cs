using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Callers;
using Platform.Api.Problems;
using Platform.Domain.Catalogue;

namespace Platform.Api.Catalogue;

/// <summary>What can be asked for, and what the caller may ask.</summary>
static class CatalogueRoutes
{
    public static void MapCatalogue(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/catalogue").WithTags("Catalogue").RequireAuthorization(Policies.CatalogueRead)
            .MapGet("", Get)
            .WithName("getCatalogue")
            .WithSummary("Attributes, predicates, purposes and what you may ask")
            .WithDescription("The member you lists the rules of the book in force whose conditions could hold for the calling system, with the conditions in words.");

    static async Task<Ok<CatalogueView>> Get(SystemCaller caller, Again again, RuleNames rules) =>
        TypedResults.Ok(CatalogueView.From(AttributeCatalogue.Shipped, await rules.Current(again), caller.Id));
}
