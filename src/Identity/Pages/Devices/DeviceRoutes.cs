using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Platform.Contracts;
using Platform.Identity.Accounts;
using Platform.Identity.Audit;
using Platform.Identity.Factors;
using Platform.Identity.Pages.Account;
using Platform.Identity.Pages.Entry;
using Platform.Identity.Pages.Login;
using Platform.Identity.Pages.Shell;

namespace Platform.Identity.Pages.Devices;

/// <summary>Adding and removing factors. Every step asks for a login of the last five minutes.</summary>
static class DeviceRoutes
{
    const int LongestSecret = 64;

    public static void MapDevices(this IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("").WithMetadata(new NeedsSession());
        own.MapGet(Addresses.Devices, Show);
        own.MapPost("/account/devices/totp", BeginTotp);
        own.MapPost("/account/devices/totp/confirm", ConfirmTotp);
        own.MapPost("/account/devices/passkey", AddPasskey);
        own.MapPost("/account/devices/approving", AddApproving);
        own.MapPost("/account/devices/recovery-codes", IssueCodes);
        own.MapPost("/account/devices/remove", Remove);
    }

    static async Task<IResult> Show(Visit visit, AccountDoor door, Passkeys passkeys, DeviceCookie cookie)
    {
        var account = await door.View(visit);
        return await door.FreshToAdd(visit, account) ?? await List(visit, account, passkeys, cookie, []);
    }

    static async Task<IResult> BeginTotp(Visit visit, AccountDoor door, EidAccounts accounts, Passkeys passkeys, DeviceCookie cookie)
    {
        var account = await door.View(visit);
        if (await door.FreshToAdd(visit, account) is { } redirect)
        {
            return redirect;
        }
        var answer = await accounts.Ask(visit.Person.Number, one => one.BeginTotp());
        return answer.Refusal is { } refusal
            ? await List(visit, account, passkeys, cookie, [RefusalTexts.Of(refusal, visit.Language)], StatusCodes.Status409Conflict)
            : TotpForm(visit, answer.Secret!, []);
    }

    static async Task<IResult> ConfirmTotp(Visit visit, AccountDoor door, EidAccounts accounts, FreshLogins fresh, IdentityAudit audit)
    {
        if (await door.FreshToAdd(visit, await door.View(visit)) is { } redirect)
        {
            return redirect;
        }
        // Only to draw the same picture again; the account knows the secret that counts.
        var secret = visit.Field("secret");
        if (secret.Length is 0 or > LongestSecret || secret.Any(letter => letter is not ((>= 'A' and <= 'Z') or (>= '2' and <= '7') or '=')))
        {
            return Visit.Go(Addresses.Devices);
        }
        var code = Input.Digits(visit.Field("code"));
        if (Input.CheckCode(visit, code) is { } wrong)
        {
            return TotpForm(visit, secret, [wrong], StatusCodes.Status400BadRequest);
        }
        var name = Input.Name(visit.Field("name"), visit.T("Ứng dụng xác thực", "Authenticator app"));
        var answer = await accounts.Ask(visit.Person.Number, account => account.ConfirmTotp(code, name));
        if (answer.Refusal is { } refusal)
        {
            audit.FactorRefused(visit.Person.Number, nameof(FactorKind.Totp), refusal);
            return TotpForm(visit, secret, [RefusalTexts.Of(refusal, visit.Language, "code")], StatusCodes.Status403Forbidden);
        }
        fresh.Strengthen(visit.Http, visit.Person.Session.Id);
        audit.FactorAdded(visit.Person.Number, nameof(FactorKind.Totp));
        return Visit.Go(Addresses.Devices);
    }

    static async Task<IResult> AddPasskey(
        Visit visit, AccountDoor door, Passkeys passkeys, DeviceCookie cookie, FreshLogins fresh, IdentityAudit audit)
    {
        var account = await door.View(visit);
        if (await door.FreshToAdd(visit, account) is { } redirect)
        {
            return redirect;
        }
        var name = Input.Name(visit.Field("name"), visit.T("Khóa truy cập", "Passkey"));
        var refusal = await passkeys.CheckNew(
            visit.Http, visit.Person.Number, visit.Person.Session.Id, visit.Field("ticket"), visit.Field("credential"), name, visit.Ct);
        if (refusal is not null)
        {
            audit.FactorRefused(visit.Person.Number, nameof(FactorKind.Passkey), refusal);
            return await List(visit, account, passkeys, cookie, [RefusalTexts.Of(refusal, visit.Language)], StatusCodes.Status403Forbidden);
        }
        fresh.Strengthen(visit.Http, visit.Person.Session.Id);
        audit.FactorAdded(visit.Person.Number, nameof(FactorKind.Passkey));
        return Visit.Go(Addresses.Devices);
    }

    static async Task<IResult> AddApproving(
        Visit visit, AccountDoor door, EidAccounts accounts, Passkeys passkeys, DeviceCookie cookie, IdentityAudit audit)
    {
        var account = await door.View(visit);
        if (await door.FreshToAdd(visit, account) is { } redirect)
        {
            return redirect;
        }
        var secret = DeviceCookie.NewSecret();
        var name = Input.Name(visit.Field("name"), Place.Of(visit.Http));
        var answer = await accounts.Ask(
            visit.Person.Number, one => one.AddDevice(new AddDeviceCall { Name = name, SecretHash = SHA256.HashData(secret) }));
        if (answer.Refusal is { } refusal)
        {
            audit.FactorRefused(visit.Person.Number, nameof(FactorKind.Approval), refusal);
            return await List(visit, account, passkeys, cookie, [RefusalTexts.Of(refusal, visit.Language)], StatusCodes.Status409Conflict);
        }
        cookie.Write(visit.Http, visit.Person.Number, secret);
        audit.FactorAdded(visit.Person.Number, nameof(FactorKind.Approval));
        return Visit.Go(Addresses.Devices);
    }

    static async Task<IResult> IssueCodes(Visit visit, AccountDoor door, EidAccounts accounts, IdentityAudit audit)
    {
        if (await door.Fresh(visit, await door.View(visit), Addresses.Devices) is { } redirect)
        {
            return redirect;
        }
        var answer = await accounts.Ask(visit.Person.Number, account => account.IssueRecoveryCodes());
        if (answer.Refusal is { } refusal)
        {
            return visit.Page<RefusedPage, Problem>(RefusalTexts.Of(refusal, visit.Language), StatusCodes.Status409Conflict);
        }
        audit.FactorAdded(visit.Person.Number, nameof(FactorKind.RecoveryCode));
        return visit.Page<RecoveryCodesPage, IReadOnlyList<string>>(answer.Codes);
    }

    static async Task<IResult> Remove(Visit visit, AccountDoor door, EidAccounts accounts, IdentityAudit audit)
    {
        var account = await door.View(visit);
        if (await door.Fresh(visit, account, Addresses.Devices) is { } redirect)
        {
            return redirect;
        }
        if (account.Devices.FirstOrDefault(device => device.Id == visit.Field("device")) is { } device)
        {
            var answer = await accounts.Ask(visit.Person.Number, one => one.RemoveDevice(device.Id));
            if (answer.Refusal is { } refusal)
            {
                return visit.Page<RefusedPage, Problem>(RefusalTexts.Of(refusal, visit.Language), StatusCodes.Status409Conflict);
            }
            audit.FactorRemoved(visit.Person.Number, device.Kind.ToString());
        }
        return Visit.Go(Addresses.Devices);
    }

    static IResult TotpForm(Visit visit, string secret, IReadOnlyList<Problem> problems, int status = StatusCodes.Status200OK)
    {
        var issuer = visit.Http.RequestServices.GetRequiredService<IOptions<IdentityOptions>>().Value.Issuer!.Host;
        var uri = AuthenticatorApp.Uri(issuer, visit.Person.Number.ToString(), secret);
        var (path, size) = AuthenticatorApp.Picture(uri);
        return visit.Page<TotpPage, NewTotp>(new NewTotp(secret, AuthenticatorApp.Grouped(secret), uri, path, size, problems), status);
    }

    static async Task<IResult> List(
        Visit visit, EidAccountView account, Passkeys passkeys, DeviceCookie cookie, IReadOnlyList<Problem> problems, int status = StatusCodes.Status200OK)
    {
        var place = visit.Person.Session.Id;
        var question = await passkeys.AskForNew(visit.Http, visit.Person.Number, account.Name, place);
        var isApproving = cookie.Read(visit.Http) is { } own && own.Number == visit.Person.Number && account.Devices.Any(device => device.Kind == FactorKind.Approval);
        return visit.Page<DevicesPage, OwnDevices>(new OwnDevices(account, question, isApproving, problems), status);
    }
}

/// <summary>What the devices page shows.</summary>
public sealed record OwnDevices(EidAccountView Account, PasskeyQuestion Passkey, bool IsApproving, IReadOnlyList<Problem> Problems);

/// <summary>A secret on its way into an authenticator app.</summary>
public sealed record NewTotp(string Secret, string Grouped, string Uri, string Path, int Size, IReadOnlyList<Problem> Problems);
