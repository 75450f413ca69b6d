using System.Collections.Immutable;

namespace Platform.Portal.Api.Shapes;

/// <summary>Who looked, newest first.</summary>
public sealed record AccessPage
{
    public required ImmutableArray<Access> Items { get; init; }

    /// <summary>Where the next page begins; null at the end.</summary>
    public long? Next { get; init; }
}

/// <summary>One time that somebody asked for something about the person.</summary>
public sealed record Access
{
    public required long Seq { get; init; }

    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>disclosure</c>, <c>identityReleased</c> or <c>presentationShown</c>.</summary>
    public required string Kind { get; init; }

    public required Named Organisation { get; init; }

    public required Named System { get; init; }

    public Named? Purpose { get; init; }

    /// <summary>Legal ground of the purpose.</summary>
    public LocalText? Ground { get; init; }

    public AccessOfficial? Official { get; init; }

    public string? CaseReference { get; init; }

    /// <summary><c>permitted</c>, <c>partlyPermitted</c> or <c>denied</c>.</summary>
    public required string Outcome { get; init; }

    public required ImmutableArray<AccessTarget> Targets { get; init; }

    /// <summary>The person's own question about it.</summary>
    public Guid? Asked { get; init; }
}

/// <summary>The official on whose behalf it was asked.</summary>
public sealed record AccessOfficial
{
    public string? Role { get; init; }

    public string? Unit { get; init; }
}

/// <summary>One thing that was asked for, and whether it was released.</summary>
public sealed record AccessTarget
{
    public required string Target { get; init; }

    public required LocalText Label { get; init; }

    public required bool Released { get; init; }

    /// <summary>Why.</summary>
    public required LocalText Explanation { get; init; }

    public Guid? Consent { get; init; }
}
