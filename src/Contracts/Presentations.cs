using System.Collections.Immutable;
using Platform.Domain.Citizens;

namespace Platform.Contracts;

/// <summary>What whoever holds a code may see of one citizen; the grain key is the 12-digit personal ID.</summary>
[Alias("citizen-presentations"), GrainInterfaceType("citizen-presentations")]
public interface ICitizenPresentations : IGrainWithStringKey
{
    /// <summary>Appends to the ledger that the presentation is shown, and only then shows it; once, to one attempt.</summary>
    [Alias("show-presentation")]
    Task<ShownAnswer> ShowPresentation(ShowCall call);
}

/// <summary>Presentations by their code alone; stateless, any key.</summary>
[Alias("presentation-desk"), GrainInterfaceType("presentation-desk")]
public interface IPresentationDesk : IGrainWithIntegerKey
{
    /// <summary>Shows the presentation whose code has this hash, to one attempt of one holder of the code.</summary>
    [Alias("show")]
    Task<ShownAnswer> Show(ShowCall call);
}

/// <summary>What the citizen wants to show.</summary>
[GenerateSerializer, Immutable, Alias("presentation-call")]
public sealed record PresentationCall
{
    /// <summary>The caller's idempotency key, at most 100 characters.</summary>
    [Id(0)]
    public required string OperationKey { get; init; }

    /// <summary>Kind of the document.</summary>
    [Id(1)]
    public required string Kind { get; init; }

    /// <summary>Number of the document.</summary>
    [Id(2)]
    public required string Number { get; init; }

    /// <summary>Attribute paths, each once.</summary>
    [Id(3)]
    public required ImmutableArray<string> Attributes { get; init; }

    /// <summary>For how many minutes the code is to count, 1 to 5.</summary>
    [Id(4)]
    public required int Minutes { get; init; }
}

/// <summary>The presentation as it now stands, or why not.</summary>
[GenerateSerializer, Immutable, Alias("presentation-answer")]
public sealed record PresentationAnswer
{
    /// <summary>The presentation as JSON (see <c>DocumentPresentation</c>), if there is one.</summary>
    [Id(0)]
    public string? Presentation { get; init; }

    /// <summary>The code, told to whoever made the presentation alone.</summary>
    [Id(1)]
    public string? Code { get; init; }

    /// <summary>A code of <see cref="Refusals"/>, or null.</summary>
    [Id(2)]
    public string? Refusal { get; init; }
}

/// <summary>An attempt to see a presentation.</summary>
[GenerateSerializer, Immutable, Alias("show-call")]
public sealed record ShowCall
{
    /// <summary>SHA-256 of the code, lower-case hexadecimal.</summary>
    [Id(0)]
    public required string CodeHash { get; init; }

    /// <summary>Identity of the attempt: made again after a fault, it is still the same.</summary>
    [Id(1)]
    public required Guid Attempt { get; init; }
}

/// <summary>What is shown, or why not.</summary>
[GenerateSerializer, Immutable, Alias("shown-answer")]
public sealed record ShownAnswer
{
    /// <summary>When it was shown (UTC).</summary>
    [Id(0)]
    public DateTimeOffset ShownAt { get; init; }

    /// <summary>Kind of the document.</summary>
    [Id(1)]
    public string? Kind { get; init; }

    /// <summary>State of the document today.</summary>
    [Id(2)]
    public DocumentState State { get; init; }

    /// <summary>What the citizen chose and the record states.</summary>
    [Id(3)]
    public ImmutableArray<ShownValue> Values { get; init; } = [];

    /// <summary>A code of <see cref="Refusals"/>, or null.</summary>
    [Id(4)]
    public string? Refusal { get; init; }
}

/// <summary>One value that is shown.</summary>
[GenerateSerializer, Immutable, Alias("shown-value")]
public sealed record ShownValue
{
    /// <summary>Attribute path.</summary>
    [Id(0)]
    public required string Path { get; init; }

    /// <summary>Canonical text.</summary>
    [Id(1)]
    public required string Text { get; init; }
}
