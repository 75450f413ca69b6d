using System.CommandLine;

namespace Platform.Identity.Commands;

/// <summary>Brings the schema before the servers that need it; every other command does so too unless Identity:MigrateSchema leaves it to this one.</summary>
static class MigrateCommand
{
    public static Command Create(Workbench workbench)
    {
        var command = new Command("migrate", "Bring the schema up to this release. Safe to run twice, and by several at once.");
        command.SetAction((parsed, ct) => workbench.Use(
            async _ =>
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync("The schema is that of this release.");
                return 0;
            },
            ct,
            migrate: true));
        return command;
    }
}
