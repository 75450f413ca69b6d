using System.Globalization;
using System.Net;
using Platform.Contracts;
using Platform.Identity.Audit;

namespace Platform.Identity.Sessions;

/// <summary>
/// Tells relying parties that sessions have ended. The notices wait in the cluster until they were delivered, so any instance may send them and none is
/// lost when one stops.
/// </summary>
sealed partial class BackChannelLogout(
    IGrainFactory grains, RelyingParties.RelyingParties parties, LogoutTokens tokens, HttpClient http, IdentityAudit audit, TimeProvider clock,
    ILogger<BackChannelLogout> log)
    : BackgroundService
{
    const int Batch = 50;
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    IEidLogouts Waiting => grains.GetGrain<IEidLogouts>(IEidLogouts.Key);

    /// <summary>Sends what is due; gives the number of notices that were looked at.</summary>
    public async Task<int> SendDue(CancellationToken ct)
    {
        var notices = await Waiting.Take(Batch, Lease);
        if (notices.IsEmpty)
        {
            return 0;
        }
        var outcomes = await Task.WhenAll(notices.Select(async notice => (notice.Id, Delivered: await Send(notice, ct))));
        await Waiting.Delivered([.. outcomes.Where(outcome => outcome.Delivered).Select(outcome => outcome.Id)]);
        var undelivered = outcomes.Where(outcome => !outcome.Delivered).Select(outcome => outcome.Id).ToHashSet();
        await Waiting.Failed([.. undelivered]);
        foreach (var notice in notices.Where(notice => undelivered.Contains(notice.Id) && notice.EndedAt + IEidLogouts.GiveUpAfter <= clock.GetUtcNow()))
        {
            audit.LogoutGivenUp(notice.Client.ClientId);
        }
        return notices.Length;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await SendDue(stoppingToken) == Batch)
                {
                    // There is more.
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Silos cancel calls too, for instance when one of them dies; that must not end the server.
                CannotSend(fault);
            }
        }
    }

    async Task<bool> Send(LogoutNotice notice, CancellationToken ct)
    {
        if (await parties.Find(notice.Client.ClientId, ct) is not { BackChannelLogoutUri: { } address })
        {
            // It was never registered to be told, or is no longer.
            return true;
        }
        try
        {
            using var body = new FormUrlEncodedContent([KeyValuePair.Create("logout_token", tokens.For(notice))]);
            using var answer = await http.PostAsync(new Uri(address), body, ct);
            // 400 is the relying party's last word: it will not understand the same token better later.
            var settled = answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.BadRequest;
            if (answer.IsSuccessStatusCode)
            {
                audit.LogoutDelivered(notice.Client.ClientId);
            }
            else
            {
                audit.LogoutFailed(notice.Client.ClientId, string.Create(CultureInfo.InvariantCulture, $"status {(int)answer.StatusCode}"));
            }
            return settled;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            audit.LogoutFailed(notice.Client.ClientId, unreachable.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Ended sessions could not be announced; the next round tries again.")]
    partial void CannotSend(Exception fault);
}
