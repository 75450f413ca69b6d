namespace Platform.Identity.Assertions;

/// <summary>Why a client assertion was not accepted. The client is told <see cref="Told"/>, the log the code.</summary>
sealed record AssertionRefusal(string Code, string Told)
{
    const string NotAuthenticated = "The client is not registered and enabled, or the assertion is not signed with one of its keys.";

    public static readonly AssertionRefusal Malformed = new("malformed", "The client assertion is not a signed compact JWT.");
    public static readonly AssertionRefusal WrongType = new("wrong_type", "The client assertion's typ must be JWT, client-authentication+jwt or absent.");
    public static readonly AssertionRefusal WrongAlgorithm = new("wrong_algorithm", "The client assertion must be signed with ES256, PS256 or RS256.");
    public static readonly AssertionRefusal WrongSubject = new("wrong_subject", "The client assertion's iss and sub must both be the client id.");

    // One sentence for all of these: who is registered here is nobody's business.
    public static readonly AssertionRefusal UnknownClient = new("unknown_client", NotAuthenticated);
    public static readonly AssertionRefusal DisabledClient = new("disabled_client", NotAuthenticated);
    public static readonly AssertionRefusal WrongSignature = new("wrong_signature", NotAuthenticated);

    public static readonly AssertionRefusal WrongAudience = new(
        "wrong_audience", "The client assertion's aud must be the issuer, and a string; clients whose tokens are not bound may name the token endpoint or a list.");

    public static readonly AssertionRefusal MissingExpiry = new("missing_expiry", "The client assertion must have an exp.");
    public static readonly AssertionRefusal Expired = new("expired", "The client assertion has expired.");
    public static readonly AssertionRefusal ExpiryTooFar = new("expiry_too_far", "The client assertion's exp may lie at most five minutes ahead.");
    public static readonly AssertionRefusal NotYetValid = new("not_yet_valid", "The client assertion's nbf or iat lies in the future.");
    public static readonly AssertionRefusal MissingId = new("missing_id", "The client assertion must have a jti of at most 256 characters.");
    public static readonly AssertionRefusal Replayed = new("replayed", "The client assertion has been used before; make a new one for each request.");
}

/// <summary>An accepted assertion's client, or the refusal.</summary>
readonly record struct AssertionOutcome(string? ClientId, AssertionRefusal? Refusal)
{
    public static implicit operator AssertionOutcome(AssertionRefusal refusal) => new(null, refusal);
}
