using System.Collections.Immutable;
using Platform.Domain.Consents;

namespace Platform.Api.ConsentRequests;

/// <summary>A request for consent as the system that made it sees it.</summary>
sealed record ConsentRequestView
{
    /// <summary>Identity of the request.</summary>
    public required Guid Id { get; init; }

    /// <summary>Waiting, granted, refused, expired or cancelled.</summary>
    public required ConsentRequestState State { get; init; }

    /// <summary>First instant at which it no longer waits.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The consent, once granted; whether it still counts is told by each disclosure.</summary>
    public required Guid? Consent { get; init; }

    /// <summary>What the citizen granted of what was asked for.</summary>
    public required ImmutableArray<string> Targets { get; init; }

    public static ConsentRequestView From(ConsentRequest request) => new()
    {
        Id = request.Id,
        State = request.State,
        Until = request.Until,
        Consent = request.State == ConsentRequestState.Granted ? request.Consent : null,
        Targets = request.Chosen,
    };
}
