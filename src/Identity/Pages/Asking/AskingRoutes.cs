using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Contracts;
using Platform.Identity.Accounts;
using Platform.Identity.Audit;
using Platform.Identity.Interactions;
using Platform.Identity.Pages.Entry;
using Platform.Identity.Pages.Shell;

namespace Platform.Identity.Pages.Asking;

/// <summary>What a relying party asks the person for: identity claims, and a consent.</summary>
static class AskingRoutes
{
    const string Channel = "eid-consent-page";

    public static void MapAsking(this IEndpointRouteBuilder pages)
    {
        var asking = pages.MapGroup("").WithMetadata(new NeedsInteraction());
        asking.MapGet(Addresses.Claims, ShowClaims);
        asking.MapPost(Addresses.Claims, AnswerClaims);
        asking.MapGet(Addresses.Consent, ShowConsent);
        asking.MapPost(Addresses.Consent, AnswerConsent);
    }

    static async Task<IResult> ShowClaims(Visit visit, AskingDoor door)
    {
        if (await door.Open(visit) is { } refused)
        {
            return refused;
        }
        var interaction = visit.Interaction;
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
        var (interaction, person) = (visit.Interaction, visit.Person);
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

    static async Task<IResult> ShowConsent(Visit visit, AskingDoor door, EidAccounts accounts) =>
        await door.Open(visit) ?? await ConsentForm(visit, accounts, []);

    static async Task<IResult> AnswerConsent(Visit visit, AskingDoor door, EidAccounts accounts, IdentityAudit audit, TimeProvider clock)
    {
        if (await door.Open(visit) is { } refused)
        {
            return refused;
        }
        var (interaction, person) = (visit.Interaction, visit.Person);
        if (interaction.Consent is not { } asked || interaction.ConsentOutcome is not null)
        {
            return visit.GoOn(Addresses.Continue);
        }
        var proposal = asked with { Language = visit.Language };
        var wording = await accounts.Ask(person.Number, account => account.DescribeConsent(proposal));
        if (wording.Refusal is not null || visit.Field("hash") != Hash(wording.Text))
        {
            return await ConsentForm(visit, accounts, [RefusalTexts.Of(RefusalTexts.ConsentChanged, visit.Language)], StatusCodes.Status409Conflict);
        }
        var grants = visit.Field("answer") == "agree";
        var all = wording.Targets.Select(target => target.Key).ToImmutableArray();
        ImmutableArray<string> ticked = [.. all.Intersect(visit.Fields("target"))];
        if (grants && ticked.IsEmpty)
        {
            var none = new Problem(
                visit.T("Chưa chọn thông tin nào.", "Nothing is ticked."),
                visit.T("Chọn ít nhất một mục để đồng ý, hoặc chọn Từ chối.", "Tick at least one item to agree, or refuse."), "targets");
            return await ConsentForm(visit, accounts, [none], StatusCodes.Status400BadRequest);
        }
        var answer = await accounts.Ask(person.Number, account => account.DecideConsent(person.Session.Id, new ConsentCall
        {
            OperationKey = $"{Channel}-{Hash(interaction.Handle)[..40]}",
            Recipient = wording.Recipient,
            Purpose = asked.Purpose,
            Targets = grants ? ticked : all,
            Granted = grants,
            ValidTo = interaction.CreatedAt.AddDays(asked.Days),
            DataLifeDays = asked.DataLifeDays,
            Channel = Channel,
            IdentityLevel = person.Session.Level,
            TextVersion = wording.TextVersion,
            Language = visit.Language,
            TextHash = Hash(wording.Text),
            Text = wording.Text,
        }));
        if (answer.Refusal is { } refusal)
        {
            return visit.Page<RefusedPage, Problem>(RefusalTexts.Of(refusal, visit.Language), StatusCodes.Status403Forbidden);
        }
        Audit(audit, visit, asked.Purpose, grants);
        await visit.Save(interaction with { ConsentOutcome = new ConsentOutcome(grants, IdOf(answer.Consent), grants ? ticked : []) });
        return visit.GoOn(Addresses.Continue);
    }

    static async Task<IResult> ConsentForm(Visit visit, EidAccounts accounts, IReadOnlyList<Problem> problems, int status = StatusCodes.Status200OK)
    {
        var (interaction, person) = (visit.Interaction, visit.Person);
        if (interaction.Consent is not { } asked || interaction.ConsentOutcome is not null)
        {
            return visit.GoOn(Addresses.Continue);
        }
        var proposal = asked with { Language = visit.Language };
        var wording = await accounts.Ask(person.Number, account => account.DescribeConsent(proposal));
        return wording.Refusal is { } refusal
            ? visit.Page<RefusedPage, Problem>(RefusalTexts.Of(refusal, visit.Language), StatusCodes.Status403Forbidden)
            : visit.Page<ConsentPage, ConsentQuestion>(new ConsentQuestion(interaction.ClientName, wording, Hash(wording.Text), problems), status);
    }

    static void Audit(IdentityAudit audit, Visit visit, string purpose, bool grants)
    {
        if (grants)
        {
            audit.ConsentGranted(visit.Person.Number, visit.Interaction.ClientId, purpose);
        }
        else
        {
            audit.ConsentRefused(visit.Person.Number, visit.Interaction.ClientId, purpose);
        }
    }

    static Guid? IdOf(string? consent)
    {
        if (consent is null)
        {
            return null;
        }
        using var json = JsonDocument.Parse(consent);
        return json.RootElement.TryGetProperty("id", out var id) && id.TryGetGuid(out var found) ? found : null;
    }

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>Which claims, and to whom.</summary>
public sealed record ClaimsQuestion(string ClientName, ImmutableArray<string> Claims, string Person);

/// <summary>A consent as it is offered; the hash comes back with the answer, so that nobody answers another text than was shown.</summary>
public sealed record ConsentQuestion(string ClientName, ConsentProposalAnswer Wording, string Hash, IReadOnlyList<Problem> Problems);
