using System.CommandLine;
using Platform.Load.Stack;

namespace Platform.Load.Commands;

/// <summary>Starts a stack and leaves it running until Ctrl-C.</summary>
internal static class StackCommand
{
    public static Command Create()
    {
        var silos = new Option<int>("--silos") { Description = "Silos.", DefaultValueFactory = _ => 2 };
        var apis = new Option<int>("--apis") { Description = "APIs.", DefaultValueFactory = _ => 2 };
        var identities = new Option<int>("--identities") { Description = "Identity servers.", DefaultValueFactory = _ => 2 };
        var citizens = new Option<int>("--citizens") { Description = "Synthetic citizens.", DefaultValueFactory = _ => 2000 };
        var seed = new Option<int>("--seed") { Description = "What the citizens are made from.", DefaultValueFactory = _ => 468 };
        var command = new Command("stack", "Starts PostgreSQL, silos, APIs and identity servers, and leaves them running until Ctrl-C.") { silos, apis, identities, citizens, seed };
        command.SetAction((parsed, cancellation) => Run(
            new StackOptions
            {
                Silos = parsed.GetValue(silos),
                Apis = parsed.GetValue(apis),
                Identities = parsed.GetValue(identities),
                Citizens = parsed.GetValue(citizens),
                Seed = parsed.GetValue(seed),
            },
            cancellation));
        return command;
    }

    private static async Task<int> Run(StackOptions options, CancellationToken cancellation)
    {
        await using var stack = await ProvinceStack.Start(options, cancellation);
        foreach (var address in stack.ApiAddresses)
        {
            Console.WriteLine($"api       {address}");
        }

        foreach (var address in stack.IdentityAddresses)
        {
            var (_, until) = await stack.Sectors.Ask("electricity", address, cancellation);
            Console.WriteLine($"identity  {address} (gives tokens, good until {until:u})");
        }

        Console.WriteLine($"database  {stack.Database}");
        Console.WriteLine($"data      {stack.Data}");
        Console.WriteLine("ready");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }
}
