using Microsoft.Extensions.Options;
using Platform.Hosting.Dpop;
using Platform.Identity.Storage;

namespace Platform.Identity.Engine.Dpop;

/// <summary>Accepts each proof of possession once, wherever it arrives, and only with a nonce of this server.</summary>
sealed class DpopProofs(DpopNonces nonces, UsedValues used, IOptions<IdentityOptions> options, TimeProvider clock)
{
    public const string InvalidProof = "invalid_dpop_proof";
    public const string UseNonce = "use_dpop_nonce";

    /// <summary>The key's thumbprint, or an OAuth error with its description. The answer carries the nonce for the next proof.</summary>
    public async Task<(string? Key, (string Error, string Description)? Refusal)> Accept(HttpRequest request, string path, string? accessTokenHash, CancellationToken ct)
    {
        request.HttpContext.Response.Headers[DpopProof.NonceHeader] = nonces.Current();
        var now = clock.GetUtcNow();
        var outcome = DpopProof.Check(
            request.Headers[DpopProof.Header], request.Method, new Uri(options.Value.Issuer!, path), now, accessTokenHash);
        if (outcome.Proof is not { } proof)
        {
            return (null, (InvalidProof, outcome.Refusal!.Told));
        }
        if (!nonces.IsCurrent(proof.Nonce))
        {
            return (null, (UseNonce, "Make the proof with the nonce in the DPoP-Nonce header."));
        }
        var refusedFrom = now + DpopProof.MaxAge + DpopProof.MaxAhead;
        return await used.TryUse($"dpop {proof.KeyThumbprint}", proof.Id, refusedFrom, ct)
            ? (proof.KeyThumbprint, null)
            : (null, (InvalidProof, "The DPoP proof was used before; make a new one for each request."));
    }
}
