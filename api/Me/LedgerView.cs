using System.Collections.Immutable;
using System.Text.Json;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;

namespace Platform.Api.Me;

/// <summary>A page of the citizen's ledger, oldest first.</summary>
sealed record LedgerView
{
    /// <summary>Position of the newest entry of the whole ledger; go on with the last seq of this page as after until it is reached.</summary>
    public required long HeadSeq { get; init; }

    /// <summary>Entries in order.</summary>
    public required ImmutableArray<LedgerEntryItem> Entries { get; init; }

    public static LedgerView From(LedgerPage page) => new()
    {
        HeadSeq = page.HeadSeq,
        Entries = [.. page.Entries.Select(LedgerEntryItem.From)],
    };
}

/// <summary>One entry with everything that its hash covers, so that the citizen can check it.</summary>
sealed record LedgerEntryItem
{
    /// <summary>Position, from 1 without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>Identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>What happened.</summary>
    public required string Kind { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What limits count.</summary>
    public required string Tag { get; init; }

    /// <summary>The facts as the JSON text that was hashed; a string, because its bytes matter.</summary>
    public required string Body { get; init; }

    /// <summary>Hash of the entry before, lower-case hexadecimal.</summary>
    public required string PrevHash { get; init; }

    /// <summary>Hash of this entry, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>For a disclosure: what was decided about each thing asked for, in words.</summary>
    public required ImmutableArray<LocalText> Explanation { get; init; }

    public static LedgerEntryItem From(LedgerEntryView entry) => new()
    {
        Seq = entry.Seq,
        Id = entry.Id,
        Kind = entry.Kind,
        At = entry.At,
        Tag = entry.Tag,
        Body = entry.Body,
        PrevHash = entry.PrevHash,
        Hash = entry.Hash,
        Explanation = entry.Kind == LedgerKinds.Disclosure ? Explain(entry.Body) : [],
    };

    static ImmutableArray<LocalText> Explain(string body)
    {
        using var json = JsonDocument.Parse(body);
        if (!json.RootElement.TryGetProperty("decision", out var decision))
        {
            return [];
        }

        return
        [
            .. decision.Deserialize<Decision>(DomainJson.Options)!.Targets.Select(target => Domain.Sharing.Explanation.Of(
                target.Reason, AttributeCatalogue.Shipped.Label(Target.Parse(target.Target).Name), target.Article, target.Remedies)),
        ];
    }
}
