using System.Buffers.Text;
using System.Security.Cryptography;
using Platform.Contracts;

namespace Platform.Silo.Accounts;

/// <summary>
/// Refuses every second use of a proof without storing anything: a proof must carry a nonce that this activation made, so what an earlier activation
/// accepted, or another one accepts, is never accepted here.
/// </summary>
[GrainType("dpop-proofs")]
internal sealed class DpopProofsGrain([FromKeyedServices(SiloClock.Key)] TimeProvider clock) : Grain, IDpopProofs
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private const int Most = 4096;
    private static readonly TimeSpan NonceTime = TimeSpan.FromMinutes(2);

    private Generation _current = new(DateTimeOffset.MinValue);
    private Generation? _previous;

    public Task<DpopProofAnswer> Use(string id, string? nonce)
    {
        Turn(clock.GetUtcNow());
        var generation = nonce == _current.Nonce ? _current : nonce is not null && nonce == _previous?.Nonce ? _previous : null;
        if (generation is null || generation.Used.Count >= Most)
        {
            if (generation == _current)
            {
                // Full: what was used under this nonce may be forgotten only together with the nonce.
                _current = new Generation(clock.GetUtcNow());
            }

            return Task.FromResult(new DpopProofAnswer { Accepted = false, NonceNeeded = true, Nonce = _current.Nonce });
        }

        return Task.FromResult(new DpopProofAnswer { Accepted = generation.Used.Add(id), NonceNeeded = false, Nonce = _current.Nonce });
    }

    private void Turn(DateTimeOffset now)
    {
        if (_current.Since + NonceTime <= now)
        {
            _previous = _current.Since + (2 * NonceTime) > now ? _current : null;
            _current = new Generation(now);
        }
    }

    private sealed class Generation(DateTimeOffset since)
    {
        public DateTimeOffset Since { get; } = since;

        public string Nonce { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));

        public HashSet<string> Used { get; } = [];
    }
}
