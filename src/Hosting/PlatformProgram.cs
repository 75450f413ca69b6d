using Microsoft.Extensions.Options;

namespace Platform.Hosting;

/// <summary>Runs a process so that a wrong set-up ends in a sentence, not in a stack trace.</summary>
public static class PlatformProgram
{
    /// <summary>The exit code of a process that refused to start because of its configuration (EX_CONFIG).</summary>
    public const int BadConfiguration = 78;

    /// <summary>Runs <paramref name="main"/>; bad options and <see cref="CannotStartException"/> are told on standard error.</summary>
    public static async Task<int> Run(Func<Task<int>> main)
    {
        ArgumentNullException.ThrowIfNull(main);
        try
        {
            return await main();
        }
        catch (OptionsValidationException refusal)
        {
            return await Refuse(refusal.Failures);
        }
        catch (CannotStartException refusal)
        {
            return await Refuse([refusal.Message]);
        }
    }

    static async Task<int> Refuse(IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            await Console.Error.WriteLineAsync(Logging.LogMask.Apply(sentence));
        }
        return BadConfiguration;
    }
}
