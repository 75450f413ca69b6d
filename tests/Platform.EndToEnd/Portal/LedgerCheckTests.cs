using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Domain.Ledger;
using Platform.EndToEnd.Logins;
using Xunit;

namespace Platform.EndToEnd.Portal;

/// <summary>The one documented command with which a citizen checks a downloaded ledger, on ledgers that were tampered with in every way.</summary>
public sealed class LedgerCheckTests : IDisposable
{
    private const int Length = 40;
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-check-").FullName;
    private readonly List<JsonObject> _entries = [.. Ledger("citizen-a", Length)];

    private enum Found
    {
        Right = 0,
        Wrong = 1,
        Unreadable = 2,
    }

    [Fact]
    public async Task A_whole_ledger_is_right_in_both_languages()
    {
        Assert.StartsWith($"The ledger is whole: {Length} entries", await Expect(Found.Right, Write(_entries)));
        Assert.StartsWith($"Sổ truy cập nguyên vẹn: {Length} mục", await Expect(Found.Right, Write(_entries), "--vi"));
    }

    [Fact]
    public async Task An_empty_ledger_says_that_there_is_nothing_to_check() =>
        Assert.StartsWith("The ledger has no entry yet", await Expect(Found.Right, Write([])));

    [Theory]
    [InlineData("seq"), InlineData("id"), InlineData("kind"), InlineData("at"), InlineData("tag"), InlineData("body"), InlineData("prevHash"), InlineData("hash")]
    public async Task A_change_of_any_member_is_found_at_its_entry(string member)
    {
        _entries[16][member] = member switch
        {
            "seq" => 18,
            "id" => Guid.NewGuid().ToString(),
            "at" => "2026-03-01T08:00:00.000001Z",
            "prevHash" or "hash" => new string('a', 64),
            _ => _entries[16][member]!.GetValue<string>() + " ",
        };

        // Of an entry under another number it is the place that is missing.
        Assert.Contains("First bad entry: entry 17", await Expect(Found.Wrong, Write(_entries)));
    }

    [Fact]
    public async Task An_entry_rewritten_together_with_its_hash_breaks_at_the_next_one()
    {
        var before = new LedgerHead(16, Convert.FromHexString(_entries[15]["hash"]!.GetValue<string>()));
        _entries[16] = Json(LedgerEntry.Extend(before, "citizen-a", Draft(900)));

        Assert.Contains("First bad entry: entry 18", await Expect(Found.Wrong, Write(_entries)));
    }

    [Fact]
    public async Task A_removed_entry_is_named()
    {
        var whole = Head(_entries);
        _entries.RemoveAt(8);

        Assert.Contains("First bad entry: entry 9", await Expect(Found.Wrong, Write(_entries, whole)));
    }

    [Fact]
    public async Task Two_entries_in_each_others_place_are_found()
    {
        (_entries[4], _entries[5]) = (_entries[5], _entries[4]);

        Assert.Contains("First bad entry: entry 5", await Expect(Found.Wrong, Write(_entries)));
    }

    [Fact]
    public async Task A_repeated_entry_is_found()
    {
        _entries.Insert(12, _entries[11].DeepClone().AsObject());

        Assert.Contains("First bad entry: entry 12", await Expect(Found.Wrong, Write(_entries)));
    }

    [Fact]
    public async Task A_removed_end_is_found_by_the_head_of_the_file()
    {
        var whole = Head(_entries);

        Assert.Contains("First bad entry: entry 31", await Expect(Found.Wrong, Write(_entries[..30], whole)));
    }

    [Fact]
    public async Task Lines_after_the_head_that_the_file_names_are_not_taken_for_right() =>
        Assert.Contains("First bad entry: entry 40", await Expect(Found.Wrong, Write(_entries, Head(_entries[..30]))));

    [Fact]
    public async Task A_ledger_rewritten_from_end_to_end_is_found_only_by_an_earlier_download()
    {
        var earlier = Write(_entries[..30]);
        var rewritten = Write([.. Ledger("citizen-a", Length, firstBody: 500)]);

        await Expect(Found.Right, rewritten);
        Assert.Contains("First bad entry: entry 1.", await Expect(Found.Wrong, rewritten, earlier));
    }

    [Fact]
    public async Task A_ledger_that_has_become_shorter_is_found_by_an_earlier_download() =>
        Assert.Contains("First bad entry: entry 31", await Expect(Found.Wrong, Write(_entries[..30]), Write(_entries)));

    [Fact]
    public async Task A_ledger_that_has_grown_agrees_with_an_earlier_download()
    {
        var output = await Expect(Found.Right, Write(_entries), Write(_entries[..30]));

        Assert.Contains("30 entries are all there unchanged, and 10 came after", output);
    }

    [Fact]
    public async Task Downloads_of_two_people_are_not_compared() =>
        Assert.Contains("two different people", await Expect(Found.Unreadable, Write(_entries), Write([.. Ledger("citizen-b", 3)], subject: "citizen-b")));

    [Theory]
    [InlineData(""), InlineData("{}"), InlineData("[1,2]"), InlineData("{\"format\":\"citizen-ledger/2\",\"subject\":\"x\",\"headSeq\":0,\"headHash\":\"\"}"), InlineData("\u0000")]
    public async Task What_is_no_ledger_is_said_to_be_none(string content)
    {
        var file = Path.Combine(_folder, "other");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);

        Assert.Contains("no ledger file", await Expect(Found.Unreadable, file));
    }

    [Theory]
    [InlineData("{"), InlineData("null"), InlineData("{\"seq\":41}"), InlineData("7")]
    public async Task A_line_that_is_no_entry_is_named(string line)
    {
        var file = Write(_entries, Head(_entries) with { Seq = Length + 1 });
        await File.AppendAllTextAsync(file, line, TestContext.Current.CancellationToken);

        Assert.Contains("First bad entry: entry 41", await Expect(Found.Wrong, file));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<JsonObject> Ledger(string subject, int length, int firstBody = 0)
    {
        var head = LedgerHead.Empty;
        for (var index = 0; index < length; index++)
        {
            var entry = LedgerEntry.Extend(head, subject, Draft(firstBody + index));
            head = entry.Head;
            yield return Json(entry);
        }
    }

    private static EntryDraft Draft(int number) => new()
    {
        Id = Guid.NewGuid(),
        Kind = LedgerKinds.Disclosure,
        At = new DateTimeOffset(2026, 3, 1, 7, 30, 0, TimeSpan.Zero).AddMicroseconds((number * 61_000_001L) + 7),
        Tag = number % 2 == 0 ? "" : "insurance health-insurance.renewal",
        Body = $$"""{"name":"H Yă Êban Đê 𠀋","number":{{number}}}""",
    };

    private static JsonObject Json(LedgerEntry entry) => new()
    {
        ["seq"] = entry.Seq,
        ["id"] = entry.Id,
        ["kind"] = entry.Kind,
        ["at"] = JsonSerializer.SerializeToNode(entry.At),
        ["tag"] = entry.Tag,
        ["body"] = entry.Body,
        ["prevHash"] = Convert.ToHexStringLower(entry.PrevHash.Span),
        ["hash"] = Convert.ToHexStringLower(entry.Hash.Span),
    };

    private static FileHead Head(IReadOnlyList<JsonObject> entries) =>
        entries.Count == 0 ? new FileHead(0, new string('0', 64)) : new FileHead(entries.Count, entries[^1]["hash"]!.GetValue<string>());

    private static string Program([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Portal", "wwwroot", "ledger-check.js"));

    private string Write(IReadOnlyList<JsonObject> entries, FileHead? head = null, string subject = "citizen-a")
    {
        head ??= Head(entries);
        var first = new JsonObject { ["format"] = "citizen-ledger/1", ["subject"] = subject, ["headSeq"] = head.Seq, ["headHash"] = head.Hash };
        var file = Path.Combine(_folder, Guid.NewGuid().ToString("N") + ".ndjson");
        File.WriteAllText(file, string.Concat(new[] { first }.Concat(entries).Select(line => line.ToJsonString() + "\n")));
        return file;
    }

    private static async Task<string> Expect(Found found, params string[] arguments)
    {
        using var node = NodePeers.Run(Program(), arguments);
        var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        var told = await output + error;
        Assert.True((int)found == node.ExitCode, told);
        return told;
    }

    private sealed record FileHead(int Seq, string Hash);
}
