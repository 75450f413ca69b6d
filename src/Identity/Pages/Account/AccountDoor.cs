using Platform.Contracts;
using Platform.Identity.Accounts;
using Platform.Identity.Pages.Entry;
using Platform.Identity.Pages.Login;
using Platform.Identity.Pages.Shell;

namespace Platform.Identity.Pages.Account;

/// <summary>Lets a person change factors who has just proved who they are, as strongly as the account allows.</summary>
sealed class AccountDoor(EidAccounts accounts, FreshLogins fresh, OwnLogins logins, TimeProvider clock)
{
    /// <summary>How long after the check in person a password alone may register the first device.</summary>
    static readonly TimeSpan FirstDeviceGrace = TimeSpan.FromDays(7);

    static readonly string[] ChecksInPerson = ["account.activated", "level.raised"];

    public async Task<EidAccountView> View(Visit visit) => await accounts.Ask(visit.Person.Number, account => account.GetAccount())
        ?? throw new InvalidOperationException("The session's account is gone.");

    /// <summary>Null if the person may change factors now; else where to send them.</summary>
    public async Task<IResult?> Fresh(Visit visit, EidAccountView account, string returnPath)
    {
        var isStrong = account is { Level: 2, Devices.IsEmpty: false };
        var proof = fresh.Find(visit.Http, visit.Person.Session.Id);
        return proof is not null && (!isStrong || proof.TwoFactors || proof.Recovery)
            ? null
            // Who has just shown one factor is asked for the other one only.
            : await logins.Start(visit, returnPath, isStrong ? 2 : 1, again: proof is null);
    }

    /// <summary>As the other; and a password alone may not raise itself to level 2 long after the person was checked.</summary>
    public async Task<IResult?> FreshToAdd(Visit visit, EidAccountView account)
    {
        if (await Fresh(visit, account, Addresses.Devices) is { } redirect)
        {
            return redirect;
        }
        var isFirst = account is { Level: 2, Devices.IsEmpty: true };
        return !isFirst || fresh.Find(visit.Http, visit.Person.Session.Id) is { Recovery: true } || WasJustChecked(account)
            ? null
            : visit.Page<RefusedPage, Problem>(RefusalTexts.Of(RefusalTexts.FirstDeviceTooLate, visit.Language), StatusCodes.Status403Forbidden);
    }

    bool WasJustChecked(EidAccountView account) =>
        account.LifeCycle.Any(act => ChecksInPerson.Contains(act.Kind) && act.At + FirstDeviceGrace > clock.GetUtcNow());
}
