using System.Text.Json.Serialization;
using Platform.Api.Input;
using Platform.Domain;

namespace Platform.Load.Peer.Sql;

/// <summary>An answer with the members of the province's, in their order.</summary>
internal sealed record PeerAnswer
{
    public required Guid Id { get; init; }

    [JsonConverter(typeof(InstantConverter))]
    public required DateTimeOffset At { get; init; }

    public required string Outcome { get; init; }

    public required string Purpose { get; init; }

    public required int RuleBook { get; init; }

    /// <summary>The audit row: its number and the digest of what was released.</summary>
    public required PeerPosition Ledger { get; init; }

    public required PeerItem[] Items { get; init; }
}

/// <summary>A wholly denied disclosure, as problem details.</summary>
internal sealed record PeerDenial
{
    public required string Type { get; init; }

    public required string Title { get; init; }

    public required string TitleVi { get; init; }

    public required int Status { get; init; }

    public required string Detail { get; init; }

    public required string DetailVi { get; init; }

    public required string Code { get; init; }

    public required string TraceId { get; init; }

    public required Guid Id { get; init; }

    [JsonConverter(typeof(InstantConverter))]
    public required DateTimeOffset At { get; init; }

    public required string Outcome { get; init; }

    public required string Purpose { get; init; }

    public required int RuleBook { get; init; }

    public required PeerPosition Ledger { get; init; }

    public required PeerItem[] Items { get; init; }
}

/// <summary>Where the audit row stands.</summary>
internal sealed record PeerPosition(long Seq, string Hash);

/// <summary>What was decided about one attribute.</summary>
internal sealed record PeerItem
{
    public required string Target { get; init; }

    public required string Outcome { get; init; }

    public required string? Value { get; init; }

    public required LocalText? Text { get; init; }

    public required bool? Held { get; init; }

    /// <summary>Always null: attributes of documents are not among what the peer serves.</summary>
    public string[]? Values { get; init; }

    public required string? Source { get; init; }

    public required string? AsOf { get; init; }

    public required PeerRule? Rule { get; init; }

    public required Guid? ConsentId { get; init; }

    public required string Reason { get; init; }

    public required PeerRemedy[] Remedies { get; init; }

    public required LocalText Explanation { get; init; }
}

/// <summary>The rule that decided.</summary>
internal sealed record PeerRule(string Id, int Version, string Article);

/// <summary>One change that helps.</summary>
internal sealed record PeerRemedy(string Code, string? Value, string? Detail);
