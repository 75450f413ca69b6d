using System.CommandLine;
using Platform.Load.Peer.Guarantees;

namespace Platform.Load.Commands;

/// <summary>Serves a silo for measurements, set up by the variables of a silo.</summary>
internal static class TestSiloCommand
{
    public static Command Create()
    {
        var without = new Option<Without>("--without") { Description = "nothing, ledger, or decision (and with it the ledger).", DefaultValueFactory = _ => Without.Nothing };
        var command = new Command("test-silo", "Serves a silo of which guarantees are switched off, only ever for measurements.") { without };
        command.SetAction((parsed, cancellation) => TestSilo.Run(parsed.GetValue(without), cancellation));
        return command;
    }
}
