using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Domain.Ledger;

namespace Platform.Silo.Citizens;

internal sealed partial class CitizenGrain
{
    public async Task<CitizenStanding> GetStanding()
    {
        Guard();
        await ConfirmNewest();
        return new CitizenStanding
        {
            Known = Record is not null,
            Active = Record?.Status == CitizenStatus.Active,
            Name = Record?.Attribute("profile.fullName") ?? "",
            BirthDate = Record?.Attribute("profile.birthDate"),
        };
    }

    public async Task<ImmutableDictionary<string, string>> ReleaseIdentity(ReleaseClaimsCall call)
    {
        Guard();
        var values = call.Claims
            .Select(claim => (Claim: claim, Value: IdentityValue(claim)))
            .Where(pair => pair.Value is not null)
            .ToImmutableDictionary(pair => pair.Claim, pair => pair.Value!);
        if (values.IsEmpty)
        {
            await ConfirmNewest();
            return values;
        }

        try
        {
            await Append(Draft(LedgerKinds.IdentityReleased, Now, new IdentityBody(call.ClientId, call.ClientName, [.. values.Keys.Order(StringComparer.Ordinal)])));
        }
        catch (TryAgainException fault) when (fault.Code != TryAgainException.LedgerBusy)
        {
            Abandon();
            throw;
        }

        return values;
    }

    // OpenID Connect knows a whole date or a year, nothing between.
    private static string? BirthDate(string? text) => PartialDate.TryParse(text, out var date)
        ? date.Day is null ? date.ToString()[..4] : date.ToString()
        : null;

    private string? IdentityValue(string claim) => claim switch
    {
        IdentityClaims.Name => Record?.Attribute("profile.fullName"),
        IdentityClaims.BirthDate => BirthDate(Record?.Attribute("profile.birthDate")),
        IdentityClaims.Gender => Record?.Attribute("profile.sex") switch
        {
            "1" => "male",
            "2" => "female",
            _ => null,
        },
        IdentityClaims.PersonalId => _citizen.Reveal(),
        _ => null,
    };
}
