using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Callers;
using Platform.Api.Catalogue;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Contracts;

namespace Platform.Api.Notifications;

/// <summary>Citizens see what happened since they last looked, and choose of what they want to be told.</summary>
static class NotificationRoutes
{
    public static void MapMyNotifications(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/notifications");

        group.MapGet("", List)
            .RequireAuthorization(Policies.MeRead)
            .WithName("getMyNotifications")
            .WithSummary("What happened, newest first, and which kinds are told");

        group.MapPut("/choices", Choose)
            .RequireAuthorization(Policies.MeWrite)
            .WithName("chooseMyNotifications")
            .WithSummary("Choose what to be told of")
            .WithDescription("The whole set of kinds that can be chosen. Requests for consent and the account's security are always told. Repeating it changes nothing.");

        group.MapPost("/seen", MarkSeen)
            .RequireAuthorization(Policies.MeWrite)
            .WithName("markMyNotificationsSeen")
            .WithSummary("Mark everything up to an instant as seen")
            .WithDescription("At most up to now; an earlier instant than before changes nothing.");
    }

    static async Task<Ok<NotificationList>> List(CitizenCaller caller, IGrainFactory grains, Again again, RuleNames rules) =>
        TypedResults.Ok(NotificationList.From(await again.Call(Of(grains, caller).GetNotifications), await rules.Current(again)));

    static async Task<Ok<ImmutableArray<NotificationChoice>>> Choose(Body<NotificationChoices> body, CitizenCaller caller, IGrainFactory grains, Again again)
    {
        var silenced = body.Value.Silenced();
        await again.Call(() => Of(grains, caller).SetSilenced(silenced));
        return TypedResults.Ok(NotificationChoice.All(silenced));
    }

    static async Task<Ok<SeenNotifications>> MarkSeen(Body<SeenNotifications> body, CitizenCaller caller, IGrainFactory grains, Again again) =>
        TypedResults.Ok(new SeenNotifications { UpTo = await again.Call(() => Of(grains, caller).MarkSeen(body.Value.UpTo)) });

    static INotifications Of(IGrainFactory grains, CitizenCaller caller) => grains.GetGrain<INotifications>(caller.Key);
}
