using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;

namespace Platform.Silo.Accounts;

internal sealed partial class EidAccountGrain
{
    private const int MostApprovedClients = 100;
    private const int MostTargets = 100;
    private const int MostDays = 3650;
    private const int ConsentLevel = 2;
    private const int AgeOfOwnConsent = 7;

    public async Task<ImmutableArray<string>> GetApprovedClaims(string clientId) =>
        await Usable() is { } account ? account.ApprovedClaims.FirstOrDefault(approval => approval.ClientId == clientId)?.Claims ?? [] : [];

    public async Task<EidAnswer> ApproveClaims(string sessionId, string clientId, ImmutableArray<string> claims)
    {
        if (await Usable() is not { } account || Find(account, sessionId) is null)
        {
            return Refused(EidRefusals.SessionEnded);
        }

        if (claims.Except(IdentityClaims.All).Any() || claims.Distinct().Count() != claims.Length)
        {
            return Refused(EidRefusals.RecordIncomplete);
        }

        var others = account.ApprovedClaims.RemoveAll(approval => approval.ClientId == clientId);
        var changed = claims.IsEmpty ? others : [.. others.TakeLast(MostApprovedClients - 1), new ClaimsApproval(clientId, claims, Now)];
        await Write(Noted(account with { ApprovedClaims = changed }, claims.IsEmpty ? "claims.withdrawn" : "claims.approved", detail: clientId));
        return Done();
    }

    public async Task<ImmutableDictionary<string, string>?> ReleaseClaims(ReleaseClaimsCall call)
    {
        if (await Usable() is not { } account || Find(account, call.SessionId) is null)
        {
            return null;
        }

        var approved = account.ApprovedClaims.FirstOrDefault(approval => approval.ClientId == call.ClientId)?.Claims ?? [];
        ImmutableArray<string> released = [.. call.Claims.Intersect(approved)];
        return released.IsEmpty
            ? ImmutableDictionary<string, string>.Empty
            : await GrainFactory.GetGrain<ICitizenIdentity>(Number).ReleaseIdentity(call with { Claims = released });
    }

    public Task<ConsentProposalAnswer> DescribeConsent(ConsentProposal proposal)
    {
        var now = Now;
        var from = proposal.From ?? now;
        var book = rules.Current(now).Book;
        if (book.System(proposal.System) is not { } system)
        {
            return Task.FromResult(new ConsentProposalAnswer { Refusal = Refusals.SystemUnknown });
        }

        if (book.Purpose(proposal.Purpose) is not { } purpose)
        {
            return Task.FromResult(new ConsentProposalAnswer { Refusal = Refusals.PurposeUnknown });
        }

        var isPossible = proposal.Targets.Length is > 0 and <= MostTargets
            && proposal.Targets.All(AttributeCatalogue.Shipped.Knows)
            && proposal.Targets.Distinct().Count() == proposal.Targets.Length
            && proposal.Days is > 0 and <= MostDays
            && proposal.DataLifeDays is > 0 and <= MostDays;
        if (!isPossible)
        {
            return Task.FromResult(new ConsentProposalAnswer { Refusal = Refusals.ConsentTermsInvalid });
        }

        var statement = ConsentStatement.Word(book, system, purpose, proposal.Targets, proposal.Days, proposal.DataLifeDays, from, proposal.Language);
        return Task.FromResult(new ConsentProposalAnswer
        {
            Recipient = statement.Recipient,
            RecipientName = statement.RecipientName,
            TextVersion = ConsentStatement.Version,
            Text = statement.Text,
            ValidTo = from.AddDays(proposal.Days),
            Targets =
            [
                .. proposal.Targets.Select(target => new ConsentTarget
                {
                    Key = target,
                    Label = statement.Language == "en" ? AttributeCatalogue.Shipped.Label(target).En : AttributeCatalogue.Shipped.Label(target).Vi,
                    Sensitive = ConsentStatement.IsSensitive(target),
                }),
            ],
        });
    }

    public async Task<ConsentAnswer> DecideConsent(string sessionId, ConsentCall call)
    {
        if (await Usable() is not { } account || Find(account, sessionId) is not { } session)
        {
            return new ConsentAnswer { Refusal = EidRefusals.SessionEnded };
        }

        var level = View(account, session).Level;
        if (level < ConsentLevel)
        {
            return new ConsentAnswer { Refusal = EidRefusals.LevelTooLow };
        }

        // To refuse, a ward needs nobody.
        var isWards = account.Holder == EidHolder.Ward && call.Granted;
        if (isWards && !await RepresentativeApproved(account, call))
        {
            return new ConsentAnswer { Refusal = EidRefusals.RepresentativeNotConfirmed };
        }

        ConsentGiver? giver = isWards ? await IsOlderThan(AgeOfOwnConsent) ? ConsentGiver.WardAndRepresentative : ConsentGiver.Representative : null;
        return await GrainFactory.GetGrain<ICitizenSelf>(Number).DecideConsent(call with { IdentityLevel = level, RepresentativeApproval = null, GivenBy = giver });
    }

    private async Task<bool> RepresentativeApproved(EidAccount account, ConsentCall call) =>
        call.Text is { } text && ConsentStatement.Hash(text) == call.TextHash
        && await RepresentativeConfirmed(account, call.RepresentativeApproval, ConsentStatement.ForRepresentative(text, call.Targets, call.Language));

    // Whose age is unknown may be older, and their own agreement was had.
    private async Task<bool> IsOlderThan(int years) =>
        !PartialDate.TryParse((await Standing()).BirthDate, out var birth) || birth.HasReachedAge(years, CivilTime.Day(Now)) != Answer.No;
}
