using System.Text;
using Platform.Load.Histories;
using Xunit;

namespace Platform.Tests.Load;

public sealed class HistoryFileTests
{
    private const string Header = """{"format":1,"seed":7,"startedAt":"2026-03-02T08:00:00+00:00","citizens":2,"instances":1}""";
    private const string Read = """{"id":0,"citizen":1,"kind":"read","instance":0,"called":10,"answered":20,"outcome":"done","version":3}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_written_from_many_threads_is_read_as_it_was()
    {
        var file = Path.GetTempFileName();
        try
        {
            var operations = new Told().Grant(Told.A, 1, uses: 3).Withdraw(Told.A, 3).Ask(5, 7, 12, Told.A).Push(4, 8).See(4, 9).Read(8, 10).Ask(11).Unanswered().Operations;
            var header = Told.History().Header with { Options = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("rate", "200") };
            await using (var writer = HistoryWriter.Create(file, header))
            {
                Parallel.ForEach(operations, writer.Write);
            }

            var read = await HistoryReader.Read(file, Ct);

            Assert.Equal(Text(header), Text(read.Header));
            Assert.Equal(operations.Select(Text), read.Operations.OrderBy(operation => operation.Id).Select(Text));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(1, "{}")]
    [InlineData(1, """{"format":2,"seed":7,"startedAt":"2026-03-02T08:00:00+00:00","citizens":2,"instances":1}""")]
    [InlineData(2, Header, "", "")]
    [InlineData(2, Header, "null")]
    [InlineData(2, Header, """{"id":0,"citizen":1,"kind":"read","instance":0,"called":10,"answered":20,"outcome":"done","wrong":3}""")]
    [InlineData(2, Header, """{"id":0,"citizen":2,"kind":"read","instance":0,"called":10,"answered":20,"outcome":"done"}""")]
    [InlineData(2, Header, """{"id":0,"citizen":1,"kind":"read","instance":1,"called":10,"answered":20,"outcome":"done"}""")]
    [InlineData(2, Header, """{"id":0,"citizen":1,"kind":"read","instance":0,"called":30,"answered":20,"outcome":"done"}""")]
    [InlineData(2, Header, """{"id":0,"citizen":1,"kind":"read","instance":0,"called":10,"outcome":"done"}""")]
    [InlineData(2, Header, """{"id":0,"citizen":1,"kind":"read","instance":0,"called":10,"answered":20,"outcome":"unknown"}""")]
    [InlineData(2, Header, """{"id":0,"citizen":1,"kind":"withdraw","instance":0,"called":10,"answered":20,"outcome":"done"}""")]
    [InlineData(2, Header, """{"id":0,"citizen":1,"kind":"grant","instance":0,"called":10,"answered":20,"outcome":"done"}""")]
    [InlineData(2, Header, """{"id":0,"citizen":1,"kind":"read","instance":0,"called":10,"answered":20,"outcome":"done","code":"067000002345"}""")]
    [InlineData(3, Header, Read, Read)]
    [InlineData(3, Header, Read, """{"id":1,"citizen":1,"kind":"re""")]
    public async Task Damage_is_told_with_its_line(int line, params string[] lines)
    {
        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

        var damage = await Assert.ThrowsAsync<DamagedHistoryException>(() => HistoryReader.Read(stream, "run.ndjson", Ct));

        Assert.Equal(line, damage.Line);
        Assert.StartsWith($"run.ndjson, line {line}: ", damage.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("067000002345", damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lines_that_are_told_as_damaged_are_read_without_their_damage()
    {
        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes($"{Header}\n{Read}\n"));

        Assert.Single((await HistoryReader.Read(stream, "run.ndjson", Ct)).Operations);
    }

    [Fact]
    public async Task A_personal_number_is_not_written()
    {
        await using var stream = new MemoryStream();
        await using var writer = HistoryWriter.To(stream, Told.History().Header);

        Assert.Throws<ArgumentException>(() => writer.Write(new Told().Ask(1).Last(ask => ask with { Code = "067000002345" }).Operations[0]));
    }

    private static string Text<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value, HistoryJson.Options);
}
