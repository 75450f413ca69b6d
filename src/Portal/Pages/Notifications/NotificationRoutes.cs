using System.Collections.Immutable;
using System.Globalization;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Failures;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Notifications;

/// <summary>What the person was told, and what they want to be told.</summary>
static class NotificationRoutes
{
    const string Seen = Addresses.Notifications + "/seen";

    public static void MapNotifications(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Addresses.Notifications, async (Visit visit) => visit.Page<NotificationsPage, NotificationNews>(new(await Read(visit), visit.Query("done"))));
        routes.MapPost(Seen, MarkSeen);
        routes.MapGet(Addresses.NotificationChoices, ShowChoices);
        routes.MapPost(Addresses.NotificationChoices, Choose);
    }

    // Only what the page showed: what came since must not count as seen.
    static async Task<IResult> MarkSeen(Visit visit)
    {
        if (!DateTimeOffset.TryParseExact(visit.Field("upTo"), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var upTo))
        {
            return new FailureResult(Failure.BadRequest);
        }
        return await visit.Api.Send(HttpMethod.Post, "v1/me/notifications/seen", new { upTo }, visit.Operation) is { } problem
            ? new FailureResult(Failure.Of(problem))
            : Visit.Go(Addresses.Notifications + "?done=seen");
    }

    static async Task<IResult> ShowChoices(Visit visit)
    {
        var choices = (await Read(visit)).Choices;
        return visit.Page<ChoicesPage, NotificationWishes>(new(visit.Fields("kind").Length > 0 ? Wished(visit, choices) : choices, []));
    }

    static async Task<IResult> Choose(Visit visit)
    {
        var wished = Wished(visit, (await Read(visit)).Choices);
        var body = wished.Where(choice => !choice.Mandatory).ToDictionary(choice => choice.Kind, choice => choice.Told);
        return await visit.Api.Send(HttpMethod.Put, "v1/me/notifications/choices", body, visit.Operation) is { } problem
            ? visit.Page<ChoicesPage, NotificationWishes>(new(wished, [FormProblem.Of(problem, visit.Words)]), problem.Status)
            : Visit.Go(Addresses.Notifications + "?done=choices");
    }

    // A kind that the form did not show, because it is newer than the page, stays as it is.
    static ImmutableArray<NotificationChoice> Wished(Visit visit, ImmutableArray<NotificationChoice> choices)
    {
        var (shown, ticked) = (visit.Fields("kind"), visit.Fields("told"));
        return [.. choices.Select(choice => choice.Mandatory || !shown.Contains(choice.Kind) ? choice : choice with { Told = ticked.Contains(choice.Kind) })];
    }

    static async Task<NotificationList> Read(Visit visit) => (await visit.Api.Get<NotificationList>("v1/me/notifications")).Require();
}
