using System.CommandLine;
using Platform.Load.Peer.Guarantees;
using Platform.Load.Peer.Sql;

namespace Platform.Load.Commands;

/// <summary>Measures memory per warm citizen and round trips of a cold one.</summary>
internal static class FootprintCommand
{
    public static Command Create()
    {
        var citizens = new Option<int>("--citizens") { Description = "Citizens that are warmed, more than 1000.", DefaultValueFactory = _ => 10_000 };
        citizens.Validators.Add(result =>
        {
            if (result.GetValue(citizens) < 1000)
            {
                result.AddError("--citizens takes a number from 1000.");
            }
        });
        var command = new Command("footprint", "Heap per warm citizen and database round trips of a cold one, in a silo that tells.") { citizens };
        command.SetAction(async (parsed, cancellation) =>
        {
            var people = new ComparedPeople(parsed.GetValue(citizens), deniedPercent: 0);
            await using var stack = await ComparedStack.Start(people, certificates: false, cancellation);
            await using var province = await SideProvince.Start(stack.Stack, Without.Nothing, cancellation);
            using var footprint = new Footprint(province, stack.Request(province.Api), people.Numbers);
            Console.WriteLine(await footprint.Measure(cancellation));
            return 0;
        });
        return command;
    }
}
