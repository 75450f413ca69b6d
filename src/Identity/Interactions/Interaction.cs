using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Platform.Contracts;

namespace Platform.Identity.Interactions;

/// <summary>
/// What a person is asked for on behalf of an authorization request, and how far that has come. It belongs to the browser that brought the request
/// and is encrypted where it is kept.
/// </summary>
sealed record Interaction
{
    /// <summary>Names it in addresses and forms: 256 random bits. Worth nothing without the browser's cookie.</summary>
    [JsonIgnore]
    public string Handle { get; init; } = "";

    [JsonIgnore]
    public long Version { get; init; }

    /// <summary>The relying party, or empty for this server's own pages.</summary>
    public required string ClientId { get; init; }

    /// <summary>Its name for people.</summary>
    public required string ClientName { get; init; }

    /// <summary><c>vi</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Level that the request needs, 1 or 2.</summary>
    public required int NeededLevel { get; init; }

    /// <summary>True if a session from before this request is not enough, because the request says so (prompt, max_age).</summary>
    public required bool Reauthenticate { get; init; }

    /// <summary>What the relying party wrote into login_hint; not trusted, at most shown in the field.</summary>
    public string? LoginHint { get; init; }

    /// <summary>Identity claims that the relying party asks for and is registered for.</summary>
    public ImmutableArray<string> Claims { get; init; } = [];

    /// <summary>True if the approval of claims must be asked anew.</summary>
    public bool AskClaimsAgain { get; init; }

    /// <summary>A consent that it asks for, or null.</summary>
    public ConsentProposal? Consent { get; init; }

    /// <summary>The authorization request's own parameters, as the engine wants them back.</summary>
    public required string Parameters { get; init; }

    /// <summary>The pushed request that it came from, used up by the answer; null if it was not pushed.</summary>
    public string? PushedRequest { get; init; }

    /// <summary>Where to go instead of back to the engine; for this server's own pages, a local path.</summary>
    public string? ReturnPath { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The login under way.</summary>
    public LoginProgress? Login { get; init; }

    /// <summary>Set once the person has authenticated for this request: the session it was for.</summary>
    public string? AuthenticatedSession { get; init; }

    /// <summary>The session in which what follows was answered; it counts for no other, because that may be another person's.</summary>
    public string? AnsweredIn { get; init; }

    /// <summary>Set once the person has answered the question about claims.</summary>
    public bool ClaimsAnswered { get; init; }

    /// <summary>Set once the person has answered the question for consent.</summary>
    public ConsentOutcome? ConsentOutcome { get; init; }

    /// <summary>A ward's answer that waits for the representative.</summary>
    public AskedConsent? AskedConsent { get; init; }

    /// <summary>True if the person cancelled.</summary>
    public bool Cancelled { get; init; }

    /// <summary>The interaction as it stands for a session: without what was answered in another.</summary>
    public Interaction For(string? session) =>
        AnsweredIn == session ? this : this with { AnsweredIn = session, ClaimsAnswered = false, ConsentOutcome = null, AskedConsent = null };
}

/// <summary>A login half done: who says they are, and what they have proved.</summary>
sealed record LoginProgress
{
    public required string Number { get; init; }

    public required ImmutableArray<CheckedFactor> Factors { get; init; }

    /// <summary>The approval that is waited for, with the number to show.</summary>
    public string? ApprovalId { get; init; }

    public string? ApprovalNumber { get; init; }

    /// <summary>For a ward: the approval asked of the representative.</summary>
    public string? RepresentativeApprovalId { get; init; }

    public string? RepresentativeNumber { get; init; }

    /// <summary>When a device was last asked, to know when the question runs out.</summary>
    public DateTimeOffset? AskedAt { get; init; }
}

/// <summary>What the person decided about a consent that was asked for.</summary>
sealed record ConsentOutcome(bool Granted, Guid? ConsentId, ImmutableArray<string> Targets);

/// <summary>What a ward wants to consent to, and the question to the representative about it, with the number to show.</summary>
sealed record AskedConsent(string ApprovalId, string Number, DateTimeOffset AskedAt, ImmutableArray<string> Targets);
