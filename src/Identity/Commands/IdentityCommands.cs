using System.CommandLine;
using Microsoft.Extensions.Options;
using Platform.Hosting.Cluster;

namespace Platform.Identity.Commands;

/// <summary>The command line: without a command the server runs; with one, the register or the keys are looked after.</summary>
static class IdentityCommands
{
    public static RootCommand Create(Action<WebApplicationBuilder>? configure = null)
    {
        var workbench = new Workbench(configure);
        var root = new RootCommand("The platform's identity server. Without a command it serves; settings come from Identity__… variables.")
        {
            MigrateCommand.Create(workbench),
            RegisterCommand.Create(workbench),
            RegisterPartyCommand.Create(workbench),
            AppointCommand.Create(workbench),
            ListCommand.Create(workbench),
            EnableCommand.Create(workbench, "disable", "Refuse a client's requests.", enabled: false),
            EnableCommand.Create(workbench, "enable", "Let a disabled client in again.", enabled: true),
            KeysCommand.Create(workbench),
        };
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction(async (parsed, ct) =>
        {
            if (parsed.UnmatchedTokens is [var first, ..] && !first.StartsWith("--", StringComparison.Ordinal))
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"There is no command '{first}': see --help.");
                return 1;
            }
            await using var app = IdentityHost.Build([.. parsed.UnmatchedTokens], builder =>
            {
                builder.AddClusterClient();
                configure?.Invoke(builder);
            });
            // Asked here, a wrong setting ends in its sentence alone; asked by the host, a stack trace is logged as well.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await app.RunAsync(ct);
            return 0;
        });
        return root;
    }
}
