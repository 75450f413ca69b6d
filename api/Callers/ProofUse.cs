using Platform.Api.Problems;
using Platform.Contracts;
using Platform.Hosting.Dpop;

namespace Platform.Api.Callers;

/// <summary>Lets each proof count once, whichever instance it reaches, and hands out the nonce for the next.</summary>
sealed class ProofUse(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, IGrainFactory grains, Again again)
    {
        if (context.Features.Get<DpopProof>() is { } proof)
        {
            // At worst the first use was counted and only its answer lost: then this is refused, and the client makes a new proof.
            var answer = await again.Call(() => grains.GetGrain<IDpopProofs>(proof.KeyThumbprint).Use(proof.Id, proof.Nonce));

            // Also on the answer to a fault, before which all headers are taken away.
            context.Response.OnStarting(() =>
            {
                context.Response.Headers[DpopProof.NonceHeader] = answer.Nonce;
                return Task.CompletedTask;
            });
            if (!answer.Accepted)
            {
                await Challenges.Refuse(context, answer.NonceNeeded ? ErrorCodes.TokenNonceNeeded : ErrorCodes.TokenProofReplayed);
                return;
            }
        }

        await next(context);
    }
}
