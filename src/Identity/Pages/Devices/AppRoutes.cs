using System.Globalization;
using Platform.Contracts;
using Platform.Identity.Accounts;
using Platform.Identity.Audit;
using Platform.Identity.Pages.Shell;

namespace Platform.Identity.Pages.Devices;

/// <summary>The page of a registered device on which its holder approves or denies logins elsewhere.</summary>
static class AppRoutes
{
    const int SecondsBetweenLooks = 5;

    public static void MapApp(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Addresses.App, Show);
        pages.MapPost(Addresses.App, Decide);
    }

    static Task<IResult> Show(Visit visit, EidAccounts accounts, DeviceCookie cookie) => Questions(visit, accounts, cookie, null);

    static async Task<IResult> Decide(Visit visit, EidAccounts accounts, DeviceCookie cookie, IdentityAudit audit)
    {
        if (cookie.Read(visit.Http) is not { } device)
        {
            return await Questions(visit, accounts, cookie, null);
        }
        var approves = visit.Field("answer") == "approve";
        var number = Input.Digits(visit.Field("number"));
        if (approves && (number.Length != 2 || !number.All(char.IsAsciiDigit)))
        {
            var missing = new Problem(
                visit.T("Chưa nhập số gồm 2 chữ số.", "The number of two digits is missing."),
                visit.T("Nhập số đang hiện trên màn hình đăng nhập.", "Type the number that the login screen shows."), "number");
            return await Questions(visit, accounts, cookie, missing, StatusCodes.Status400BadRequest);
        }
        var answer = await accounts.Ask(device.Number, account => account.DecideApproval(new DecideApprovalCall
        {
            DeviceSecretHash = device.Digest,
            ApprovalId = visit.Field("question"),
            Approve = approves,
            Number = approves ? number : null,
        }));
        audit.ApprovalDecided(device.Number, answer.Refusal ?? (approves ? "approved" : "denied"));
        return answer.Refusal is { } refusal
            ? await Questions(visit, accounts, cookie, RefusalTexts.Of(refusal, visit.Language), StatusCodes.Status403Forbidden)
            : Visit.Go(Addresses.App);
    }

    static async Task<IResult> Questions(
        Visit visit, EidAccounts accounts, DeviceCookie cookie, Problem? problem, int status = StatusCodes.Status200OK)
    {
        var view = cookie.Read(visit.Http) is { } device ? await accounts.Ask(device.Number, account => account.GetApprovals(device.Digest)) : null;
        if (view is null)
        {
            return visit.Page<NoDevicePage, NoModel>(NoModel.Instance, StatusCodes.Status403Forbidden);
        }
        // Not while somebody may be typing, nor for who reads slowly and has said so.
        var refreshes = view.Waiting.IsEmpty && problem is null && !visit.Http.Request.Query.ContainsKey("still");
        if (refreshes)
        {
            visit.Http.Response.Headers["Refresh"] = SecondsBetweenLooks.ToString(CultureInfo.InvariantCulture);
        }
        return visit.Page<AppPage, OpenQuestions>(new OpenQuestions(view, problem, refreshes ? SecondsBetweenLooks : null), status);
    }
}

/// <summary>What waits for this device.</summary>
public sealed record OpenQuestions(ApprovalsView View, Problem? Problem, int? RefreshSeconds);
