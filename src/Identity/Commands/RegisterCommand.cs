using System.CommandLine;
using Platform.Identity.Admin;
using Platform.Identity.Clients;

namespace Platform.Identity.Commands;

static class RegisterCommand
{
    public static Command Create(Workbench workbench)
    {
        var clientId = new Option<string>("--client-id") { Required = true, Description = "The id it sends, for instance bhxh-dak-nong." };
        var name = new Option<string>("--name") { Required = true, Description = "The name that people see." };
        var jwks = new Option<FileInfo>("--jwks") { Required = true, Description = "File with its public keys, {\"keys\": [...]}." };
        var scopes = new Option<string[]>("--scope") { Required = true, Description = $"Once for each of: {string.Join(", ", SectorScopes.All)}." };
        var unbound = new Option<bool>("--unbound") { Description = "Do not bind its tokens to a key or certificate: only for software that can do neither." };
        jwks.AcceptExistingOnly();
        var command = new Command("register", "Register a sector system, or replace its name, keys and scopes.") { clientId, name, jwks, scopes, unbound };
        command.SetAction((parsed, ct) => workbench.Use(
            async services =>
            {
                var keys = await File.ReadAllTextAsync(parsed.GetRequiredValue(jwks).FullName, ct);
                var registration = new SectorClientRegistration(
                    parsed.GetRequiredValue(clientId), parsed.GetRequiredValue(name), keys, parsed.GetRequiredValue(scopes),
                    SenderConstrained: !parsed.GetValue(unbound));
                return await Keep(
                    parsed, services, "system.register", registration.ClientId, () => services.GetRequiredService<SectorClients>().Register(registration, ct), ct);
            },
            ct));
        return command;
    }

    /// <summary>Registers with audit; a broken rule is a sentence and exit code 1.</summary>
    public static async Task<int> Keep(ParseResult parsed, IServiceProvider services, string action, string clientId, Func<Task> register, CancellationToken ct)
    {
        var audit = services.GetRequiredService<AdminAudit>();
        try
        {
            await register();
        }
        catch (RegistrationRefusedException refusal)
        {
            await audit.Keep(AdminAudit.CommandLine, action, clientId[..Math.Min(clientId.Length, 64)], AdminAnswers.RegistrationRefused, ct);
            await parsed.InvocationConfiguration.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
        await audit.Keep(AdminAudit.CommandLine, action, clientId, null, ct);
        await parsed.InvocationConfiguration.Output.WriteLineAsync($"{clientId} is registered.");
        return 0;
    }
}
