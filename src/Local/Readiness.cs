using Platform.Hosting;

namespace Platform.Local;

internal static class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns when every address answers its readiness check.</summary>
    public static async Task Wait(IReadOnlyList<string> addresses, CancellationToken cancellation)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        foreach (var address in addresses)
        {
            while (!await IsReady(client, address, patience.Token))
            {
                if (patience.IsCancellationRequested)
                {
                    throw new CannotStartException($"{address} did not become ready. Its messages are above; start again when their cause is gone.");
                }

                await Task.Delay(Pause, TimeProvider.System, patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task<bool> IsReady(HttpClient client, string address, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(new Uri(address), "health/ready"), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
