using System.CommandLine;
using System.CommandLine.Parsing;
using Platform.Load.Open;
using Platform.Load.Stack;

namespace Platform.Load.Commands;

/// <summary>The options that <c>run</c> and <c>saturation</c> share.</summary>
internal sealed class RunOptions
{
    private const int MostInstances = 20;
    private const int People = 24;
    private const int MostCitizens = 1_000_000;

    public Option<double> Rate { get; } = Bounded("--rate", "Operations a second.", 200d, 0.1, 100_000);

    public Option<int> Seconds { get; } = Bounded("--seconds", "Length of the run.", 30, 1, 86_400);

    public Option<int> WarmUp { get; } = Bounded("--warm-up", "Seconds of growing load before; they are recorded, and left out of the figures.", 10, 0, 3600);

    public Option<string> Mix { get; } = new("--mix")
    {
        Description = $"Workloads by weight. All of them: {Open.Mix.Default}.",
        DefaultValueFactory = _ => Open.Mix.Default.ToString(),
    };

    public Option<int> Seed { get; } = new("--seed") { Description = "The same seed plans the same operations at the same times.", DefaultValueFactory = _ => 1 };

    public Option<int> Citizens { get; } = Bounded("--citizens", "Synthetic citizens; of a running province so many of those that can be used.", 2000, 10, MostCitizens);

    public Option<int> Hot { get; } = Bounded("--hot", "Citizens that get most of the traffic.", 50, 1, MostCitizens);

    public Option<double> HotShare { get; } = Bounded("--hot-share", "Share of the traffic that they get.", 0.8, 0, 1);

    public Option<bool> Uniform { get; } = new("--uniform") { Description = "Equal distances between arrivals instead of a Poisson process." };

    public Option<bool> Retry { get; } = new("--retry") { Description = "Clients try once more, elsewhere, after a 503 or a broken connection." };

    public Option<int> MostInFlight { get; } = Bounded("--most-in-flight", "Operations under way at once; more are not sent, and are counted as such.", 2000, 1, 100_000);

    public Option<int> Silos { get; } = Bounded("--silos", "Silos of the stack.", 2, 1, MostInstances);

    public Option<int> Apis { get; } = Bounded("--apis", "APIs of the stack.", 2, 1, MostInstances);

    public Option<int> Identities { get; } = Bounded("--identities", "Identity servers of the stack.", 2, 1, MostInstances);

    public Option<DirectoryInfo?> Data { get; } = new("--data") { Description = "Data folder of a running province, instead of a stack of its own." };

    public void AddTo(Command command)
    {
        Mix.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && !Open.Mix.TryParse(text, out _, out var finding))
            {
                result.AddError(finding);
            }
        });
        foreach (var option in new Option[] { Rate, Seconds, WarmUp, Mix, Seed, Citizens, Hot, HotShare, Uniform, Retry, MostInFlight, Silos, Apis, Identities, Data })
        {
            command.Options.Add(option);
        }
    }

    public LoadOptions Load(ParseResult parsed) => new()
    {
        Rate = parsed.GetValue(Rate),
        Length = TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
        WarmUp = TimeSpan.FromSeconds(parsed.GetValue(WarmUp)),
        Mix = Open.Mix.TryParse(parsed.GetRequiredValue(Mix), out var mix, out var finding) ? mix : throw new ArgumentException(finding),
        Seed = parsed.GetValue(Seed),
        Hot = parsed.GetValue(Hot),
        HotShare = parsed.GetValue(HotShare),
        Uniform = parsed.GetValue(Uniform),
        Retry = parsed.GetValue(Retry),
        MostInFlight = parsed.GetValue(MostInFlight),
    };

    public StackOptions Stack(ParseResult parsed) => new()
    {
        Citizens = parsed.GetValue(Citizens),
        Silos = parsed.GetValue(Silos),
        Apis = parsed.GetValue(Apis),
        Identities = parsed.GetValue(Identities),
        Accounts = People,
    };

    public static Option<T> Bounded<T>(string name, string description, T usual, T least, T most)
        where T : struct, IComparable<T>
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result => Within(result, name, least, most));
        return option;
    }

    private static void Within<T>(OptionResult result, string name, T least, T most)
        where T : struct, IComparable<T>
    {
        if (!result.Errors.Any() && result.GetValueOrDefault<T>() is var value && (value.CompareTo(least) < 0 || value.CompareTo(most) > 0))
        {
            result.AddError(FormattableString.Invariant($"{name} lies between {least} and {most}."));
        }
    }
}
