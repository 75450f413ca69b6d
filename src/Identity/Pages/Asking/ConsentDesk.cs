using System.Collections.Immutable;
using System.Text.Json;
using Platform.Contracts;
using Platform.Domain.Consents;
using Platform.Identity.Accounts;
using Platform.Identity.Audit;
using Platform.Identity.Interactions;
using Platform.Identity.Pages.Entry;
using Platform.Identity.Pages.Login;
using Platform.Identity.Pages.Shell;

namespace Platform.Identity.Pages.Asking;

/// <summary>Words the consent that is asked for, and takes the person's decision to the record; a ward's goes by way of the representative.</summary>
sealed class ConsentDesk(EidAccounts accounts, SecondFactors factors, IdentityAudit audit)
{
    const string Channel = "eid-consent-page";

    /// <summary>The text in the page's language; the days count from the request, so that it says the same however long the person reads.</summary>
    public Task<ConsentProposalAnswer> Word(Visit visit, Interaction interaction) => accounts.Ask(
        visit.Person.Number,
        account => account.DescribeConsent(interaction.Consent! with { Language = visit.Language, From = interaction.CreatedAt }));

    /// <summary>The question that still waits for the representative, or null.</summary>
    public AskedConsent? WaitsFor(Interaction interaction) =>
        interaction.AskedConsent is { } asked && factors.IsStillAsked(asked.AskedAt) ? asked : null;

    public async Task<IResult> Decide(
        Visit visit, Interaction interaction, ConsentProposalAnswer wording, bool grants, ImmutableArray<string> targets)
    {
        var (person, proposal) = (visit.Person, interaction.Consent!);
        var answer = await accounts.Ask(person.Number, account => account.DecideConsent(person.Session.Id, new ConsentCall
        {
            OperationKey = $"{Channel}-{ConsentStatement.Hash($"{interaction.Handle} {person.Session.Id}")[..40]}",
            Recipient = wording.Recipient,
            Purpose = proposal.Purpose,
            Targets = targets,
            Granted = grants,
            ValidTo = wording.ValidTo,
            DataLifeDays = proposal.DataLifeDays,
            Channel = Channel,
            IdentityLevel = person.Session.Level,
            TextVersion = wording.TextVersion,
            Language = visit.Language,
            TextHash = ConsentStatement.Hash(wording.Text),
            Text = wording.Text,
            RepresentativeApproval = interaction.AskedConsent?.ApprovalId,
        }));
        if (answer.Refusal == EidRefusals.RepresentativeNotConfirmed)
        {
            return await Wait(visit, interaction, wording, targets);
        }
        if (answer.Refusal is { } refusal)
        {
            return Refuse(visit, refusal);
        }
        if (grants)
        {
            audit.ConsentGranted(person.Number, interaction.ClientId, proposal.Purpose);
        }
        else
        {
            audit.ConsentRefused(person.Number, interaction.ClientId, proposal.Purpose);
        }
        await visit.Save(interaction with { AskedConsent = null, ConsentOutcome = new ConsentOutcome(grants, IdOf(answer.Consent), grants ? targets : []) });
        return visit.GoOn(Addresses.Continue);
    }

    async Task<IResult> Wait(Visit visit, Interaction interaction, ConsentProposalAnswer wording, ImmutableArray<string> targets)
    {
        if (interaction.AskedConsent is not null)
        {
            if (WaitsFor(interaction) is not null)
            {
                return visit.GoOn(Addresses.ConsentWaiting);
            }
            await visit.Save(interaction with { AskedConsent = null });
            return Refuse(visit, EidRefusals.RepresentativeNotConfirmed);
        }
        var text = ConsentStatement.ForRepresentative(wording.Text, targets, visit.Language);
        var (asked, refusal) = await factors.AskRepresentative(visit, visit.Person.Number, text);
        if (asked is null)
        {
            return Refuse(visit, refusal!);
        }
        await visit.Save(interaction with { AskedConsent = new AskedConsent(asked.ApprovalId, asked.Number, asked.At, targets) });
        return visit.GoOn(Addresses.ConsentWaiting);
    }

    IResult Refuse(Visit visit, string refusal)
    {
        audit.ConsentNotTaken(visit.Person.Number, visit.Interaction.ClientId, refusal);
        return visit.Page<RefusedPage, Problem>(RefusalTexts.Of(refusal, visit.Language), StatusCodes.Status403Forbidden);
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
}
