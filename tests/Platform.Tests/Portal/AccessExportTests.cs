using System.Net;
using System.Text;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>The history as a table.</summary>
public sealed class AccessExportTests : IAsyncLifetime
{
    const string List = "GET /v1/me/accesses";
    readonly PortalPlace _place = new();

    public ValueTask InitializeAsync() => _place.InitializeAsync();

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task A_table_opens_in_spreadsheets_with_a_line_for_each_thing_asked_for()
    {
        _place.Api.Answers(List, HistorySamples.Accesses(HistorySamples.Access()));
        var answer = await (await _place.LogIn("vi")).Fetch("/accesses/export?outcome=partlyPermitted");
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var lines = Encoding.UTF8.GetString(bytes).Split("\r\n");

        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment; filename=\"ai-da-xem-2026-11-20.csv\"", answer.Content.Headers.GetValues("Content-Disposition").Single());
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal<byte>([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.StartsWith("\uFEFF\"Số thứ tự trong sổ\";\"Lúc\";\"Cơ quan, tổ chức\"", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            "\"7\";\"2026-11-20 01:30:00\";\"Bảo hiểm xã hội tỉnh\";\"Hệ thống thẻ\";\"Gia hạn thẻ bảo hiểm y tế\";\"Luật BHYT, điều 17\";\"Cán bộ bộ phận một cửa\";"
            + "\"Một cửa phường Bắc Gia Nghĩa\";\"H15.26-1\";\"Cung cấp một phần\";\"Họ và tên\";\"Có\";\"Luật cho phép.\"",
            lines[1]);
        Assert.EndsWith("\"Nhóm máu\";\"Không\";\"Bạn chưa đồng ý.\"", lines[2], StringComparison.Ordinal);
        Assert.Equal(["/v1/me/accesses?outcome=partlyPermitted&count=200"], _place.Api.Of(List).Select(ask => ask.Path));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+84")]
    [InlineData("-2")]
    [InlineData("@SUM(A1)")]
    [InlineData("  =cmd")]
    [InlineData("＝1")]
    public async Task What_a_spreadsheet_would_calculate_stays_text(string formula)
    {
        _place.Api.Answers(List, HistorySamples.Accesses(HistorySamples.Access(en: formula, caseReference: "a,b\\\";=x")));
        var text = await (await (await _place.LogIn()).Fetch("/accesses/export")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains($",\"'{formula}\",", text, StringComparison.Ordinal);
        Assert.Contains(",\"a,b\"\";=x\",", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_entries_come_whole_and_once_even_if_the_API_asks_to_slow_down()
    {
        var refused = false;
        _place.Api.Answers(List, ask =>
        {
            var before = int.Parse((ask.Path.Split("before=") is [_, var rest] ? rest.Split('&')[0] : "10001"), System.Globalization.CultureInfo.InvariantCulture);
            if (before == 5001 && !refused)
            {
                refused = true;
                return FakeApi.Json(FakeApi.Problem(429, "request.rate-limited").ToJsonString(), 429);
            }
            var items = Enumerable.Range(1, 200).Select(step => HistorySamples.Access(before - step, targets: HistorySamples.Target("Họ và tên", "Full name", true)));
            return FakeApi.Json(HistorySamples.Accesses(string.Join(',', items), before == 201 ? null : before - 200));
        });
        var download = (await _place.LogIn()).Fetch("/accesses/export");
        while (!download.IsCompleted)
        {
            _place.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
        var lines = (await (await download).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.True(refused);
        Assert.Equal(Enumerable.Range(1, 10_000).Reverse().Select(seq => $"\"{seq}\""), lines.Skip(1).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public async Task What_breaks_off_is_never_taken_for_the_whole()
    {
        _place.Api.Answers(List, ask => ask.Path.Contains("before=", StringComparison.Ordinal)
            ? FakeApi.Json(FakeApi.Problem(500, "oops").ToJsonString(), 500)
            : FakeApi.Json(HistorySamples.Accesses(HistorySamples.Access(), 7)));
        var browser = await _place.LogIn();

        await Assert.ThrowsAnyAsync<Exception>(async () => await (await browser.Fetch("/accesses/export")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_to_tell_is_a_table_with_a_head()
    {
        var text = await (await (await _place.LogIn()).Fetch("/accesses/export")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Single(text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_table_is_for_nobody_but_the_person()
    {
        var answer = await _place.Open().Fetch("/accesses/export");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Contains("/authorize", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }
}
