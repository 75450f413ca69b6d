using System.CommandLine;
using Microsoft.Extensions.Options;

namespace Platform.Identity.Commands;

/// <summary>The command line: without a command the server runs; with one, the register or the keys are looked after.</summary>
static class IdentityCommands
{
    public static RootCommand Create()
    {
        var root = new RootCommand("The platform's identity server. Without a command it serves; settings come from Identity__… variables.")
        {
            RegisterCommand.Create(),
            ListCommand.Create(),
            EnableCommand.Create("disable", "Refuse a sector system's token requests.", enabled: false),
            EnableCommand.Create("enable", "Let a disabled sector system in again.", enabled: true),
            KeysCommand.Create(),
        };
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction(async (parsed, ct) =>
        {
            await using var app = IdentityHost.Build([.. parsed.UnmatchedTokens]);
            // Asked here, a wrong setting ends in its sentence alone; asked by the host, a stack trace is logged as well.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await app.RunAsync(ct);
            return 0;
        });
        return root;
    }
}
