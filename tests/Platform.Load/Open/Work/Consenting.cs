using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Platform.Load.Histories;
using Platform.Load.Open.Wire;

namespace Platform.Load.Open.Work;

/// <summary>Citizens grant and withdraw. Who holds a consent mostly withdraws it, so that asking is now permitted, now refused.</summary>
internal sealed class Consenting(Parts parts) : IWork
{
    private const int OneInSoManyGrantsAgain = 7;
    private const int MostUses = 3;
    private const int KindsOfLimit = 5;
    private static readonly ReadOnlyMemory<byte> GrantLine = ApiRequest.LineOf("POST", "v1/me/consents");
    private readonly ConcurrentQueue<Guid>?[] _held = new ConcurrentQueue<Guid>?[parts.Target.Citizens.Length];

    private readonly string _validTo = parts.Clock.StartedAt.AddDays(30).ToString("O", CultureInfo.InvariantCulture);

    /// <summary>How often the consent of an arrival may be used: some once to three times, the others any number.</summary>
    public static int? Uses(Arrival arrival) => arrival.Dice / OneInSoManyGrantsAgain % KindsOfLimit is var kind and < MostUses ? kind + 1 : null;

    public static bool GrantsAnyway(Arrival arrival) => arrival.Dice % OneInSoManyGrantsAgain == 0;

    public ValueTask<Done> Do(Arrival arrival)
    {
        var held = LazyInitializer.EnsureInitialized(ref _held[arrival.Citizen]);
        return !GrantsAnyway(arrival) && held.TryDequeue(out var consent) ? Withdraw(arrival, consent) : Grant(arrival, held);
    }

    private async ValueTask<Done> Grant(Arrival arrival, ConcurrentQueue<Guid> held)
    {
        var uses = Uses(arrival);
        var request = new ApiRequest(GrantLine, parts.People.Get(arrival.Citizen), Encoding.UTF8.GetBytes(Body(uses))) { Key = Guid.NewGuid() };
        var called = parts.Clock.Now;
        var (done, reply) = await parts.Asking.UntilKnown(arrival, request, ReadGrant);
        if (reply.Value is { } granted)
        {
            held.Enqueue(granted.Id);
        }

        Record(arrival, OperationKind.Grant, called, done, reply, reply.Value?.Id, uses);
        return done;
    }

    private async ValueTask<Done> Withdraw(Arrival arrival, Guid consent)
    {
        var request = new ApiRequest(ApiRequest.LineOf("DELETE", $"v1/me/consents/{consent}"), parts.People.Get(arrival.Citizen), default) { Key = Guid.NewGuid() };
        var called = parts.Clock.Now;
        var (done, reply) = await parts.Asking.UntilKnown(arrival, request, ReadNothing);
        Record(arrival, OperationKind.Withdraw, called, done, reply, consent, null);
        return done;
    }

    private static Reply<FirstNumber> ReadGrant(Answer answer) =>
        Replies.Of(answer, static json => FirstNumber.Uuid(json, "id"u8), static answer => answer.Status == 200);

    private static Reply<FirstNumber> ReadNothing(Answer answer) =>
        Replies.Of<FirstNumber>(answer, static _ => throw new InvalidOperationException("Nothing is read."), static _ => false);

    private string Body(int? uses)
    {
        var limit = uses is { } count ? string.Create(CultureInfo.InvariantCulture, $$""" "limit": { "count": {{count}}, "per": "total" },""") : "";
        return $$"""
            { "recipient": "{{Terms.Consented.Organisation}}", "purpose": "{{Terms.Consented.Purpose}}", "targets": ["{{Terms.Consented.Targets[0]}}"], "granted": true,{{limit}}
              "validTo": "{{_validTo}}", "dataLifeDays": 30,
              "evidence": { "channel": "portal", "textVersion": "1", "language": "vi", "textHash": "{{new string('a', 64)}}" } }
            """;
    }

    private void Record(Arrival arrival, OperationKind kind, long called, Done done, Reply<FirstNumber> reply, Guid? consent, int? uses)
    {
        if (!parts.Recorder.IsNeeded)
        {
            return;
        }

        parts.Recorder.Take(parts.Told(arrival, kind, done.Instance ?? 0, called, reply) with
        {
            Consent = consent,
            Recipient = Terms.Consented.Organisation,
            Purpose = Terms.Consented.Purpose,
            Targets = Terms.Consented.Targets,
            Uses = uses,
        });
    }
}
