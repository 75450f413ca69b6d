using System.CommandLine;
using Platform.Silo.Storage;

namespace Platform.Silo.Commands;

/// <summary>Brings the schema and the first rule book before the silos that need them; a second run finds nothing to do.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var database = SiloCommands.DatabaseOption();
        var patience = new Option<int>("--patience") { Description = "Seconds for which a database that does not answer yet is asked again.", DefaultValueFactory = _ => 0 };
        var command = new Command("migrate", "Brings the schema up to this release. Safe to run twice, and by several at once.") { database, patience };
        command.SetAction(async (parsed, cancellation) =>
        {
            var schema = new SchemaOptions { Patience = TimeSpan.FromSeconds(parsed.GetValue(patience)) };
            await using var opened = await SiloHost.Open(parsed.GetValue(database), schema, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync("The schema is that of this release.");
            return 0;
        });
        return command;
    }
}
