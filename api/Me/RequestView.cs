using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;

namespace Platform.Api.Me;

/// <summary>A request for consent as the citizen sees it.</summary>
sealed record RequestView
{
    /// <summary>Identity of the request.</summary>
    public required Guid Id { get; init; }

    /// <summary>The asking system.</summary>
    public required Named System { get; init; }

    /// <summary>The organisation that would receive.</summary>
    public required Named Organisation { get; init; }

    /// <summary>The purpose.</summary>
    public required Named Purpose { get; init; }

    /// <summary>What would be done with the data; null where the book in force no longer has the purpose.</summary>
    public required LocalText? Description { get; init; }

    /// <summary>The legal ground of the purpose.</summary>
    public required LocalText? Ground { get; init; }

    /// <summary>What is asked for; the citizen chooses among it.</summary>
    public required ImmutableArray<RequestedTarget> Targets { get; init; }

    /// <summary>For how many days from the decision the consent would count.</summary>
    public required int Days { get; init; }

    /// <summary>For how many days the recipient might keep what it receives.</summary>
    public required int DataLifeDays { get; init; }

    /// <summary>How often the consent might be used; null for no limit.</summary>
    public required FrequencyLimit? Limit { get; init; }

    /// <summary>Case or dossier that it belongs to.</summary>
    public required string? CaseReference { get; init; }

    /// <summary>The system's own words; nobody has checked them.</summary>
    public required string? Note { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>First instant at which it no longer waits.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Waiting, granted, refused, expired or cancelled.</summary>
    public required ConsentRequestState State { get; init; }

    /// <summary>When it stopped waiting.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>The consent, granted or refused, that the decision made.</summary>
    public required Guid? Consent { get; init; }

    /// <summary>The text that a decision must rest on, where one waiting request was asked for; null in lists, and where nothing can be decided any more.</summary>
    public required RequestText? Text { get; init; }

    public static RequestView From(ConsentRequest request, RuleBook book, RequestText? text = null)
    {
        var purpose = book.Purpose(request.Purpose);
        return new RequestView
        {
            Id = request.Id,
            System = Named.Of(request.System, book.System(request.System)?.Name),
            Organisation = Named.Of(request.Organisation, book.Organisation(request.Organisation)?.Name),
            Purpose = Named.Of(request.Purpose, purpose?.Name),
            Description = purpose?.Description,
            Ground = book.Grounds.FirstOrDefault(ground => ground.Id == purpose?.Ground)?.Name,
            Targets = [.. request.Targets.Select(target => RequestedTarget.Of(target, request))],
            Days = request.Days,
            DataLifeDays = request.DataLifeDays,
            Limit = request.Limit,
            CaseReference = request.CaseReference,
            Note = request.Note,
            AskedAt = request.AskedAt,
            Until = request.Until,
            State = request.State,
            EndedAt = request.EndedAt,
            Consent = request.Consent,
            Text = text,
        };
    }
}

/// <summary>One of the targets asked for.</summary>
sealed record RequestedTarget
{
    /// <summary>Attribute path or predicate name.</summary>
    public required string Target { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Label { get; init; }

    /// <summary>Whether the law counts it as sensitive personal data.</summary>
    public required bool Sensitive { get; init; }

    /// <summary>Whether the citizen granted it.</summary>
    public required bool Chosen { get; init; }

    public static RequestedTarget Of(string target, ConsentRequest request) => new()
    {
        Target = target,
        Label = AttributeCatalogue.Shipped.Label(target),
        Sensitive = ConsentStatement.IsSensitive(target),
        Chosen = request.Chosen.Contains(target),
    };
}

/// <summary>What the citizen is told before deciding, to the letter as it is hashed and kept.</summary>
sealed record RequestText
{
    /// <summary>Language of the text.</summary>
    public required string Language { get; init; }

    /// <summary>Version of the wording.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the text in UTF-8, lower-case hexadecimal; the decision repeats it.</summary>
    public required string Hash { get; init; }

    /// <summary>The paragraphs, separated by line feeds.</summary>
    public required string Paragraphs { get; init; }

    public static RequestText? Of(RequestTextAnswer answer, string language) => answer.Text is not { } text ? null : new RequestText
    {
        Language = language,
        Version = answer.TextVersion!,
        Hash = ConsentStatement.Hash(text),
        Paragraphs = text,
    };
}
