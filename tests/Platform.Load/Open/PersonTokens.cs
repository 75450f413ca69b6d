using System.Text;

namespace Platform.Load.Open;

/// <summary>The tokens of citizens in bytes, made when they are first needed and again before they expire.</summary>
internal sealed class PersonTokens(Func<int, string> make, int citizens, TimeProvider time)
{
    // An issuer's tokens live five minutes, and one that it hands out may be a while old.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);
    private readonly (ReadOnlyMemory<byte> Token, long Made)[] _tokens = new (ReadOnlyMemory<byte>, long)[citizens];

    public ReadOnlyMemory<byte> Get(int citizen)
    {
        lock (_tokens)
        {
            ref var kept = ref _tokens[citizen];
            if (kept.Token.IsEmpty || time.GetElapsedTime(kept.Made) > Kept)
            {
                kept = (Encoding.ASCII.GetBytes(make(citizen)), time.GetTimestamp());
            }

            return kept.Token;
        }
    }
}
