using System.Collections.Immutable;
using System.Text;
using Platform.Load.Histories;
using Platform.Load.Open.Wire;

namespace Platform.Load.Open.Work;

/// <summary>A sector system asks about citizens; each attempt is recorded as an operation of its own.</summary>
internal sealed class Disclosing : IWork
{
    private static readonly ReadOnlyMemory<byte> Line = ApiRequest.LineOf("POST", "v1/disclosures");
    private readonly Parts _parts;
    private readonly Terms _terms;
    private readonly Template _byFirst;
    private readonly Template _byLast;
    private readonly ReadOnlyMemory<byte> _document;
    private readonly Func<Answer, Reply<DisclosureReply>> _read;
    private readonly Action<Arrival, int, long, Reply<DisclosureReply>> _record;

    public Disclosing(Parts parts, Terms terms)
    {
        (_parts, _terms) = (parts, terms);
        (_byFirst, _byLast) = (new Template(terms.Body(parts.Target.Citizens[0])), new Template(terms.Body(parts.Target.Citizens[^1])));
        _document = terms.ReadsDocument ? Encoding.UTF8.GetBytes(parts.Document) : default;
        _read = Read;
        _record = Record;
    }

    public async ValueTask<Done> Do(Arrival arrival)
    {
        if (_parts.Systems.Get(_terms.System) is not { } token)
        {
            return Done.NotSent(SystemTokens.None);
        }

        return await _parts.Asking.Once(arrival, new ApiRequest(Line, token, Body(arrival.Citizen)), _read, _record);
    }

    // Officials may not look at themselves or their household, and households stand together in the list.
    private ReadOnlyMemory<byte> Body(int citizen) => (citizen < _parts.Target.Citizens.Length / 2 ? _byLast : _byFirst).For(_parts.Target.Citizens[citizen]);

    private Reply<DisclosureReply> Read(Answer answer) =>
        Replies.Of(answer, json => DisclosureReply.Read(json, _terms.Targets, _document.Span), static answer => answer.Status is 200 or 403);

    private void Record(Arrival arrival, int instance, long called, Reply<DisclosureReply> reply)
    {
        if (reply.Value is { } answered)
        {
            _parts.Heads.Saw(arrival.Citizen, answered.Seq);
        }

        if (!_parts.Recorder.IsNeeded)
        {
            return;
        }

        _parts.Recorder.Take(_parts.Told(arrival, OperationKind.Disclose, instance, called, reply) with
        {
            Recipient = _terms.Organisation,
            Purpose = _terms.Purpose,
            Targets = _terms.Targets,
            Released = reply.Value?.Released ?? [],
            ConsentsUsed = reply.Value?.Consents ?? [],
            Entry = reply.Value?.Id,
            Seq = reply.Value?.Seq,
            Hash = reply.Value?.Hash,
            Version = reply.Value?.Version,
        });
    }
}

/// <summary>Who asks for what, and why.</summary>
internal sealed record Terms(string System, string Organisation, string Purpose, ImmutableArray<string> Targets)
{
    /// <summary>On the citizen's consent.</summary>
    public static Terms Consented { get; } = new("electricity", "dien-luc", "electricity.contract", ["profile.fullName"]);

    /// <summary>On a rule that asks for a case and an official instead.</summary>
    public static Terms Lawful { get; } = new("insurance", "bhxh-tinh", "health-insurance.renewal", ["profile.fullName", "profile.birthDate"]) { NamesOfficial = true };

    /// <summary>What the source pushes, asked for in a way that needs no consent; on which document a value stands is told only to who asks for the number too.</summary>
    public static Terms Pushed { get; } = new(
        "insurance", "bhxh-tinh", "unemployment-benefit.payment", ["document.socialInsurance.contributionMonths", "document.socialInsurance.number"])
    {
        NamesOfficial = true,
        ReadsDocument = true,
    };

    public bool NamesOfficial { get; private init; }

    public bool ReadsDocument { get; private init; }

    /// <summary>The body of a request with a place for the subject; an official, where one is named, is a person of the province too.</summary>
    public string Body(string official)
    {
        var targets = string.Join(", ", Targets.Select(target => $"\"{target}\""));
        var named = NamesOfficial
            ? $$""", "caseReference": "H16.12-260302-0042", "official": { "personalId": "{{official}}", "role": "officer", "unit": "{{Organisation}}", "identityLevel": 2 }"""
            : "";
        return $$"""{ "subject": { "personalId": "@" }, "purpose": "{{Purpose}}", "attributes": [{{targets}}]{{named}} }""";
    }
}
