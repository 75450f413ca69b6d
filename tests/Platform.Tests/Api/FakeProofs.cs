using System.Collections.Concurrent;
using Platform.Contracts;

namespace Platform.Tests.Api;

/// <summary>The cluster's memory of proofs, as far as its callers can tell: one nonce, each id once per key.</summary>
static class FakeProofs
{
    public const string Nonce = "nonce-2";

    public static FakeGrains TakesProofs(this FakeGrains grains)
    {
        var used = new ConcurrentDictionary<(string, string), bool>();
        return grains.On<IDpopProofs, DpopProofAnswer>("Use", call =>
        {
            var current = call.Argument<string?>(1) == Nonce;
            return new DpopProofAnswer
            {
                NonceNeeded = !current,
                Accepted = current && used.TryAdd((call.Key, call.Argument<string>()), true),
                Nonce = Nonce,
            };
        });
    }
}
