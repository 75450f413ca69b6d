using System.CommandLine;
using Platform.Hosting;
using Platform.Silo.Accounts;

namespace Platform.Local;

/// <summary>Plays the authenticator app of a demonstration account.</summary>
internal static class CodeCommand
{
    public static Command Create(Option<DirectoryInfo> data)
    {
        var person = new Argument<string>("person") { Description = "The personal ID that was printed at start." };
        var command = new Command("code", "Prints the code that the person's authenticator app shows now.") { person };
        command.SetAction((parsed, _) =>
        {
            var account = DemoAccounts.Read(parsed.GetRequiredValue(data).FullName)
                .FirstOrDefault(candidate => candidate.PersonalId == parsed.GetRequiredValue(person))
                ?? throw new CannotStartException("No demonstration account has this number. people.json in the data folder lists them; name the folder with --data DIR.");
            parsed.InvocationConfiguration.Output.WriteLine(AppCode.Of(account.TotpSecret, TimeProvider.System.GetUtcNow()));
            return Task.FromResult(0);
        });
        return command;
    }
}

/// <summary>The code of a secret that an app was shown in Base32.</summary>
internal static class AppCode
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int Seconds = 30;

    public static string Of(string secret, DateTimeOffset at) => Totp.Code(Bytes(secret), at.ToUnixTimeSeconds() / Seconds);

    private static byte[] Bytes(string text)
    {
        var (bytes, buffer, bits) = (new List<byte>(), 0, 0);
        foreach (var letter in text)
        {
            (buffer, bits) = ((buffer << 5) | Base32.IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
                buffer &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }
}
