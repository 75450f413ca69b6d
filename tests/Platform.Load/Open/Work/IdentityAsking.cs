using System.Globalization;
using System.Net.Sockets;
using Platform.Load.Logins;
using Platform.Load.Open.Wire;

namespace Platform.Load.Open.Work;

/// <summary>Asks identity servers as <see cref="Asking"/> asks APIs: a client's single retry begins the whole thing anew, elsewhere.</summary>
internal sealed class IdentityAsking(int identities, bool retry, TimeProvider time, CancellationToken ended)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Carries something out at one instance; <paramref name="ask"/> throws what its HTTP client throws.</summary>
    public async ValueTask<Done> Ask(int instance, Func<int, Task> ask)
    {
        if (await Try(instance, ask) is not { } fault)
        {
            return Served(null, instance);
        }

        if (!retry || !MayPass(fault))
        {
            return Done.Failed(NameOf(fault), instance);
        }

        await Task.Delay(Pause, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        instance = (instance + 1) % identities;
        return await Try(instance, ask) is { } second
            ? Done.Failed(NameOf(second), instance) with { Fault = NameOf(fault) }
            : Served(NameOf(fault), instance);
    }

    private static async Task<Exception?> Try(int instance, Func<int, Task> ask)
    {
        try
        {
            await ask(instance);
            return null;
        }
        catch (Exception fault) when (fault is RefusedException or HttpRequestException or OperationCanceledException or InvalidOperationException)
        {
            return fault;
        }
    }

    private static Done Served(string? fault, int instance) =>
        new(fault is null ? Verdict.Served : Verdict.Hidden, "200", fault, instance, IsAnswered: true);

    private static bool MayPass(Exception fault) => NameOf(fault) is "503" || (fault is HttpRequestException { StatusCode: null });

    private static string NameOf(Exception fault) => fault switch
    {
        RefusedException { Status: var status and > 0 } => status.ToString(CultureInfo.InvariantCulture),
        HttpRequestException { StatusCode: { } status } => ((int)status).ToString(CultureInfo.InvariantCulture),
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => Replies.Name(NoAnswer.RefusedConnection),
        HttpRequestException => Replies.Name(NoAnswer.LostConnection),
        OperationCanceledException => Replies.Name(NoAnswer.Timeout),
        _ => "no code",
    };
}
