namespace Platform.Hosting.Dpop;

/// <summary>Why a proof was not accepted: a stable code, and a sentence for the client's developer that repeats nothing of the proof.</summary>
public sealed record DpopRefusal(string Code, string Told)
{
    public static readonly DpopRefusal Missing = new("missing", "Send one DPoP header with a proof of possession.");
    public static readonly DpopRefusal Several = new("several", "Send exactly one DPoP header.");
    public static readonly DpopRefusal TooLarge = new("too_large", "The DPoP proof may have 8192 characters at most.");
    public static readonly DpopRefusal Malformed = new("malformed", "The DPoP proof must be a signed compact JWT whose members have the types of RFC 9449.");
    public static readonly DpopRefusal WrongType = new("wrong_type", "The DPoP proof's typ must be dpop+jwt.");
    public static readonly DpopRefusal WrongAlgorithm = new("wrong_algorithm", "The DPoP proof must be signed with ES256 or PS256.");

    public static readonly DpopRefusal WrongKey = new(
        "wrong_key", "The DPoP proof's jwk must be a P-256 key or an RSA key of 2048 to 4096 bits that fits alg, without private members.");

    public static readonly DpopRefusal WrongSignature = new("wrong_signature", "The DPoP proof is not signed with the key in its jwk.");
    public static readonly DpopRefusal WrongMethod = new("wrong_method", "The DPoP proof's htm must be the method of the request.");
    public static readonly DpopRefusal WrongUri = new("wrong_uri", "The DPoP proof's htu must be the request's URI as the client sends it.");

    public static readonly DpopRefusal WrongTime = new(
        "wrong_time", "The DPoP proof's iat must lie within the last 60 seconds; clocks may be 30 seconds ahead. Make a new proof for each request.");

    public static readonly DpopRefusal WrongId = new("wrong_id", "The DPoP proof must have a jti of 1 to 256 characters.");
    public static readonly DpopRefusal WrongNonce = new("wrong_nonce", "The DPoP proof's nonce must be one of 1 to 256 characters that was given in DPoP-Nonce.");

    public static readonly DpopRefusal WrongTokenHash = new(
        "wrong_token_hash", "The DPoP proof's ath must be the base64url SHA-256 of the access token in the same request.");
}

/// <summary>An accepted proof, or the refusal.</summary>
public readonly record struct DpopOutcome(DpopProof? Proof, DpopRefusal? Refusal)
{
    public static implicit operator DpopOutcome(DpopRefusal refusal) => new(null, refusal);
}
