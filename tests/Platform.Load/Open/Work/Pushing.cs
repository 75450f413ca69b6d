using System.Globalization;
using System.Text;
using Platform.Load.Histories;
using Platform.Load.Open.Wire;

namespace Platform.Load.Open.Work;

/// <summary>A source pushes ever newer versions of one document for each citizen; the value it states is the version.</summary>
internal sealed class Pushing(Parts parts) : IWork
{
    private static readonly ReadOnlyMemory<byte> Line = ApiRequest.LineOf("PUT", "v1/documents");
    private readonly long[] _versions = new long[parts.Target.Citizens.Length];
    private readonly string _asOf = parts.Clock.StartedAt.ToString("O", CultureInfo.InvariantCulture);

    public async ValueTask<Done> Do(Arrival arrival)
    {
        if (parts.Systems.Get(Terms.Pushed.System) is not { } token)
        {
            return Done.NotSent(SystemTokens.None);
        }

        var version = Interlocked.Increment(ref _versions[arrival.Citizen]);
        var called = parts.Clock.Now;
        var (done, reply) = await parts.Asking.UntilKnown(arrival, new ApiRequest(Line, token, Body(arrival.Citizen, version)), Read);
        if (parts.Recorder.IsNeeded)
        {
            parts.Recorder.Take(parts.Told(arrival, OperationKind.Push, done.Instance ?? 0, called, reply) with
            {
                Targets = Terms.Pushed.Targets[..1],
                Version = version,
            });
        }

        return done;
    }

    private static Reply<FirstNumber> Read(Answer answer) =>
        Replies.Of(answer, static json => FirstNumber.Integer(json, "heldVersion"u8), static answer => answer.Status == 200);

    private byte[] Body(int citizen, long version) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        { "subject": { "personalId": "{{parts.Target.Citizens[citizen]}}" }, "kind": "socialInsurance", "number": "{{parts.Document}}", "issuer": "Bảo hiểm xã hội tỉnh",
          "state": "valid", "issuerVersion": {{version}}, "asOf": "{{_asOf}}", "attributes": { "contributionMonths": {{version}} } }
        """));
}
