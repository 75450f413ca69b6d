using Microsoft.Extensions.Options;

namespace Platform.Hosting;

/// <summary>Runs a process so that a wrong set-up ends in a sentence, not in a stack trace.</summary>
public static class PlatformProgram
{
    /// <summary>The exit code of a process that refused to start because of its configuration (EX_CONFIG).</summary>
    public const int BadConfiguration = 78;

    /// <summary>The exit code of a process that met with a fault that nobody foresaw (EX_SOFTWARE).</summary>
    public const int Unforeseen = 70;

    /// <summary>Runs <paramref name="main"/>; bad options and <see cref="CannotStartException"/> are told on standard error, and any other fault with all that is known of it.</summary>
    public static Task<int> Run(Func<Task<int>> main) => Run(main, Console.Error);

    internal static async Task<int> Run(Func<Task<int>> main, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(main);
        try
        {
            return await main();
        }
        catch (OptionsValidationException refusal)
        {
            return await Refuse(refusal.Failures, errors);
        }
        catch (CannotStartException refusal)
        {
            return await Refuse([refusal.Message], errors);
        }
        catch (Exception fault)
        {
            // Left to the runtime it would be printed as it is, and calls to grains name the citizens that they are about.
            await errors.WriteLineAsync(Logging.LogMask.Apply(fault.ToString()));
            return Unforeseen;
        }
    }

    static async Task<int> Refuse(IEnumerable<string> sentences, TextWriter errors)
    {
        foreach (var sentence in sentences)
        {
            await errors.WriteLineAsync(Logging.LogMask.Apply(sentence));
        }
        return BadConfiguration;
    }
}
