using System.Security.Cryptography;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Hosting;
using Platform.Identity.Admin;
using Platform.Identity.Factors;

namespace Platform.Local;

/// <summary>An e-ID of the demonstration, with what only its holder would know.</summary>
internal sealed record DemoAccount(string PersonalId, string Name, string Password, string TotpSecret, IReadOnlyList<string> Roles)
{
    public string As => Roles.Count == 0 ? "" : $"  ({string.Join(", ", Roles)})";
}

/// <summary>A few people of the province with an e-ID of level 2. Their secrets are made at first start and kept in the data folder, readable by its owner only.</summary>
internal static class DemoAccounts
{
    private const string Office = "local";
    private const int PasswordBytes = 12;

    /// <summary>Roles by the position of the person in the list; the first is a citizen and nothing else.</summary>
    private static readonly string[][] Roles =
    [
        [], ["rule-owner", AdminPolicies.OfficerRole, AdminPolicies.AdministratorRole], ["rule-owner"], ["one-stop-officer"],
    ];

    public static async Task<IReadOnlyList<DemoAccount>> Ensure(
        LocalOptions options, IReadOnlyList<CitizenRecord> people, IGrainFactory grains, IServiceProvider identity, CancellationToken cancellation)
    {
        if (Read(options.Data) is { Count: > 0 } known)
        {
            return await WithRoles(options, known, grains, cancellation);
        }

        var accounts = new List<DemoAccount>();
        foreach (var (index, record) in people.Index())
        {
            accounts.Add(await Open(record, RolesOf(index), grains, identity.GetRequiredService<Passwords>(), cancellation));
        }

        await Keep(options, accounts, cancellation);
        return accounts;
    }

    // A data folder from before a role was given to somebody gets it now.
    private static async Task<IReadOnlyList<DemoAccount>> WithRoles(
        LocalOptions options, IReadOnlyList<DemoAccount> known, IGrainFactory grains, CancellationToken cancellation)
    {
        DemoAccount[] accounts = [.. known.Select((account, index) => account with { Roles = RolesOf(index) })];
        var changed = accounts.Where((account, index) => !account.Roles.SequenceEqual(known[index].Roles)).ToArray();
        foreach (var account in changed)
        {
            Must(await grains.GetGrain<IEidAccountGrain>(account.PersonalId).SetRoles([.. account.Roles], Authority));
        }

        if (changed.Length > 0)
        {
            await Keep(options, accounts, cancellation);
        }

        return accounts;
    }

    private static async Task Keep(LocalOptions options, IReadOnlyList<DemoAccount> accounts, CancellationToken cancellation)
    {
        var file = options.File("people.json");
        await File.WriteAllTextAsync(file, DomainJson.Write(accounts), cancellation);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static string[] RolesOf(int index) => index < Roles.Length ? Roles[index] : [];

    private static AuthorityCall Authority => new() { Official = Office, Reason = "demonstration" };

    public static IReadOnlyList<DemoAccount> Read(string folder)
    {
        var file = Path.Combine(folder, "people.json");
        try
        {
            return File.Exists(file) ? DomainJson.Read<List<DemoAccount>>(File.ReadAllText(file)) : [];
        }
        catch (System.Text.Json.JsonException exception)
        {
            throw new CannotStartException("people.json in the data folder is damaged. Choose another folder with --data DIR, or delete this one to begin anew.", exception);
        }
    }

    private static async Task<DemoAccount> Open(CitizenRecord record, string[] roles, IGrainFactory grains, Passwords passwords, CancellationToken cancellation)
    {
        var account = grains.GetGrain<IEidAccountGrain>(record.PersonalId.Reveal());
        if (await account.GetAccount() is not null)
        {
            // An earlier start was interrupted after the account was made and before its secrets were kept.
            Must(await account.Cancel(Authority));
        }

        var registered = await account.Register(new RegisterAccountCall
        {
            Holder = EidHolder.Citizen,
            Level = 2,
            Check = new RaiseLevelCall { Official = Office, Place = "Local", Biometric = "face", At = TimeProvider.System.GetUtcNow().AddMinutes(-1) },
            HolderAgreed = true,
            By = Office,
        });
        Must(registered);
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes));
        var hashed = await passwords.Make(password, cancellation) ?? throw new CannotStartException("The machine is too busy to hash a password. Start again.");
        Must(await account.Activate(registered.Secret!, hashed));
        var totp = await account.BeginTotp();
        Must(totp);
        Must(await account.ConfirmTotp(AppCode.Of(totp.Secret!, TimeProvider.System.GetUtcNow().AddSeconds(-30)), "demo"));
        if (roles.Length > 0)
        {
            Must(await account.SetRoles([.. roles], Authority));
        }

        return new DemoAccount(record.PersonalId.Reveal(), record.Attribute("profile.fullName") ?? "", password, totp.Secret!, roles);
    }

    private static void Must(EidAnswer answer)
    {
        if (answer.Refusal is { } refusal)
        {
            throw new CannotStartException($"A demonstration account could not be made ({refusal}). Choose another folder with --data DIR.");
        }
    }
}
