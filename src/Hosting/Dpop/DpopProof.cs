using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Platform.Hosting.Dpop;

/// <summary>
/// A proof that the sender of a request holds a key (DPoP, RFC 9449). The checks need nothing but the request and the time: whether
/// <see cref="Id"/> is new, <see cref="Nonce"/> current and <see cref="KeyThumbprint"/> the expected key is for the caller to find out.
/// </summary>
public sealed record DpopProof
{
    /// <summary>The request header with the proof; the answer's header with the next nonce is <see cref="NonceHeader"/>.</summary>
    public const string Header = "DPoP";

    public const string NonceHeader = "DPoP-Nonce";

    const int MaxIdLength = 256;

    /// <summary>How old a proof may be, and how far a client's clock may be ahead: so long must its id be remembered.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan MaxAhead = TimeSpan.FromSeconds(30);

    DpopProof(string keyThumbprint, string id, string? nonce) => (KeyThumbprint, Id, Nonce) = (keyThumbprint, id, nonce);

    /// <summary>Algorithms for <c>dpop_signing_alg_values_supported</c> and <c>algs</c>; those of FAPI 2.0 that the base library has.</summary>
    public static ImmutableArray<string> Algorithms { get; } = [DpopKey.Es256, DpopKey.Ps256];

    /// <summary>Thumbprint of the key (RFC 7638), as in <c>cnf.jkt</c> and <c>dpop_jkt</c>.</summary>
    public string KeyThumbprint { get; }

    /// <summary>The <c>jti</c>.</summary>
    public string Id { get; }

    /// <summary>The <c>nonce</c>, if the proof has one.</summary>
    public string? Nonce { get; }

    /// <summary>What <c>ath</c> must be for this access token.</summary>
    public static string HashOf(string accessToken) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)));

    /// <summary>
    /// Checks the values of a request's DPoP header. <paramref name="uri"/> is the request's as the client sees it, behind whatever proxies;
    /// <paramref name="accessTokenHash"/> is <see cref="HashOf"/> the token that comes with it, or null where none does.
    /// </summary>
    public static DpopOutcome Check(StringValues header, string method, Uri uri, DateTimeOffset now, string? accessTokenHash = null)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (header is [] or [null or ""])
        {
            return DpopRefusal.Missing;
        }
        if (header is not [{ } text])
        {
            return DpopRefusal.Several;
        }
        if (text.Length > CompactProof.MaxLength)
        {
            return DpopRefusal.TooLarge;
        }
        if (CompactProof.Read(text) is not { } proof)
        {
            return DpopRefusal.Malformed;
        }
        // The signature comes last, because it costs most.
        var refusal = CheckHead(proof.Head) ?? CheckClaims(proof.Claims, method, uri, now, accessTokenHash);
        if (refusal is not null)
        {
            return refusal;
        }
        return DpopKey.Read(proof.Head.Jwk, proof.Head.Alg!) is not { } key ? DpopRefusal.WrongKey
            : !key.Verifies(proof.Signed, proof.Signature) ? DpopRefusal.WrongSignature
            : new DpopOutcome(new DpopProof(key.Thumbprint, proof.Claims.Id!, proof.Claims.Nonce), null);
    }

    static DpopRefusal? CheckHead(ProofHead head) =>
        head.Typ != "dpop+jwt" ? DpopRefusal.WrongType
        : head.Alg is null || !Algorithms.Contains(head.Alg) ? DpopRefusal.WrongAlgorithm
        : head.Crit.ValueKind != System.Text.Json.JsonValueKind.Undefined ? DpopRefusal.Malformed
        : null;

    static DpopRefusal? CheckClaims(ProofClaims claims, string method, Uri uri, DateTimeOffset now, string? accessTokenHash) =>
        claims.Method != method ? DpopRefusal.WrongMethod
        : claims.Uri is null || !DpopUri.IsSame(claims.Uri, uri) ? DpopRefusal.WrongUri
        : !IsTimely(claims, now) ? DpopRefusal.WrongTime
        : claims.Id is not { Length: >= 1 and <= MaxIdLength } ? DpopRefusal.WrongId
        : claims.Nonce is { Length: 0 or > MaxIdLength } ? DpopRefusal.WrongNonce
        : accessTokenHash is not null && claims.AccessTokenHash != accessTokenHash ? DpopRefusal.WrongTokenHash
        : null;

    static bool IsTimely(ProofClaims claims, DateTimeOffset now)
    {
        var instant = (now - DateTimeOffset.UnixEpoch).TotalSeconds;
        return claims.IssuedAt >= instant - MaxAge.TotalSeconds
            && claims.IssuedAt <= instant + MaxAhead.TotalSeconds
            && !(claims.Expires <= instant)
            && !(claims.NotBefore > instant + MaxAhead.TotalSeconds);
    }
}
