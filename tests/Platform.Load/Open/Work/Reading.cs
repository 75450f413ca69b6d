using Platform.Load.Histories;
using Platform.Load.Open.Wire;

namespace Platform.Load.Open.Work;

/// <summary>Citizens look at the end of their ledger, or at who asked about them.</summary>
internal sealed class Reading : IWork
{
    public const string Ledger = "ledger";
    public const string Accesses = "accesses";
    private const int Shown = 20;
    private static readonly ReadOnlyMemory<byte> AccessLine = ApiRequest.LineOf("GET", "v1/me/accesses?count=20");
    private readonly Parts _parts;
    private readonly bool _ledger;
    private readonly Action<Arrival, int, long, Reply<FirstNumber>> _record;

    public Reading(Parts parts, bool ledger) => (_parts, _ledger, _record) = (parts, ledger, Record);

    public ValueTask<Done> Do(Arrival arrival)
    {
        var line = _ledger ? ApiRequest.LineOf("GET", $"v1/me/ledger?after={Math.Max(0, _parts.Heads.Of(arrival.Citizen) - Shown)}&count=50") : AccessLine;
        return _parts.Asking.Once(arrival, new ApiRequest(line, _parts.People.Get(arrival.Citizen), default), _ledger ? ReadLedger : ReadAccesses, _record);
    }

    private static Reply<FirstNumber> ReadLedger(Answer answer) =>
        Replies.Of(answer, static json => FirstNumber.Integer(json, "headSeq"u8), static answer => answer.Status == 200);

    private static Reply<FirstNumber> ReadAccesses(Answer answer) =>
        Replies.Of(answer, static json => FirstNumber.Integer(json, "seq"u8), static answer => answer.Status == 200);

    private void Record(Arrival arrival, int instance, long called, Reply<FirstNumber> reply)
    {
        if (reply.Value is { } seen)
        {
            _parts.Heads.Saw(arrival.Citizen, seen.Value);
        }

        if (!_parts.Recorder.IsNeeded)
        {
            return;
        }

        _parts.Recorder.Take(_parts.Told(arrival, OperationKind.Read, instance, called, reply) with
        {
            Purpose = _ledger ? Ledger : Accesses,
            Version = reply.Value?.Value,
        });
    }
}
