namespace Platform.Load.Open.Work;

/// <summary>A sector system gets itself a token.</summary>
internal sealed class TokenTaking(LoadTarget target, IdentityAsking asking, TimeSpan patience, CancellationToken ended) : IWork
{
    public bool ConcernsCitizen => false;

    public ValueTask<Done> Do(Arrival arrival) => asking.Ask(arrival.Instance % target.Identities, async instance =>
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ended);
        time.CancelAfter(patience);
        await target.AskToken(Terms.Lawful.System, instance, time.Token);
    });
}
