using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Accounts;
using Platform.Identity.Sessions;

namespace Platform.Identity.Admin;

/// <summary>What officials do with accounts. Numbers are in bodies only; nobody acts on their own account.</summary>
static class AccountRoutes
{
    public static void MapAccountAdministration(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/admin/accounts").RequireAuthorization(AdminPolicies.Accounts);
        group.MapPost("/register", (RegisterAccount body, Desk desk) => desk.Act(body, "account.register", (account, official) => account.Register(body.ToCall(official))));
        group.MapPost("/raise-level", (RaiseLevel body, Desk desk) => desk.Act(body, "account.raise-level", (account, official) => account.RaiseLevel(body.ToCall(official))));
        group.MapPost("/reset-factors", (RaiseLevel body, Desk desk) => desk.Act(body, "account.reset-factors", (account, official) => account.ResetFactors(body.ToCall(official))));
        group.MapPost("/representative", (SetRepresentative body, Desk desk) => desk.Act(body, "account.representative", (account, official) => account.SetRepresentative(body.Representative, body.ToCall(official))));
        group.MapPost("/lower-level", (Reasoned body, Desk desk) => desk.Act(body, "account.lower-level", (account, official) => account.LowerLevel(body.ToCall(official))));
        group.MapPost("/lock", (Reasoned body, Desk desk) => desk.Act(body, "account.lock", (account, official) => account.Lock(body.ToLock(official))));
        group.MapPost("/unlock", (Reasoned body, Desk desk) => desk.Act(body, "account.unlock", (account, official) => account.Unlock(body.ToLock(official))));
        group.MapPost("/cancel", (Reasoned body, Desk desk) => desk.Act(body, "account.cancel", (account, official) => account.Cancel(body.ToCall(official))));
        group.MapPost("/find", (Named body, Desk desk) => desk.Find(body));
        routes.MapPost("/admin/roles", (SetRoles body, Desk desk) => desk.Act(body, "account.roles", (account, official) => account.SetRoles(body.Roles, body.ToCall(official))))
            .RequireAuthorization(AdminPolicies.Clients);
    }

    /// <summary>Carries out a step for an official, with its audit.</summary>
    internal sealed record Desk(AdminCaller Caller, EidAccounts Accounts, AdminAudit Audit, Subjects Subjects, CancellationToken Ct)
    {
        public static async ValueTask<Desk?> BindAsync(HttpContext context) => new(
            (await AdminCaller.BindAsync(context))!,
            context.RequestServices.GetRequiredService<EidAccounts>(),
            context.RequestServices.GetRequiredService<AdminAudit>(),
            context.RequestServices.GetRequiredService<Subjects>(),
            context.RequestAborted);

        public async Task<IResult> Act(Named body, string action, Func<IEidAccountGrain, string, Task<EidAnswer>> step)
        {
            if (!PersonalId.TryParse(body.PersonalId, out var number))
            {
                return AdminAnswers.Refuse(AdminAnswers.NumberInvalid);
            }
            var target = Subjects.Of(Subjects.ApiSector, number);
            if (number == Caller.Number || body.Names(Caller.Number))
            {
                await Audit.Keep(Caller, action, target, AdminAnswers.NotYourself, Ct);
                return AdminAnswers.Refuse(AdminAnswers.NotYourself, "Another official must do this.");
            }
            var answer = await Accounts.Ask(number, account => step(account, Caller.Subject));
            await Audit.Keep(Caller, action, target, answer.Refusal, Ct);
            return answer.Refusal is { } refusal
                ? AdminAnswers.Refuse(refusal)
                : answer.Secret is { } code ? TypedResults.Ok(new Registered(code)) : TypedResults.NoContent();
        }

        public async Task<IResult> Find(Named body)
        {
            if (!PersonalId.TryParse(body.PersonalId, out var number))
            {
                return AdminAnswers.Refuse(AdminAnswers.NumberInvalid);
            }
            var view = await Accounts.Ask(number, account => account.GetAccount());
            await Audit.Keep(Caller, "account.find", Subjects.Of(Subjects.ApiSector, number), view is null ? EidRefusals.AccountUnknown : null, Ct);
            return view is null
                ? AdminAnswers.Refuse(EidRefusals.AccountUnknown)
                : TypedResults.Ok(new AccountSummary(view.Holder, view.State, view.LockedBy, view.Level, view.Roles, view.LifeCycle));
        }
    }

    internal record Named
    {
        public required string PersonalId { get; init; }

        /// <summary>Whether the step is also about this person.</summary>
        public virtual bool Names(PersonalId number) => false;
    }

    internal sealed record Reasoned : Named
    {
        public required string Reason { get; init; }

        public AuthorityCall ToCall(string official) => new() { Official = official, Reason = Reason };

        public LockCall ToLock(string official) => new() { By = EidLockedBy.Authority, Authority = ToCall(official) };
    }

    internal sealed record SetRepresentative : Named
    {
        /// <summary>Null where the account becomes the person's own.</summary>
        public required string? Representative { get; init; }

        public required string Reason { get; init; }

        public override bool Names(PersonalId number) => Representative == number.Reveal();

        public AuthorityCall ToCall(string official) => new() { Official = official, Reason = Reason };
    }

    internal sealed record SetRoles : Named
    {
        public required ImmutableArray<string> Roles { get; init; }

        public required string Reason { get; init; }

        public AuthorityCall ToCall(string official) => new() { Official = official, Reason = Reason };
    }

    internal sealed record RaiseLevel : Named
    {
        public required string Place { get; init; }

        public required string Biometric { get; init; }

        public required DateTimeOffset At { get; init; }

        public RaiseLevelCall ToCall(string official) => new() { Official = official, Place = Place, Biometric = Biometric, At = At };
    }

    internal sealed record RegisterAccount : Named
    {
        public required EidHolder Holder { get; init; }

        public required bool HolderAgreed { get; init; }

        /// <summary>The check in person, for an account of level 2 from the start.</summary>
        public CheckInPerson? Check { get; init; }

        public string? Representative { get; init; }

        public string? TravelDocument { get; init; }

        public override bool Names(PersonalId number) => Representative == number.Reveal();

        public RegisterAccountCall ToCall(string official) => new()
        {
            Holder = Holder,
            Level = Check is null ? 1 : 2,
            Check = Check is null ? null : new RaiseLevelCall { Official = official, Place = Check.Place, Biometric = Check.Biometric, At = Check.At },
            Representative = Representative,
            TravelDocument = TravelDocument,
            HolderAgreed = HolderAgreed,
            By = official,
        };
    }

    internal sealed record CheckInPerson(string Place, string Biometric, DateTimeOffset At);

    /// <summary>The code goes to the holder in person, once.</summary>
    internal sealed record Registered(string ActivationCode);

    internal sealed record AccountSummary(
        EidHolder Holder, EidState State, EidLockedBy? LockedBy, int Level, ImmutableArray<string> Roles, ImmutableArray<EidEvent> LifeCycle);
}
