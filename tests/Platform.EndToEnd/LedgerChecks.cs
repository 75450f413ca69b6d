using System.Text.Json;
using Platform.Domain.Ledger;
using Xunit;

namespace Platform.EndToEnd;

/// <summary>What a citizen can check with the downloaded ledger and SHA-256 alone.</summary>
internal static class LedgerChecks
{
    public static async Task<IReadOnlyList<JsonElement>> Download(ProvinceClient client, string token)
    {
        var entries = new List<JsonElement>();
        while (true)
        {
            var (status, page) = await client.Send(HttpMethod.Get, $"v1/me/ledger?after={entries.Count}&count=100", token);
            Assert.Equal(200, status);
            entries.AddRange(page.GetProperty("entries").EnumerateArray());
            if (entries.Count >= page.GetProperty("headSeq").GetInt64())
            {
                return entries;
            }
        }
    }

    public static void Verify(string subject, IReadOnlyList<JsonElement> entries)
    {
        var head = LedgerHead.Empty;
        foreach (var json in entries)
        {
            var entry = new LedgerEntry
            {
                Subject = subject,
                Seq = json.GetProperty("seq").GetInt64(),
                Id = json.GetProperty("id").GetGuid(),
                Kind = json.GetProperty("kind").GetString()!,
                At = json.GetProperty("at").GetDateTimeOffset(),
                Tag = json.GetProperty("tag").GetString()!,
                Body = json.GetProperty("body").GetString()!,
                PrevHash = Convert.FromHexString(json.GetProperty("prevHash").GetString()!),
                Hash = Convert.FromHexString(json.GetProperty("hash").GetString()!),
            };
            Assert.True(entry.Extends(head), $"Entry {entry.Seq} does not extend the one before it.");
            head = entry.Head;
        }
    }
}
