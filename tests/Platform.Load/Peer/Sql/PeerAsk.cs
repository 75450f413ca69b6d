using System.Text.Json.Serialization;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;

namespace Platform.Load.Peer.Sql;

/// <summary>The body of a request, as the API of the province takes it.</summary>
internal sealed record PeerAsk
{
    private const int MostTargets = 100;

    public required PeerSubject Subject { get; init; }

    public required string Purpose { get; init; }

    public string[] Attributes { get; init; } = [];

    public string[] Predicates { get; init; } = [];

    public string? CaseReference { get; init; }

    public PeerOfficial? Official { get; init; }

    /// <summary>Whether everything is of the right form; questions (predicates) the peer does not answer.</summary>
    public bool IsWellFormed() =>
        PersonalId.TryParse(Subject.PersonalId, out _)
        && Purpose is { Length: >= 1 and <= 100 }
        && Purpose.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-')
        && Attributes.Length is >= 1 and <= MostTargets
        && Predicates.Length == 0
        && Attributes.All(AttributeCatalogue.Shipped.Attributes.ContainsKey)
        && Attributes.Distinct().Count() == Attributes.Length
        && IsText(CaseReference, 100)
        && (Official?.IsWellFormed() ?? true);

    public static bool IsText(string? text, int most) => text is null || (!string.IsNullOrWhiteSpace(text) && text.Length <= most && !text.Any(char.IsControl));
}

/// <summary>A person by personal ID.</summary>
internal sealed record PeerSubject
{
    public required string PersonalId { get; init; }
}

/// <summary>The official behind a request.</summary>
internal sealed record PeerOfficial
{
    public string? PersonalId { get; init; }

    public string? StaffCode { get; init; }

    public required string Role { get; init; }

    public string? Unit { get; init; }

    public int? IdentityLevel { get; init; }

    public bool IsWellFormed() =>
        (PersonalId is null) != (StaffCode is null)
        && (PersonalId is null || Domain.Citizens.PersonalId.TryParse(PersonalId, out _))
        && PeerAsk.IsText(StaffCode, 50)
        && PeerAsk.IsText(Role, 100)
        && PeerAsk.IsText(Unit, 200)
        && IdentityLevel is null or 1 or 2;
}

/// <summary>What is written of a request into the audit row; the official's number only masked, as the province does.</summary>
internal sealed record PeerAudited(
    string System,
    string Purpose,
    string[] Targets,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CaseReference,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Official,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Unit)
{
    public static PeerAudited Of(string system, PeerAsk ask) => new(
        system,
        ask.Purpose,
        ask.Attributes,
        ask.CaseReference,
        PersonalId.TryParse(ask.Official?.PersonalId, out var number) ? number.ToString() : ask.Official?.StaffCode,
        ask.Official?.Role,
        ask.Official?.Unit);
}
