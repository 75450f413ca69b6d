using Platform.Api.Problems;
using Platform.Contracts;
using Platform.Hosting.Dpop;

namespace Platform.Api.Callers;

/// <summary>Lets each proof count once, whichever instance it reaches, and hands out the nonce for the next.</summary>
sealed class ProofUse(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context, IGrainFactory grains, Again again) =>
        context.Features.Get<DpopProof>() is { } proof ? Use(proof, context, grains, again) : next(context);

    async Task Use(DpopProof proof, HttpContext context, IGrainFactory grains, Again again)
    {
        // At worst the first use was counted and only its answer lost: then this is refused, and the client makes a new proof.
        var answer = await again.Call(() => grains.GetGrain<IDpopProofs>(proof.KeyThumbprint).Use(proof.Id, proof.Nonce));

        // Also on the answer to a fault, before which all headers are taken away.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[DpopProof.NonceHeader] = answer.Nonce;
            return Task.CompletedTask;
        });
        await (answer.Accepted ? next(context) : Challenges.Refuse(context, answer.NonceNeeded ? ErrorCodes.TokenNonceNeeded : ErrorCodes.TokenProofReplayed));
    }
}
