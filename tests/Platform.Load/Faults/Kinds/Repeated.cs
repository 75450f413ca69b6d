using System.Text.Json;
using Platform.Load.Faults.Ground;
using Platform.Load.Histories;
using Platform.Load.Open;

namespace Platform.Load.Faults.Kinds;

/// <summary>Between clients and APIs requests are held up, sent twice, sent again long after their answer, and answers are lost.</summary>
internal sealed class Repeated(int seed) : IFault
{
    private List<Meddler> _between = [];
    private LoadTarget? _target;

    public string Name => "requests-repeated";

    public string What => "requests held up, sent twice, sent again later; answers lost";

    public FaultTerms Terms { get; } = FaultTerms.Of(30, 10, 10);

    public async Task Prepare(FaultSite site, CancellationToken cancellation)
    {
        _between = [.. site.Stack.ApiAddresses.Select((address, number) => new Meddler(new Uri(address), seed + number))];
        foreach (var one in _between)
        {
            await one.Start(cancellation);
        }
    }

    public LoadTarget Target(LoadTarget target) => _target = target with { Apis = [.. _between.Select(one => one.Address)] };

    public Task Begin(FaultSite site, CancellationToken cancellation)
    {
        _between.ForEach(one => one.Meddles = true);
        return Task.CompletedTask;
    }

    public Task End(FaultSite site, CancellationToken cancellation)
    {
        _between.ForEach(one => one.Meddles = false);
        return Task.WhenAll(_between.Select(one => one.Calm()));
    }

    public async Task Restore(FaultSite site, CancellationToken cancellation)
    {
        foreach (var one in _between)
        {
            await one.DisposeAsync();
        }
    }

    /// <summary>Each repetition of a disclosure is one more attempt, whose answer nobody saw. Changes are repeated under their key and stay one.</summary>
    public History Complete(History history)
    {
        var citizens = _target!.Citizens.Index().ToDictionary(citizen => citizen.Item, citizen => citizen.Index);
        var next = history.Operations.IsEmpty ? 0 : history.Operations.Max(operation => operation.Id) + 1;
        var attempts = _between.Index()
            .SelectMany(one => one.Item.Repetitions.Where(repetition => repetition.Letter.AsksForDisclosure).Select(repetition => (Instance: one.Index, repetition)))
            .Select(one => Attempt(history.Header, citizens, next++, one.Instance, one.repetition));
        return history with { Operations = [.. history.Operations, .. attempts] };
    }

    private static Operation Attempt(HistoryHeader header, Dictionary<string, int> citizens, long id, int instance, Repetition repetition)
    {
        using var body = JsonDocument.Parse(repetition.Letter.Body);
        var purpose = body.RootElement.GetProperty("purpose").GetString();
        var terms = new[] { Open.Work.Terms.Consented, Open.Work.Terms.Lawful, Open.Work.Terms.Pushed }.Single(terms => terms.Purpose == purpose);
        return new Operation
        {
            Id = id,
            Citizen = citizens[body.RootElement.GetProperty("subject").GetProperty("personalId").GetString()!],
            Kind = OperationKind.Disclose,
            Instance = instance,
            Called = Math.Max(0, (long)(repetition.At - header.StartedAt).TotalMicroseconds),
            Outcome = OperationOutcome.Unknown,
            Code = "repeated",
            Recipient = terms.Organisation,
            Purpose = purpose,
            Targets = terms.Targets,
        };
    }
}
