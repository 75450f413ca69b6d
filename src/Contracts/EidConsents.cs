using System.Collections.Immutable;

namespace Platform.Contracts;

/// <summary>A hand-out of identity claims to a relying party.</summary>
[GenerateSerializer, Immutable, Alias("release-claims-call")]
public sealed record ReleaseClaimsCall
{
    /// <summary>Session in whose name.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>Relying party.</summary>
    [Id(1)]
    public required string ClientId { get; init; }

    /// <summary>Its name, for the ledger entry.</summary>
    [Id(2)]
    public required string ClientName { get; init; }

    /// <summary>Names of <see cref="IdentityClaims"/>, each once.</summary>
    [Id(3)]
    public required ImmutableArray<string> Claims { get; init; }
}

/// <summary>The identity claims that a relying party may be registered for.</summary>
public static class IdentityClaims
{
    /// <summary>Full name as registered.</summary>
    public const string Name = "name";

    /// <summary>Birth date, <c>yyyy-MM-dd</c> or, where only that is known, <c>yyyy</c>.</summary>
    public const string BirthDate = "birthdate";

    /// <summary><c>male</c> or <c>female</c>.</summary>
    public const string Gender = "gender";

    /// <summary>The 12-digit personal ID.</summary>
    public const string PersonalId = "personal_id";

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } = [Name, BirthDate, Gender, PersonalId];
}

/// <summary>What a relying party asks consent for.</summary>
[GenerateSerializer, Immutable, Alias("consent-proposal")]
public sealed record ConsentProposal
{
    /// <summary>System of the rule book that will receive.</summary>
    [Id(0)]
    public required string System { get; init; }

    /// <summary>Purpose code.</summary>
    [Id(1)]
    public required string Purpose { get; init; }

    /// <summary>Attribute paths and predicate names, 1 to 100, each once.</summary>
    [Id(2)]
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>Days for which the consent is to hold, 1 to 3650.</summary>
    [Id(3)]
    public required int Days { get; init; }

    /// <summary>Days for which the recipient may keep what it receives, 1 to 3650.</summary>
    [Id(4)]
    public required int DataLifeDays { get; init; }

    /// <summary><c>vi</c> or <c>en</c>.</summary>
    [Id(5)]
    public required string Language { get; init; }

    /// <summary>From when the days count (UTC); null for now. Named, the same proposal is worded alike at whatever moment.</summary>
    [Id(6)]
    public DateTimeOffset? From { get; init; }
}

/// <summary>The wording of a proposal, or why it cannot be made.</summary>
[GenerateSerializer, Immutable, Alias("consent-proposal-answer")]
public sealed record ConsentProposalAnswer
{
    /// <summary>A code of <see cref="Refusals"/>, or null.</summary>
    [Id(0)]
    public string? Refusal { get; init; }

    /// <summary>Organisation id of the recipient, as the consent will name it.</summary>
    [Id(1)]
    public string Recipient { get; init; } = "";

    /// <summary>Version of the text.</summary>
    [Id(2)]
    public string TextVersion { get; init; } = "";

    /// <summary>The whole text, paragraph by paragraph, separated by line feeds; this is what is hashed, shown and kept.</summary>
    [Id(3)]
    public string Text { get; init; } = "";

    /// <summary>The attributes and predicates one by one, as the page offers them.</summary>
    [Id(4)]
    public ImmutableArray<ConsentTarget> Targets { get; init; } = [];

    /// <summary>Name of the recipient for the heading.</summary>
    [Id(5)]
    public string RecipientName { get; init; } = "";

    /// <summary>The instant (UTC) at which the consent ends, as the text says by its day.</summary>
    [Id(6)]
    public DateTimeOffset ValidTo { get; init; }
}

/// <summary>One attribute or predicate of a proposal.</summary>
[GenerateSerializer, Immutable, Alias("consent-target")]
public sealed record ConsentTarget
{
    /// <summary>Path or name.</summary>
    [Id(0)]
    public required string Key { get; init; }

    /// <summary>Label in the language of the proposal.</summary>
    [Id(1)]
    public required string Label { get; init; }

    /// <summary>Whether the law counts it as sensitive.</summary>
    [Id(2)]
    public required bool Sensitive { get; init; }
}
