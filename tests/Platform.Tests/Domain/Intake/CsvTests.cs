using System.Text;
using Platform.Domain.Citizens;
using Platform.Domain.Intake;
using Xunit;

namespace Platform.Tests.Domain.Intake;

public sealed class CsvTests
{
    private const string Header = "personalId,status,protected,label,asOf,profile.fullName,residence.permanent.address";

    private const string Card = "personalId,document.healthInsurance.number,document.healthInsurance.issuer,document.healthInsurance.validFrom,"
        + "document.healthInsurance.validTo,document.healthInsurance.state,document.healthInsurance.benefitLevel";

    [Theory]
    [InlineData("\n", "")]
    [InlineData("\r\n", "\uFEFF")]
    public async Task A_record_may_have_quotes_commas_and_line_ends_in_quotes(string end, string mark)
    {
        var lines = await Csv(mark, Header, end, $"{Files.Id},deceased,true,DOB_0101,2026-01-01T07:00:00+07:00,\"Điểu \"\"K'Ré\"\"\",\"Thôn 1, xã Cư Jút\"", end, end, "067099012346,,,,,Ka Hiền,", end);

        Assert.Equal([2L, 4L], lines.Select(line => line.Number));
        var row = lines[0].Row!;
        Assert.Equal((CitizenStatus.Deceased, true, "DOB_0101"), (row.Record.Status, row.Record.Protected, row.Label));
        Assert.Equal("Điểu \"K'Ré\"", row.Record.Attribute("profile.fullName"));
        Assert.Equal("Thôn 1, xã Cư Jút", row.Record.Attribute("residence.permanent.address"));
        Assert.Equal(new Provenance { Source = "population", AsOf = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), Version = 0 }, row.Record.Attributes[0].Provenance);
        Assert.Equal((CitizenStatus.Active, false, null), (lines[1].Row!.Record.Status, lines[1].Row!.Record.Protected, lines[1].Row!.Label));
        Assert.Null(lines[1].Row!.Record.Attribute("residence.permanent.address"));
    }

    [Fact]
    public async Task A_line_end_in_quotes_belongs_to_the_field_and_the_count_of_lines_goes_on()
    {
        var lines = await Csv(Header, "\n", $"{Files.Id},,,,,\"Điểu\r\nK'Ré\",\n", "067099012346,,,,,Ka Hiền,\n");

        Assert.Equal([2L, 4L], lines.Select(line => line.Number));
        Assert.Equal([ImportErrors.ValueText, null], lines.Codes());
    }

    [Fact]
    public async Task The_header_may_be_quoted_and_in_any_order() =>
        Assert.Equal("Ka Hiền", Assert.Single(await Csv($"\uFEFF\"profile.fullName\",\"personalId\"\nKa Hiền,{Files.Id}")).Row!.Record.Attribute("profile.fullName"));

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF\r\n")]
    [InlineData("profile.fullName\nx")]
    [InlineData("personalId;profile.fullName\nx")]
    [InlineData("personalId,profile.shoeSize\n067099012345,x")]
    [InlineData("personalId,personalId\n067099012345,067099012345")]
    [InlineData("personalId,\n067099012345,")]
    [InlineData("personalId,age.atLeast\n067099012345,18")]
    [InlineData("\"personalId\n067099012345")]
    public async Task Of_a_file_with_an_unreadable_header_only_that_is_reported(string text) =>
        Assert.Equal([ImportErrors.CsvHeader], (await Csv(text)).Codes());

    [Theory]
    [InlineData("6709901234,,,,,Ka Hiền,", ImportErrors.PersonalId)]
    [InlineData(",,,,,Ka Hiền,", ImportErrors.PersonalId)]
    [InlineData("067099012345,,,,,Ka Hiền", ImportErrors.CsvFields)]
    [InlineData("067099012345,,,,,Ka Hiền,,", ImportErrors.CsvFields)]
    [InlineData("067099012345,,,,,Ka \"Hiền\",", ImportErrors.CsvQuotes)]
    [InlineData("067099012345,,,,,\"Ka\" Hiền,", ImportErrors.CsvQuotes)]
    [InlineData("067099012345,asleep,,,,Ka Hiền,", ImportErrors.ValueType)]
    [InlineData("067099012345,Active,,,,Ka Hiền,", ImportErrors.ValueType)]
    [InlineData("067099012345,1,,,,Ka Hiền,", ImportErrors.ValueType)]
    [InlineData("067099012345,,yes,,,Ka Hiền,", ImportErrors.ValueType)]
    [InlineData("067099012345,,,,today,Ka Hiền,", ImportErrors.ValueType)]
    [InlineData("067099012345,,,\u0007,,Ka Hiền,", ImportErrors.ValueText)]
    [InlineData("067099012345,,,,,Ka\0Hiền,", ImportErrors.ValueText)]
    [InlineData("067099012345,,,,,   ,", ImportErrors.ValueText)]
    public async Task A_bad_record_is_refused_and_the_next_one_read(string line, string code)
    {
        var lines = await Csv(Header, "\n", line, "\n", "067099012346,,,,,Ka Hiền,\n");

        Assert.Equal([code, null], lines.Codes());
        Assert.DoesNotContain("Hiền", lines[0].ErrorReason, StringComparison.Ordinal);
        Assert.DoesNotContain("0990123", lines[0].ErrorReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_is_read_from_its_columns()
    {
        var record = Assert.Single(await Csv(Card, "\n", $"{Files.Id},GD4,BHXH tỉnh,2026-01-01,2026-12-31,suspended,4")).Row!.Record;

        var card = Assert.Single(record.Documents);
        Assert.Equal(("healthInsurance", "GD4", "BHXH tỉnh", DocumentState.Suspended), (card.Kind, card.Number, card.Issuer, card.IssuerState));
        Assert.Equal((new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31), "insurance"), (card.ValidFrom, card.ValidTo, card.Provenance.Source));
        Assert.Equal([KeyValuePair.Create("benefitLevel", "4")], card.Values);
    }

    [Fact]
    public async Task Empty_columns_are_no_document() => Assert.Empty(Assert.Single(await Csv(Card, "\n", $"{Files.Id},,,,,,")).Row!.Record.Documents);

    [Theory]
    [InlineData(",BHXH,,,,4", ImportErrors.ValueText)]
    [InlineData("GD4,,,,,4", ImportErrors.ValueText)]
    [InlineData("GD4,BHXH,1/1/2026,,,4", ImportErrors.ValueType)]
    [InlineData("GD4,BHXH,2026-01-02,2026-01-01,,4", ImportErrors.DocumentValidity)]
    [InlineData("GD4,BHXH,,,expired,4", ImportErrors.DocumentState)]
    [InlineData("GD4,BHXH,,,gone,4", ImportErrors.ValueType)]
    [InlineData("GD4,BHXH,,,,level four", ImportErrors.ValueType)]
    public async Task A_document_that_contradicts_itself_is_refused(string cells, string code) =>
        Assert.Equal([code], (await Csv(Card, "\n", $"{Files.Id},{cells}")).Codes());

    [Fact]
    public async Task A_quote_that_nobody_closes_does_not_swallow_the_whole_file()
    {
        var tail = string.Concat(Enumerable.Repeat("067099012346,,,,,Ka Hiền,\n", 50_000));

        var lines = await Csv(Header, "\n", $"{Files.Id},,,,,\"Ka Hiền,\n", tail);

        Assert.Equal(ImportErrors.LineTooLong, lines[0].ErrorCode);
        Assert.True(lines.Count(line => line.ErrorCode is null) > 5_000);
        Assert.Equal(50_002, lines[^1].Number);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_refused()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Header + "\n"), 0xFF, 0xFE, (byte)'\n', .. Encoding.UTF8.GetBytes($"{Files.Id},,,,,Ka Hiền,")];

        Assert.Equal([ImportErrors.LineEncoding, null], (await Files.All(ImportFile.ReadCsv(new MemoryStream(bytes), TestContext.Current.CancellationToken))).Codes());
    }

    [Fact]
    public async Task Decomposed_text_is_composed() => Assert.Equal(
        "Ka Hiền", Assert.Single(await Csv(Header, "\n", $"{Files.Id},,,,,Ka Hiền,".Normalize(NormalizationForm.FormD))).Row!.Record.Attribute("profile.fullName"));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task It_does_not_matter_in_what_pieces_the_file_arrives(int size)
    {
        var text = $"\uFEFF{Header}\r\n{Files.Id},,,,,\"Điểu \"\"K\"\",\r\nRé\",\r\n067099012346,,,,,Ka Hiền,\r\n";

        var lines = await Files.All(ImportFile.ReadCsv(new Trickle(Encoding.UTF8.GetBytes(text), size), TestContext.Current.CancellationToken));

        Assert.Equal([2L, 4L], lines.Select(line => line.Number));
        Assert.Equal([ImportErrors.ValueText, null], lines.Codes());
    }

    private static Task<List<ImportLine>> Csv(params string[] parts) =>
        Files.All(ImportFile.ReadCsv(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(parts))), TestContext.Current.CancellationToken));

    /// <summary>Gives a few bytes at a time, as a network does.</summary>
    private sealed class Trickle(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
