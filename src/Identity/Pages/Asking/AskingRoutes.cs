using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain.Consents;
using Platform.Identity.Accounts;
using Platform.Identity.Audit;
using Platform.Identity.Interactions;
using Platform.Identity.Pages.Entry;
using Platform.Identity.Pages.Login;
using Platform.Identity.Pages.Shell;

namespace Platform.Identity.Pages.Asking;

/// <summary>What a relying party asks the person for: identity claims, and a consent.</summary>
static class AskingRoutes
{
    public static void MapAsking(this IEndpointRouteBuilder pages)
    {
        var asking = pages.MapGroup("").WithMetadata(new NeedsInteraction());
        asking.MapGet(Addresses.Claims, ShowClaims);
        asking.MapPost(Addresses.Claims, AnswerClaims);
        asking.MapGet(Addresses.Consent, ShowConsent);
        asking.MapPost(Addresses.Consent, AnswerConsent);
        asking.MapGet(Addresses.ConsentWaiting, WaitForRepresentative);
    }

    static async Task<IResult> ShowClaims(Visit visit, AskingDoor door)
    {
        if (await door.Open(visit) is { } refused)
        {
            return refused;
        }
        var interaction = Own(visit);
        return interaction.ClaimsAnswered || interaction.Claims.IsEmpty
            ? visit.GoOn(Addresses.Continue)
            : visit.Page<ClaimsPage, ClaimsQuestion>(new ClaimsQuestion(interaction.ClientName, interaction.Claims, visit.Person.Number.ToString()));
    }

    static async Task<IResult> AnswerClaims(Visit visit, AskingDoor door, EidAccounts accounts, IdentityAudit audit)
    {
        if (await door.Open(visit) is { } refused)
        {
            return refused;
        }
        var (interaction, person) = (Own(visit), visit.Person);
        if (interaction.ClaimsAnswered || interaction.Claims.IsEmpty)
        {
            return visit.GoOn(Addresses.Continue);
        }
        var allows = visit.Field("answer") == "allow";
        var approved = await accounts.Ask(person.Number, account => account.GetApprovedClaims(interaction.ClientId));
        var others = approved.Except(interaction.Claims);
        ImmutableArray<string> now = [.. allows ? others.Concat(interaction.Claims) : others];
        if (allows || approved.Length != now.Length)
        {
            var answer = await accounts.Ask(person.Number, account => account.ApproveClaims(person.Session.Id, interaction.ClientId, now));
            if (answer.Refusal is { } refusal)
            {
                return visit.Page<RefusedPage, Problem>(RefusalTexts.Of(refusal, visit.Language), StatusCodes.Status403Forbidden);
            }
        }
        if (allows)
        {
            audit.ClaimsApproved(person.Number, interaction.ClientId, string.Join(' ', interaction.Claims));
        }
        else
        {
            audit.ClaimsDenied(person.Number, interaction.ClientId);
        }
        await visit.Save(interaction with { ClaimsAnswered = true });
        return visit.GoOn(Addresses.Continue);
    }

    static async Task<IResult> ShowConsent(Visit visit, AskingDoor door, ConsentDesk desk) =>
        await door.Open(visit) ?? (desk.WaitsFor(Own(visit)) is null ? await ConsentForm(visit, desk, []) : visit.GoOn(Addresses.ConsentWaiting));

    static async Task<IResult> AnswerConsent(Visit visit, AskingDoor door, ConsentDesk desk)
    {
        if (await door.Open(visit) is { } refused)
        {
            return refused;
        }
        var interaction = Own(visit);
        if (interaction.Consent is null || interaction.ConsentOutcome is not null)
        {
            return visit.GoOn(Addresses.Continue);
        }
        var wording = await desk.Word(visit, interaction);
        if (wording.Refusal is not null || visit.Field("hash") != ConsentStatement.Hash(wording.Text))
        {
            return await ConsentForm(visit, desk, [RefusalTexts.Of(RefusalTexts.ConsentChanged, visit.Language)], StatusCodes.Status409Conflict);
        }
        var grants = visit.Field("answer") == "agree";
        ImmutableArray<string> all = [.. wording.Targets.Select(target => target.Key)];
        ImmutableArray<string> ticked = [.. all.Intersect(visit.Fields("target"))];
        if (grants && ticked.IsEmpty)
        {
            var none = new Problem(
                visit.T("Chưa chọn thông tin nào.", "Nothing is ticked."),
                visit.T("Chọn ít nhất một mục để đồng ý, hoặc chọn Từ chối.", "Tick at least one item to agree, or refuse."), "targets");
            return await ConsentForm(visit, desk, [none], StatusCodes.Status400BadRequest);
        }
        return await desk.Decide(visit, interaction with { AskedConsent = null }, wording, grants, grants ? ticked : all);
    }

    static async Task<IResult> WaitForRepresentative(Visit visit, AskingDoor door, ConsentDesk desk)
    {
        if (await door.Open(visit) is { } refused)
        {
            return refused;
        }
        var interaction = Own(visit);
        if (interaction.ConsentOutcome is not null || interaction.AskedConsent is not { } asked)
        {
            return visit.GoOn(interaction.ConsentOutcome is null ? Addresses.Consent : Addresses.Continue);
        }
        return visit.Http.Request.Query.ContainsKey("look")
            ? await desk.Decide(visit, interaction, await desk.Word(visit, interaction), grants: true, asked.Targets)
            : SecondFactorRoutes.ShowNumber(visit, asked.Number, Asked.RepresentativeForConsent);
    }

    static async Task<IResult> ConsentForm(Visit visit, ConsentDesk desk, IReadOnlyList<Problem> problems, int status = StatusCodes.Status200OK)
    {
        var interaction = Own(visit);
        if (interaction.Consent is null || interaction.ConsentOutcome is not null)
        {
            return visit.GoOn(Addresses.Continue);
        }
        var wording = await desk.Word(visit, interaction);
        return wording.Refusal is { } refusal
            ? visit.Page<RefusedPage, Problem>(RefusalTexts.Of(refusal, visit.Language), StatusCodes.Status403Forbidden)
            : visit.Page<ConsentPage, ConsentQuestion>(
                new ConsentQuestion(interaction.ClientName, wording, ConsentStatement.Hash(wording.Text), problems), status);
    }

    // What another session has answered here, perhaps another person's, is no answer.
    static Interaction Own(Visit visit) => visit.Interaction.For(visit.Person.Session.Id);
}

/// <summary>Which claims, and to whom.</summary>
public sealed record ClaimsQuestion(string ClientName, ImmutableArray<string> Claims, string Person);

/// <summary>A consent as it is offered; the hash comes back with the answer, so that nobody answers another text than was shown.</summary>
public sealed record ConsentQuestion(string ClientName, ConsentProposalAnswer Wording, string Hash, IReadOnlyList<Problem> Problems);
