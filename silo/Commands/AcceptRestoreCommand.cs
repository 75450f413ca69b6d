using System.CommandLine;
using Platform.Domain;
using Platform.Hosting;
using Platform.Silo.Ledger;
using Platform.Silo.Witness;
using Spectre.Console;

namespace Platform.Silo.Commands;

internal static class AcceptRestoreCommand
{
    public static Command Create()
    {
        var database = SiloCommands.DatabaseOption();
        var witness = new Option<string>("--witness")
        {
            Description = "Where the heads of the ledger are kept, sqlite:PATH or a PostgreSQL connection string; by default the variable Ledger__Witness.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable($"{LedgerOptions.Section}__{nameof(LedgerOptions.Witness)}") ?? "",
        };
        var person = new Option<string>("--by") { Description = "Who decides; kept in the ledger of operations.", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why the loss is accepted; kept in the ledger of operations.", Required = true };
        var command = new Command("accept-restore", "Lets silos start on a database that is older than what was acknowledged from it, and records who decided so, and what is gone.")
        {
            database,
            witness,
            person,
            reason,
        };
        command.SetAction((parsed, cancellation) => Run(
            parsed.GetValue(database), parsed.GetValue(witness), parsed.GetRequiredValue(person), parsed.GetRequiredValue(reason), cancellation));
        return command;
    }

    private static async Task<int> Run(string? databaseText, string? witnessText, string person, string reason, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(person) || string.IsNullOrWhiteSpace(reason))
        {
            throw new CannotStartException("Give --by and --reason: whoever looks later must see who decided, and why.");
        }

        await using var database = await SiloHost.Open(databaseText, cancellation: cancellation);
        await using var witness = await HeadWitness.Open(witnessText, database, TimeProvider.System, cancellation)
            ?? throw new CannotStartException("Give --witness, or set Ledger__Witness: without the heads that were seen there is nothing to compare with.");
        var entry = await witness.Accept(person, reason, cancellation);
        if (entry is null)
        {
            AnsiConsole.WriteLine("The database has everything that was seen of it: there is nothing to accept, and nothing was changed.");
            return 1;
        }

        if (entry.Kind == Domain.Ledger.LedgerKinds.WitnessBegun)
        {
            AnsiConsole.WriteLine("The witness was empty. It begins anew with the next start of a silo; what was lost before that cannot be told.");
            return 0;
        }

        foreach (var lane in DomainJson.Read<RestoreAcceptedBody>(entry.Body).Lost)
        {
            AnsiConsole.WriteLine($"lane {lane.Lane}: batches {lane.From} to {lane.To} with {lane.Entries} entries are gone; the last was seen on {lane.Until:u}");
        }

        AnsiConsole.WriteLine($"Accepted as entry {entry.Seq} of the ledger {OperationsLedger.Subject}. Whose entries they were is not known here: consents withdrawn in them are in force again.");
        return 0;
    }
}
