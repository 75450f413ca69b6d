using System.Text;
using System.Text.Json;
using System.Web;
using Platform.Domain.Ledger;

namespace Platform.Tests.Portal;

/// <summary>A ledger as the API gives it, in pages; it may grow, break off and be tampered with.</summary>
internal sealed class FakeLedger
{
    readonly List<string> _entries = [];
    LedgerHead _head = LedgerHead.Empty;

    public FakeLedger(FakeApi api, int length)
    {
        Grow(length);
        api.Answers("GET /v1/me/ledger", Page);
    }

    public string HeadHash => Convert.ToHexStringLower(_head.Hash.Span);

    /// <summary>Runs before a page is given.</summary>
    public Action<long> Before { get; set; } = _ => { };

    public void Grow(int count)
    {
        for (var number = 0; number < count; number++)
        {
            var entry = LedgerEntry.Extend(_head, Samples.Number, new EntryDraft
            {
                Id = Guid.NewGuid(),
                Kind = LedgerKinds.Disclosure,
                At = new DateTimeOffset(2026, 3, 1, 7, 30, 0, TimeSpan.Zero).AddMicroseconds((_entries.Count * 61_000_001L) + 7),
                Tag = number % 2 == 0 ? "" : "insurance health-insurance.renewal",
                Body = $$"""{"name":"H Yă Êban Đê 𠀋 <&>\u2028","number":{{number}}}""",
            });
            _head = entry.Head;
            _entries.Add(JsonSerializer.Serialize(new
            {
                seq = entry.Seq,
                id = entry.Id,
                kind = entry.Kind,
                at = entry.At,
                tag = entry.Tag,
                body = entry.Body,
                prevHash = Convert.ToHexStringLower(entry.PrevHash.Span),
                hash = Convert.ToHexStringLower(entry.Hash.Span),
                explanation = Array.Empty<object>(),
            }));
        }
    }

    public void Remove(int seq) => _entries[seq - 1] = "";

    HttpResponseMessage Page(ApiAsk ask)
    {
        var query = HttpUtility.ParseQueryString(ask.Path.Split('?')[1]);
        var (after, count) = (Number(query["after"] ?? "0"), Number(query["count"]!));
        if (count is < 1 or > 500)
        {
            return FakeApi.Json(FakeApi.Problem(400, "parameter.malformed").ToJsonString(), 400);
        }
        Before(after);
        var entries = _entries.Skip(after).Where(entry => entry.Length > 0).Take(count);
        return FakeApi.Json(new StringBuilder($"{{\"headSeq\":{_head.Seq},\"entries\":[").AppendJoin(',', entries).Append("]}").ToString());
    }

    static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
