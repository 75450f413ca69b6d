using System.CommandLine;
using Platform.Identity.Admin;
using Platform.Identity.Clients;

namespace Platform.Identity.Commands;

static class EnableCommand
{
    public static Command Create(Workbench workbench, string verb, string description, bool enabled)
    {
        var clientId = new Argument<string>("client-id") { Description = "As shown by 'list'." };
        var command = new Command(verb, description) { clientId };
        command.SetAction((parsed, ct) => workbench.Use(
            async services =>
            {
                var id = parsed.GetRequiredValue(clientId);
                var isKnown = await services.GetRequiredService<SectorClients>().SetEnabled(id, enabled, ct);
                await services.GetRequiredService<AdminAudit>().Keep(
                    AdminAudit.CommandLine, $"client.{verb}", id[..Math.Min(id.Length, 64)], isKnown ? null : AdminAnswers.ClientUnknown, ct);
                if (!isKnown)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync("No client has this id: see 'list'.");
                    return 1;
                }
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{id} is {verb}d.");
                return 0;
            },
            ct));
        return command;
    }
}
