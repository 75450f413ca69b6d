using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Callers;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Contracts;

namespace Platform.Api.Systems;

/// <summary>Rule owners stop a sector system and let it go on.</summary>
static class SystemRoutes
{
    public static void MapSystems(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/systems").WithTags("Systems").RequireAuthorization(Policies.SystemsManage);

        group.MapGet("", List).WithName("listSystems").WithSummary("The sector systems of the book in force");

        group.MapPost("/{id}/suspend", Suspend)
            .WithName("suspendSystem")
            .WithSummary("Suspend a sector system")
            .WithDescription("From one lease later at the latest everything it asks is denied.")
            .Refuses(ErrorCodes.TextEmpty, ErrorCodes.TextTooLong, ErrorCodes.SystemUnknown);

        group.MapPost("/{id}/resume", Resume)
            .WithName("resumeSystem")
            .WithSummary("Let a suspended system ask again")
            .Refuses(ErrorCodes.TextEmpty, ErrorCodes.TextTooLong, ErrorCodes.SystemUnknown);
    }

    static IRuleBooks Books(IGrainFactory grains) => grains.GetGrain<IRuleBooks>(IRuleBooks.Key);

    static async Task<Ok<ImmutableArray<SystemItem>>> List(IGrainFactory grains, Again again) =>
        TypedResults.Ok((await again.Call(Books(grains).Systems)).Select(SystemItem.From).ToImmutableArray());

    static async Task<Results<Ok<SystemItem>, Refusal>> Suspend(string id, Body<SystemStep> body, StaffCaller caller, IGrainFactory grains, Again again) =>
        Answer(await again.Call(() => Books(grains).Suspend(id, caller.Subject, body.Value.Cause)));

    static async Task<Results<Ok<SystemItem>, Refusal>> Resume(string id, Body<SystemStep> body, StaffCaller caller, IGrainFactory grains, Again again) =>
        Answer(await again.Call(() => Books(grains).Resume(id, caller.Subject, body.Value.Cause)));

    static Results<Ok<SystemItem>, Refusal> Answer(SystemAnswer answer) => answer switch
    {
        { Refusal: { } refusal } => Refusal.Of(refusal),
        { System: { } system } => TypedResults.Ok(SystemItem.From(system)),
        _ => throw new InvalidOperationException("The rule books gave neither a system nor a refusal."),
    };
}

/// <summary>Why a system is stopped or let go on.</summary>
sealed record SystemStep : IChecked
{
    /// <summary>The cause, for the record.</summary>
    [MaxLength(500)]
    public required string Cause { get; init; }

    public void Check(InputCheck check) => check.Text(Cause, "/cause", 500);
}

/// <summary>A sector system and its standing.</summary>
sealed record SystemItem
{
    /// <summary>Id, equal to the client id of its tokens.</summary>
    public required string Id { get; init; }

    /// <summary>Organisation id.</summary>
    public required string Organisation { get; init; }

    /// <summary>Whether it is suspended.</summary>
    public required bool Suspended { get; init; }

    /// <summary>Who suspended or resumed it last.</summary>
    public required string? ChangedBy { get; init; }

    /// <summary>Why.</summary>
    public required string? Cause { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset? ChangedAt { get; init; }

    public static SystemItem From(SystemView view) => new()
    {
        Id = view.Id,
        Organisation = view.Organisation,
        Suspended = view.Suspended,
        ChangedBy = view.ChangedBy,
        Cause = view.Cause,
        ChangedAt = view.ChangedAt,
    };
}
