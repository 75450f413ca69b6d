using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Platform.Domain.Ledger;
using Platform.EndToEnd.Logins;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>The whole ledger as one file, however long, and never a part of it that looks whole.</summary>
public sealed class LedgerDownloadTests : IAsyncLifetime
{
    readonly PortalPlace _place = new();

    public ValueTask InitializeAsync() => _place.InitializeAsync();

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task Ten_thousand_entries_come_in_order_and_hold_together()
    {
        var ledger = new FakeLedger(_place.Api, 10_000);
        var browser = await _place.LogIn();
        var answer = await browser.Fetch("/ledger/download");
        var lines = await Lines(answer);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.ToString());
        AssertHolds(lines, 10_000, ledger.HeadHash);
        Assert.Equal(2 + 20, _place.Api.Of("GET /v1/me/ledger").Count());
    }

    [Theory]
    [InlineData("vi", "so-truy-cap-2026-11-20.ndjson")]
    [InlineData("en", "ledger-2026-11-20.ndjson")]
    public async Task The_file_is_named_by_its_day_and_by_no_person(string language, string name)
    {
        _ = new FakeLedger(_place.Api, 3);
        var answer = await (await _place.LogIn(language)).Fetch("/ledger/download");
        Assert.Equal($"attachment; filename=\"{name}\"", answer.Content.Headers.GetValues("Content-Disposition").Single());
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(501)]
    public async Task A_ledger_of_any_length_is_whole(int length)
    {
        var ledger = new FakeLedger(_place.Api, length);
        AssertHolds(await Lines(await (await _place.LogIn()).Fetch("/ledger/download")), length, ledger.HeadHash);
    }

    [Fact]
    public async Task What_is_written_meanwhile_is_left_for_the_next_time()
    {
        var ledger = new FakeLedger(_place.Api, 1200);
        var head = ledger.HeadHash;
        ledger.Before = after => ledger.Grow(after is 0 or 500 or 1000 ? 7 : 0);
        var lines = await Lines(await (await _place.LogIn()).Fetch("/ledger/download"));

        // The first question, which is where it ends, may already see one more.
        AssertHolds(lines, lines.Length - 1, null);
        Assert.InRange(lines.Length, 1201, 1208 + 7);
        Assert.NotEqual(head, ledger.HeadHash);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(1000)]
    public async Task An_API_that_fails_midway_breaks_the_connection_and_never_ends_the_file(int seq)
    {
        var ledger = new FakeLedger(_place.Api, 1200)
        {
            Before = after => _ = after == seq ? throw new HttpRequestException("Nobody is there.") : 0,
        };
        var browser = await _place.LogIn();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => browser.Fetch("/ledger/download"));
        ledger.Before = _ => { };
        AssertHolds(await Lines(await browser.Fetch("/ledger/download")), 1200, ledger.HeadHash);
    }

    [Theory]
    [InlineData("""{"headSeq":1200,"entries":null}""", 200)]
    [InlineData("oops", 200)]
    [InlineData("""{"code":"session.ended"}""", 401)]
    [InlineData("{}", 503)]
    public async Task Answers_that_are_none_break_it_too(string body, int status)
    {
        var ledger = new FakeLedger(_place.Api, 1200);
        var browser = await _place.LogIn();
        ledger.Before = after =>
        {
            if (after == 500)
            {
                _place.Api.Answers("GET /v1/me/ledger", body, status);
            }
        };
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => browser.Fetch("/ledger/download"));
    }

    [Fact]
    public async Task A_part_that_comes_again_and_again_is_not_written_without_end()
    {
        var ledger = new FakeLedger(_place.Api, 1200);
        var browser = await _place.LogIn();
        var first = await Answer(after: 0);
        ledger.Before = after =>
        {
            if (after == 500)
            {
                _place.Api.Answers("GET /v1/me/ledger", first);
            }
        };
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => browser.Fetch("/ledger/download"));
    }

    [Theory]
    [InlineData("vi", "Chưa lấy được dữ liệu của bạn")]
    [InlineData("en", "We cannot get your data right now")]
    public async Task What_fails_before_the_first_byte_is_told_on_a_page(string language, string heading)
    {
        var ledger = new FakeLedger(_place.Api, 1200);
        var browser = await _place.LogIn(language);
        var asked = 0;
        ledger.Before = _ => asked = ++asked < 3 ? asked : throw new HttpRequestException("Nobody is there.");
        var page = await browser.Get("/ledger/download");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Equal(heading, page.Heading);
        Assert.False(page.Answer.Content.Headers.Contains("Content-Disposition"));
    }

    [Fact]
    public async Task An_entry_that_is_gone_is_passed_on_as_gone_so_that_the_person_can_find_it()
    {
        var ledger = new FakeLedger(_place.Api, 20);
        ledger.Remove(9);
        var answer = await (await _place.LogIn()).Fetch("/ledger/download");

        Assert.Contains("First bad entry: entry 9", await Check(await Bytes(answer)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_one_command_finds_a_downloaded_file_right()
    {
        var ledger = new FakeLedger(_place.Api, 1100);
        var told = await Check(await Bytes(await (await _place.LogIn()).Fetch("/ledger/download")));

        Assert.StartsWith("The ledger is whole: 1100 entries", told, StringComparison.Ordinal);
        Assert.Contains(ledger.HeadHash, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_downloads_without_a_login_and_a_script_is_told_so()
    {
        _ = new FakeLedger(_place.Api, 3);
        Assert.Equal(HttpStatusCode.SeeOther, (await _place.Open().Fetch("/ledger/download")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _place.Open().Fetch("/ledger/download", ("Sec-Fetch-Mode", "cors"))).StatusCode);
        Assert.Empty(_place.Api.Of("GET /v1/me/ledger"));
    }

    async Task<string> Answer(int after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(PortalPlace.ApiAddress, $"v1/me/ledger?after={after}&count=500"));
        using var answer = await _place.Api.Answer(request);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    static Task<byte[]> Bytes(HttpResponseMessage answer) => answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

    static async Task<JsonElement[]> Lines(HttpResponseMessage answer)
    {
        var text = System.Text.Encoding.UTF8.GetString(await Bytes(answer));
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return [.. text[..^1].Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    static void AssertHolds(JsonElement[] lines, int length, string? headHash)
    {
        var head = lines[0];
        Assert.Equal("citizen-ledger/1", head.GetProperty("format").GetString());
        Assert.Equal(length, head.GetProperty("headSeq").GetInt64());
        Assert.Equal(length, lines.Length - 1);
        var at = LedgerHead.Empty;
        foreach (var line in lines.Skip(1))
        {
            string Text(string name) => line.GetProperty(name).GetString()!;
            var entry = new LedgerEntry
            {
                Subject = head.GetProperty("subject").GetString()!,
                Seq = line.GetProperty("seq").GetInt64(),
                Id = Guid.Parse(Text("id")),
                Kind = Text("kind"),
                At = line.GetProperty("at").GetDateTimeOffset(),
                Tag = Text("tag"),
                Body = Text("body"),
                PrevHash = Convert.FromHexString(Text("prevHash")),
                Hash = Convert.FromHexString(Text("hash")),
            };
            Assert.True(entry.Extends(at), $"Entry {entry.Seq} does not follow.");
            at = entry.Head;
        }
        Assert.Equal(Convert.ToHexStringLower(at.Hash.Span), head.GetProperty("headHash").GetString());
        Assert.True(headHash is null || headHash == Convert.ToHexStringLower(at.Hash.Span));
    }

    static async Task<string> Check(byte[] content, [CallerFilePath] string here = "")
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);
            var program = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Portal", "wwwroot", "ledger-check.js"));
            using var node = NodePeers.Run(program, file);
            var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            return await output + error;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
