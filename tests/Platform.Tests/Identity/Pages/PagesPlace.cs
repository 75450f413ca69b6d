using System.Buffers.Binary;
using System.Security.Cryptography;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Factors;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Pages;

/// <summary>Two identity servers before a real silo, and a citizen of level 2 with a password; devices are the tests' to add.</summary>
public sealed class PagesPlace : IAsyncLifetime
{
    internal const string Password = "chim én bay thấp, 7 con vịt";

    internal PeopleServer People { get; private set; } = null!;

    /// <summary>The silo's clock, if not the real one.</summary>
    internal TimeProvider? SiloClock { get; init; }

    internal IEidAccountGrain Account => People.Account;

    internal string Number => People.Person.Reveal();

    public async ValueTask InitializeAsync()
    {
        People = await PeopleServer.Start(instances: 2, siloClock: SiloClock);
        using var passwords = new Passwords();
        var record = await passwords.Make(Password, CancellationToken.None);
        Assert.Null((await Account.SetPassword(record!, null)).Refusal);
    }

    public ValueTask DisposeAsync() => People.DisposeAsync();

    internal PageBrowser Open(int server = 0) => new(People, server);

    /// <summary>Registers an authenticator app; the code of the next step then still works once.</summary>
    internal async Task<byte[]> AddTotp()
    {
        var secret = FromBase32((await Account.BeginTotp()).Secret!);
        Assert.Null((await Account.ConfirmTotp(Code(secret, 0), "app")).Refusal);
        return secret;
    }

    /// <summary>Opens an account for another person with the same password; gives it with the secret of its authenticator app.</summary>
    internal async Task<(IEidAccountGrain Account, byte[] Secret)> OpenAccount(
        PersonalId number, string name, string birthDate = "1990-05-19", string? representative = null)
    {
        var account = await People.AddPerson(number, name, birthDate);
        var registered = await account.Register(new RegisterAccountCall
        {
            Holder = representative is null ? EidHolder.Citizen : EidHolder.Ward,
            Level = 2,
            Check = new RaiseLevelCall { Official = "officer-1", Place = "Gia Nghĩa", Biometric = "face", At = TimeProvider.System.GetUtcNow().AddMinutes(-1) },
            Representative = representative,
            HolderAgreed = true,
            By = "officer-1",
        });
        Assert.Null(registered.Refusal);
        using var passwords = new Passwords();
        Assert.Null((await account.Activate(registered.Secret!, (await passwords.Make(Password, CancellationToken.None))!)).Refusal);
        var secret = FromBase32((await account.BeginTotp()).Secret!);
        Assert.Null((await account.ConfirmTotp(Code(secret, 0), "app")).Refusal);
        return (account, secret);
    }

    /// <summary>Logs in at level 1 and follows to the page that needed it.</summary>
    internal async Task<Sheet> LogIn(PageBrowser browser, string path = "/account", string password = Password)
    {
        var login = await browser.Get(path);
        return await browser.Submit(login, "/login", ("number", Number), ("password", password));
    }

    internal static string Code(byte[] secret, int steps)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30) + steps);
#pragma warning disable CA5350 // RFC 6238 as authenticator apps have it.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    internal static byte[] FromBase32(string text)
    {
        var (bytes, buffer, bits) = (new List<byte>(), 0, 0);
        foreach (var letter in text.TrimEnd('='))
        {
            (buffer, bits) = ((buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits >= 8)
            {
                bytes.Add((byte)(buffer >> (bits -= 8)));
                buffer &= (1 << bits) - 1;
            }
        }
        return [.. bytes];
    }
}
