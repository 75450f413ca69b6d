using System.CommandLine;
using Platform.Identity.Clients;

namespace Platform.Identity.Commands;

static class ListCommand
{
    public static Command Create(Workbench workbench)
    {
        var command = new Command("list", "List the registered sector systems and relying parties.");
        command.SetAction((parsed, ct) => workbench.Use(
            async services =>
            {
                foreach (var client in await services.GetRequiredService<SectorClients>().List(ct))
                {
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(
                        $"{client.ClientId}\t{(client.Enabled ? "enabled" : "disabled")}\t{(client.SenderConstrained ? "bound" : "unbound")}\t{string.Join(' ', client.Scopes)}\t{client.Name}");
                }
                foreach (var party in await services.GetRequiredService<RelyingParties.RelyingParties>().List(ct))
                {
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(
                        $"{party.ClientId}\t{(party.Enabled ? "enabled" : "disabled")}\t{(party.SenderConstrained ? "bound" : "unbound")}\t{string.Join(' ', party.Scopes)}\t{party.NameVi}");
                }
                return 0;
            },
            ct));
        return command;
    }
}
