using System.CommandLine;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Hosting;

namespace Platform.Local;

/// <summary>Signs a client assertion (RFC 7523) with the key of a sector system, as that system would.</summary>
internal static class AssertionCommand
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    public static Command Create(Option<DirectoryInfo> data)
    {
        var system = new Argument<string>("system") { Description = "The client id, such as insurance." };
        var command = new Command("assertion", "Prints a fresh client assertion of a sector system; it is good for one token request.") { system };
        command.SetAction((parsed, _) =>
        {
            parsed.InvocationConfiguration.Output.WriteLine(
                Sign(parsed.GetRequiredValue(data).FullName, parsed.GetRequiredValue(system), TimeProvider.System));
            return Task.FromResult(0);
        });
        return command;
    }

    internal static string Sign(string folder, string system, TimeProvider clock)
    {
        var file = Path.Combine(folder, "province.json");
        if (!File.Exists(file))
        {
            throw new CannotStartException("The data folder has no province.json. Start the province first, or name its folder with --data DIR.");
        }

        using var province = JsonDocument.Parse(File.ReadAllText(file));
        var found = province.RootElement.GetProperty("systems").EnumerateArray()
            .FirstOrDefault(candidate => candidate.GetProperty("clientId").ValueEquals(system));
        if (found.ValueKind == JsonValueKind.Undefined)
        {
            throw new CannotStartException("The province has no such sector system. province.json lists them.");
        }

        var now = clock.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = system,
            Audience = province.RootElement.GetProperty("identity").GetString(),
            Claims = new Dictionary<string, object> { ["sub"] = system, ["jti"] = Guid.NewGuid().ToString("N") },
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            SigningCredentials = new SigningCredentials(SystemKeys.Read(found.GetProperty("keyFile").GetString()!), SecurityAlgorithms.EcdsaSha256),
        });
    }
}
