using System.CommandLine;
using System.Globalization;
using Platform.Identity.Admin;
using Platform.Identity.Keys;

namespace Platform.Identity.Commands;

static class KeysCommand
{
    public static Command Create(Workbench workbench)
    {
        var command = new Command("keys", "List the signing keys.") { CreateRotate(workbench) };
        command.SetAction((parsed, ct) => workbench.Use(
            async services =>
            {
                foreach (var (key, state) in await services.GetRequiredService<SigningKeys>().List(ct))
                {
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(
                        $"{key.Generation}\t{key.KeyId}\t{state}\tmade {Text(key.CreatedAt)}\tsigns from {Text(key.SignsFrom)}");
                }
                return 0;
            },
            ct));
        return command;
    }

    static Command CreateRotate(Workbench workbench)
    {
        var atOnce = new Option<bool>("--at-once")
        {
            Description = "Give up all present keys, because one leaked or cannot be read: tokens that are under way become invalid.",
        };
        var command = new Command("rotate", "Make the next signing key now.") { atOnce };
        command.SetAction((parsed, ct) => workbench.Use(
            async services =>
            {
                var keys = services.GetRequiredService<SigningKeys>();
                await services.GetRequiredService<AdminAudit>().Keep(
                    AdminAudit.CommandLine, parsed.GetValue(atOnce) ? "keys.replace-all" : "keys.rotate", "signing-keys", null, ct);
                if (parsed.GetValue(atOnce))
                {
                    await keys.ReplaceAll(ct);
                    await parsed.InvocationConfiguration.Output.WriteLineAsync("All earlier keys are withdrawn; a new key signs from now on.");
                    return 0;
                }
                var signsFrom = await keys.Rotate(ct);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(signsFrom is { } instant
                    ? $"A new key is published and signs from {Text(instant)}."
                    : "A new key is published already and waits for its time: see 'keys'.");
                return 0;
            },
            ct));
        return command;
    }

    static string Text(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
