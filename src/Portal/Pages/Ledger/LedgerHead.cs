using Platform.Portal.Api;
using Platform.Portal.Api.Shapes;

namespace Platform.Portal.Pages.Ledger;

/// <summary>Where a ledger ends: how many entries it has, and the hash of the last one.</summary>
public sealed record LedgerHead(long Seq, string Hash)
{
    const int HashLength = 64;

    /// <summary>Before the first entry.</summary>
    public static LedgerHead Empty { get; } = new(0, new string('0', HashLength));

    internal static async Task<LedgerHead> Read(PersonApi api)
    {
        var seq = (await api.Get<LedgerPart>("v1/me/ledger?count=1")).Require().HeadSeq;
        if (seq == 0)
        {
            return Empty;
        }
        var last = (await api.Get<LedgerPart>($"v1/me/ledger?after={seq - 1}&count=1")).Require().Entries;
        return last is [var entry] && entry.Seq == seq
            ? new LedgerHead(seq, entry.Hash)
            : throw new ApiFaultException(ApiFault.Malformed, "The API does not give the last entry of a ledger.");
    }
}
