using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Callers;
using Platform.Api.Problems;
using Platform.Contracts;

namespace Platform.Api.Me;

/// <summary>Citizens see where their e-ID is in use, end sessions and lock it. Factors are changed at the identity server alone, after a fresh login.</summary>
static class AccountRoutes
{
    const string ByHolder = "holder";

    public static void MapMyAccount(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/account").RequireAuthorization(Policies.MeAccount);

        group.MapGet("", Show)
            .WithName("getMyAccount")
            .WithSummary("The e-ID account: sessions, devices, history")
            .Refuses(ErrorCodes.AccountUnknown);

        group.MapPost("/sessions/{reference}/end", EndSession)
            .WithName("endMySession")
            .WithSummary("End one session")
            .WithDescription(
                "Once this has answered, no token of the session counts any more, and its relying parties are told. The own session may be ended too. "
                + "Repeated, it answers session.unknown: the session is over.")
            .Refuses(ErrorCodes.AccountUnknown, ErrorCodes.SessionUnknown);

        group.MapPost("/sessions/end-others", EndOthers)
            .WithName("endMyOtherSessions")
            .WithSummary("End all sessions but this one")
            .WithDescription("Repeating it changes nothing.")
            .Refuses(ErrorCodes.AccountUnknown);

        group.MapPost("/lock", Lock)
            .WithName("lockMyAccount")
            .WithSummary("Lock the e-ID account and end all sessions")
            .WithDescription("This token too no longer counts. The holder unlocks at the identity server with password and second factor.")
            .Refuses(ErrorCodes.AccountUnknown, ErrorCodes.AccountCancelled);
    }

    static async Task<Results<Ok<AccountView>, Refusal>> Show(CitizenCaller caller, IGrainFactory grains, Again again) =>
        await again.Call(Account(caller, grains).GetAccount) is { } account
            ? TypedResults.Ok(AccountView.From(account, caller.Session))
            : (Refusal)ErrorCodes.AccountUnknown;

    static async Task<Results<NoContent, Refusal>> EndSession(string reference, CitizenCaller caller, IGrainFactory grains, Again again)
    {
        var account = Account(caller, grains);
        if (await again.Call(account.GetAccount) is not { } view)
        {
            return (Refusal)ErrorCodes.AccountUnknown;
        }

        // Only sessions of the caller's own account are looked through.
        if (view.Sessions.FirstOrDefault(session => AccountReference.Of(session.Id) == reference) is not { } ended)
        {
            return (Refusal)ErrorCodes.SessionUnknown;
        }

        await again.Call(() => account.EndSession(ended.Id, ByHolder));
        return TypedResults.NoContent();
    }

    static async Task<Results<NoContent, Refusal>> EndOthers(CitizenCaller caller, IGrainFactory grains, Again again)
    {
        // A session that an issuer of its own keeps is none of the account's, and "others" would be all of them.
        if (caller.Session is not { } own)
        {
            return (Refusal)ErrorCodes.TokenSessionMissing;
        }

        await again.Call(() => Account(caller, grains).EndSessions(ByHolder, own));
        return TypedResults.NoContent();
    }

    // Without a fresh login on purpose: who fears a thief must be fast, and the lock harms nobody but a thief.
    static async Task<Results<NoContent, Refusal>> Lock(CitizenCaller caller, IGrainFactory grains, Again again)
    {
        var answer = await again.Call(() => Account(caller, grains).Lock(new LockCall { By = EidLockedBy.Holder }));
        return answer.Refusal is { } refusal ? Refusal.Of(refusal) : TypedResults.NoContent();
    }

    static IEidAccountGrain Account(CitizenCaller caller, IGrainFactory grains) => grains.GetGrain<IEidAccountGrain>(caller.Key);
}
