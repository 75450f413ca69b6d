using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Portal.Api.Shapes;

/// <summary>What was decided about a request for a person's data, with what was released.</summary>
public sealed record Disclosure
{
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>permitted</c>, <c>partlyPermitted</c> or <c>denied</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Where the citizen finds it.</summary>
    public required LedgerPlace Ledger { get; init; }

    public required ImmutableArray<DisclosedItem> Items { get; init; }
}

/// <summary>A place in a citizen's ledger.</summary>
public sealed record LedgerPlace
{
    public required long Seq { get; init; }

    public required string Hash { get; init; }
}

/// <summary>What was decided about one thing.</summary>
public sealed record DisclosedItem
{
    /// <summary>The target as asked for, a question with its argument.</summary>
    public required string Target { get; init; }

    /// <summary><c>released</c> or <c>denied</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The value; null if nothing is held or nothing was released.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>A code in words.</summary>
    public LocalText? Text { get; init; }

    /// <summary>When the source vouched for it.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Why, as a stable code.</summary>
    public required string Reason { get; init; }

    /// <summary>Why, in words.</summary>
    public required LocalText Explanation { get; init; }

    public bool IsReleased => Outcome == "released";
}
