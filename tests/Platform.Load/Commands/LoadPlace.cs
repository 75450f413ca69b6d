using System.CommandLine;
using System.Text.Json;
using Platform.Load.Open;
using Platform.Load.Stack;

namespace Platform.Load.Commands;

/// <summary>What a command puts under load: a stack of its own, or the province of a data folder.</summary>
internal sealed class LoadPlace : IAsyncDisposable
{
    private readonly RunningTarget? _running;

    private LoadPlace(LoadTarget target, ProvinceStack? stack, RunningTarget? running) => (Target, Stack, _running) = (target, stack, running);

    public LoadTarget Target { get; }

    /// <summary>The stack, if it is the program's own.</summary>
    public ProvinceStack? Stack { get; }

    /// <summary>Opens it and hands it on; what cannot be opened is told in a sentence, with exit code 78.</summary>
    public static async Task<int> Use(RunOptions options, ParseResult parsed, Func<LoadPlace, Task<int>> use, CancellationToken cancellation)
    {
        try
        {
            await using var place = await Open(options, parsed, cancellation);
            return await use(place);
        }
        catch (Exception fault) when (Sentence(fault, parsed.GetValue(options.Data)) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 78;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }

        if (Stack is not null)
        {
            await Stack.DisposeAsync();
        }
    }

    private static async Task<LoadPlace> Open(RunOptions options, ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(options.Data) is { } data)
        {
            var running = await RunningTarget.Open(data.FullName, parsed.GetValue(options.Citizens), cancellation);
            return new(running.Target, null, running);
        }

        Console.WriteLine("Starting the stack.");
        var stack = await ProvinceStack.Start(options.Stack(parsed), cancellation);
        return new(await StackTarget.Of(stack, cancellation), stack, null);
    }

    private static string? Sentence(Exception fault, DirectoryInfo? data) => fault switch
    {
        StackException => fault.Message,
        FileNotFoundException or DirectoryNotFoundException or JsonException when data is not null =>
            $"{data.Name} is not the data folder of a running province: province.json, seed.json or people.json is missing or damaged.",
        HttpRequestException => $"No token could be had from the identity server ({fault.Message}). Does the province run?",
        IOException when data is not null => $"The issuer of citizens' tokens could not be opened at port {RunningTarget.IssuerPort}: is another load program running?",
        _ => null,
    };
}
