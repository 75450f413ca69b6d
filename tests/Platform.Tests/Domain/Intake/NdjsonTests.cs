using System.Text;
using Platform.Domain.Intake;
using Xunit;

namespace Platform.Tests.Domain.Intake;

public sealed class NdjsonTests
{
    private const string Name = "\"profile.fullName\":\"Điểu K'Ré\"";

    private const string Card =
        """{"kind":"healthInsurance","number":"GD4","issuer":"BHXH","provenance":{"source":"insurance","asOf":"2026-01-01T00:00:00Z","version":1}}""";

    private const string Agreed =
        """
        {"id":"0193a1f0-0000-7000-8000-000000000001","recipient":"dien-luc","purpose":"electricity.contract","targets":["profile.sex","profile.fullName"],"state":"granted","decidedAt":"2026-01-01T00:00:00Z","validFrom":"2026-01-01T00:00:00Z","validTo":"2027-01-01T00:00:00Z","limit":{"count":3,"per":"month"},"dataLifeDays":30,"evidence":{"channel":"portal","identityLevel":2,"textVersion":"1","language":"vi","textHash":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}
        """;

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Every_line_is_read_whatever_ends_it(string end)
    {
        var lines = await Files.Ndjson("\uFEFF" + Files.Json() + end + end + " \t" + end + Files.Json("067099012346"));

        Assert.Equal([1L, 4L], lines.Select(line => line.Number));
        Assert.Equal([Files.Json(), Files.Json("067099012346")], lines.Select(Files.Same));
    }

    [Fact]
    public async Task An_empty_file_has_no_lines()
    {
        Assert.Empty(await Files.Ndjson(""));
        Assert.Empty(await Files.Ndjson("\uFEFF\r\n\n"));
    }

    [Fact]
    public async Task A_bad_line_does_not_stop_the_rest()
    {
        var lines = await Files.Ndjson($"{Files.Json()}\nnot json\n{Files.Json("067099012346")}\n");

        Assert.Equal([null, ImportErrors.JsonMalformed, null], lines.Codes());
        Assert.Equal(2, lines[1].Number);
    }

    [Fact]
    public async Task A_line_of_more_than_a_megabyte_is_refused_and_the_next_one_read()
    {
        var room = ImportFile.MaxLineBytes - Encoding.UTF8.GetByteCount(Files.Json());

        var lines = await Files.Ndjson($"{Files.Json()}{new string(' ', room)}\r\n{Files.Json()}{new string(' ', room + 1)}\n{Files.Json()}");

        Assert.Equal([null, ImportErrors.LineTooLong, null], lines.Codes());
        Assert.Equal([1L, 2L, 3L], lines.Select(line => line.Number));
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_refused()
    {
        byte[] bad = [.. Encoding.UTF8.GetBytes(Files.Json()), (byte)'\n', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)'\n', .. Encoding.UTF8.GetBytes(Files.Json())];

        Assert.Equal([null, ImportErrors.LineEncoding, null], (await Files.Ndjson(bad)).Codes());
    }

    [Fact]
    public async Task Decomposed_text_is_composed()
    {
        var line = Assert.Single(await Files.Ndjson(Files.Json().Normalize(NormalizationForm.FormD)));

        Assert.Equal(Files.Json(), line.Same());
    }

    [Fact]
    public async Task A_full_record_is_taken_with_instants_in_UTC_and_targets_in_order()
    {
        var text = With(Name, Name, documents: Card, consents: Agreed).Replace("\"decidedAt\":\"2026-01-01T00:00:00Z\"", "\"decidedAt\":\"2026-01-01T07:00:00+07:00\"");

        var record = Assert.Single(await Files.Ndjson(text)).Row!.Record;

        var consent = Assert.Single(record.Consents);
        Assert.Equal(["profile.fullName", "profile.sex"], consent.Targets);
        Assert.Equal(TimeSpan.Zero, consent.DecidedAt.Offset);
        Assert.Equal("GD4", Assert.Single(record.Documents).Number);
    }

    [Theory]
    [InlineData("[]", ImportErrors.JsonMalformed)]
    [InlineData("null", ImportErrors.JsonMalformed)]
    [InlineData("{", ImportErrors.JsonMalformed)]
    [InlineData("{} {}", ImportErrors.JsonMalformed)]
    [InlineData("{'a':1}", ImportErrors.JsonMalformed)]
    [InlineData("{}", ImportErrors.JsonShape)]
    [InlineData("{\"record\":null}", ImportErrors.JsonShape)]
    [InlineData("{\"record\":[]}", ImportErrors.JsonShape)]
    [InlineData("{\"record\":{}}", ImportErrors.JsonShape)]
    [InlineData("{\"a\":{\"b\":1,\"b\":2}}", ImportErrors.JsonDuplicate)]
    [InlineData("{\"record\":{\"personalId\":67099012345}}", ImportErrors.PersonalId)]
    [InlineData("{\"record\":{\"personalId\":\"67099012345\"}}", ImportErrors.PersonalId)]
    [InlineData("{\"record\":{\"personalId\":\"0670990١2345\"}}", ImportErrors.PersonalId)]
    [InlineData("{\"record\":{\"personalId\":\"\\ud800\"}}", ImportErrors.PersonalId)]
    [InlineData("{\"record\":{\"personalId\":null}}", ImportErrors.PersonalId)]
    public async Task What_is_no_row_is_refused(string text, string code) => Assert.Equal([code], (await Files.Ndjson(text)).Codes());

    [Fact]
    public async Task Deeply_nested_JSON_is_refused() => Assert.Equal(
        [ImportErrors.JsonMalformed],
        (await Files.Ndjson(new string('[', 5000) + new string(']', 5000))).Codes());

    [Theory]
    [InlineData("\"profile.nickname\":\"x\"", ImportErrors.AttributeUnknown)]
    [InlineData("\"document.degree.level\":\"x\"", ImportErrors.AttributeUnknown)]
    [InlineData("\"profile.fullName\":\"a\",\"profile.fullName\":\"b\"", ImportErrors.JsonDuplicate)]
    [InlineData("\"profile.fullName\":\"\"", ImportErrors.ValueText)]
    [InlineData("\"profile.fullName\":\"  \"", ImportErrors.ValueText)]
    [InlineData("\"profile.fullName\":\"a\\u0000b\"", ImportErrors.ValueText)]
    [InlineData("\"profile.fullName\":\"a\\ud800\"", ImportErrors.JsonShape)]
    [InlineData("\"profile.fullName\":null", ImportErrors.JsonShape)]
    [InlineData("\"profile.fullName\":7", ImportErrors.JsonShape)]
    [InlineData("\"profile.birthDate\":\"31/12/1999\"", ImportErrors.ValueType)]
    [InlineData("\"profile.birthDate\":\"1999-02-29\"", ImportErrors.ValueType)]
    [InlineData("\"profile.cardIssuedOn\":\"2024\"", ImportErrors.ValueType)]
    [InlineData("\"profile.sex\":\"3\"", ImportErrors.ValueType)]
    [InlineData("\"profile.ethnicity\":\"56\"", ImportErrors.ValueType)]
    [InlineData("\"profile.nationality\":\"V N\"", ImportErrors.ValueType)]
    [InlineData("\"residence.permanent.commune\":\"2461\"", ImportErrors.ValueType)]
    [InlineData("\"residence.absent\":\"True\"", ImportErrors.ValueType)]
    [InlineData("\"household.memberCount\":\"04\"", ImportErrors.ValueType)]
    [InlineData("\"household.memberCount\":\"4.0\"", ImportErrors.ValueType)]
    [InlineData("\"profile.otherNames\":\"Tí\"", ImportErrors.ValueType)]
    [InlineData("\"profile.otherNames\":\"[1]\"", ImportErrors.ValueType)]
    [InlineData("\"profile.otherNames\":\"[[[[[[]]]]]]\"", ImportErrors.ValueType)]
    [InlineData("\"household.members\":\"[{\\\"fullName\\\":\\\"A\\\"}]\"", ImportErrors.ValueType)]
    [InlineData("\"household.members\":\"[{\\\"fullName\\\":\\\"A\\\",\\\"relation\\\":\\\"head\\\",\\\"age\\\":\\\"4\\\"}]\"", ImportErrors.ValueType)]
    [InlineData("\"household.members\":\"[{\\\"fullName\\\":\\\"A\\\",\\\"relation\\\":\\\"head\\\",\\\"personalId\\\":\\\"1\\\"}]\"", ImportErrors.ValueType)]
    [InlineData("\"household.members\":\"[{\\\"fullName\\\":\\\"\\\\ud800\\\",\\\"relation\\\":\\\"head\\\"}]\"", ImportErrors.ValueType)]
    public async Task An_attribute_that_the_catalogue_does_not_allow_is_refused(string attribute, string code) =>
        Assert.Equal([code], (await Files.Ndjson(With($"\"profile.birthDate\":\"1999-05\",{Name}", attribute))).Codes());

    [Theory]
    [InlineData("{\"", "{\"extra\":1,\"", ImportErrors.JsonShape)]
    [InlineData("\"population\"", "\"rumour\"", ImportErrors.SourceUnknown)]
    [InlineData("\"version\":1", "\"version\":\"1\"", ImportErrors.JsonShape)]
    [InlineData("\"version\":1", "\"version\":99999999999999999999", ImportErrors.JsonShape)]
    [InlineData("1970-01-01T00:00:00+00:00", "yesterday", ImportErrors.JsonShape)]
    [InlineData("\"active\"", "\"asleep\"", ImportErrors.JsonShape)]
    [InlineData("\"active\"", "1", ImportErrors.JsonShape)]
    [InlineData("\"attributes\":[", "\"attributes\":[null,", ImportErrors.JsonShape)]
    [InlineData("\"documents\":[]", "\"documents\":[null]", ImportErrors.JsonShape)]
    [InlineData("\"documents\":[]", "\"documents\":null", ImportErrors.JsonShape)]
    [InlineData("\"consents\":[]", "\"consents\":[null]", ImportErrors.JsonShape)]
    [InlineData("\"values\":{", "\"values\":[],\"x\":{", ImportErrors.JsonShape)]
    public async Task A_record_of_the_wrong_shape_is_refused(string from, string to, string code) =>
        Assert.Equal([code], (await Files.Ndjson(Files.Json().Replace(from, to, StringComparison.Ordinal))).Codes());

    [Theory]
    [InlineData("\"healthInsurance\"", "\"libraryCard\"", ImportErrors.DocumentKind)]
    [InlineData("\"GD4\"", "\" \"", ImportErrors.ValueText)]
    [InlineData("\"BHXH\"", "\"\"", ImportErrors.ValueText)]
    [InlineData("\"insurance\"", "\"hearsay\"", ImportErrors.SourceUnknown)]
    [InlineData("\"issuer\"", "\"issuerState\":\"expired\",\"issuer\"", ImportErrors.DocumentState)]
    [InlineData("\"issuer\"", "\"issuerState\":\"lost\",\"issuer\"", ImportErrors.JsonShape)]
    [InlineData("\"issuer\"", "\"validFrom\":\"2026-02-01\",\"validTo\":\"2026-01-31\",\"issuer\"", ImportErrors.DocumentValidity)]
    [InlineData("\"issuer\"", "\"issuedOn\":\"1.2.2026\",\"issuer\"", ImportErrors.JsonShape)]
    [InlineData("\"issuer\"", "\"values\":{\"number\":\"x\"},\"issuer\"", ImportErrors.AttributeUnknown)]
    [InlineData("\"issuer\"", "\"values\":{\"points\":\"12\"},\"issuer\"", ImportErrors.AttributeUnknown)]
    [InlineData("\"issuer\"", "\"values\":{\"fiveContinuousYearsFrom\":\"2026\"},\"issuer\"", ImportErrors.ValueType)]
    [InlineData("}}", "}},{}", ImportErrors.JsonShape)]
    public async Task A_document_that_the_catalogue_does_not_allow_is_refused(string from, string to, string code) =>
        Assert.Equal([code], (await Files.Ndjson(With(Name, Name, documents: Card.Replace(from, to, StringComparison.Ordinal)))).Codes());

    [Fact]
    public async Task One_document_cannot_stand_in_a_record_twice() =>
        Assert.Equal([ImportErrors.DocumentRepeated], (await Files.Ndjson(With(Name, Name, documents: $"{Card},{Card}"))).Codes());

    [Fact]
    public async Task One_attribute_cannot_stand_in_two_groups()
    {
        var text = Files.Json();
        var group = text[text.IndexOf("{\"provenance", StringComparison.Ordinal)..(text.IndexOf("}}]", StringComparison.Ordinal) + 2)];

        Assert.Equal([ImportErrors.AttributeRepeated], (await Files.Ndjson(text.Replace(group, $"{group},{group}", StringComparison.Ordinal))).Codes());
    }

    [Theory]
    [InlineData("\"count\":3", "\"count\":0")]
    [InlineData("\"dataLifeDays\":30", "\"dataLifeDays\":-1")]
    [InlineData("\"2027-01-01T00:00:00Z\"", "\"2026-01-01T00:00:00Z\"")]
    [InlineData("\"profile.sex\",", "\"profile.fullName\",")]
    [InlineData("\"profile.sex\",", "\"profile.shoeSize\",")]
    [InlineData("\"profile.sex\",\"profile.fullName\"", "")]
    [InlineData("\"profile.sex\",", "null,")]
    [InlineData("\"granted\"", "\"withdrawn\"")]
    [InlineData("\"granted\"", "\"granted\",\"withdrawnAt\":\"2026-02-01T00:00:00Z\"")]
    [InlineData("\"granted\"", "\"withdrawn\",\"withdrawnAt\":\"2025-02-01T00:00:00Z\"")]
    [InlineData("\"identityLevel\":2", "\"identityLevel\":3")]
    [InlineData("\"vi\"", "\"fr\"")]
    [InlineData("e3b0", "E3B0")]
    [InlineData("\"dien-luc\"", "\"\"")]
    public async Task A_consent_that_contradicts_itself_is_refused(string from, string to) => Assert.Equal(
        [ImportErrors.Consent],
        (await Files.Ndjson(With(Name, Name, consents: Agreed.Replace(from, to, StringComparison.Ordinal)))).Codes());

    [Fact]
    public async Task No_reason_repeats_what_the_line_says()
    {
        var lines = await Files.Ndjson(string.Join(
            '\n',
            With(Name, "\"profile.sex\":\"Secret\""),
            With(Name, "\"Secret\":\"x\""),
            With(Name, "\"profile.fullName\":\"Secret\\u0000\""),
            Files.Json().Replace("{\"record\"", "{\"Secret\":1,\"record\"", StringComparison.Ordinal),
            Files.Json().Replace("\"personalId\"", "\"067099012345\":[{\"Secret\":1}],\"personalId\"", StringComparison.Ordinal),
            "{\"record\":{\"personalId\":\"Secret\"}}",
            Files.Json().Replace("\"active\"", "\"Secret\"", StringComparison.Ordinal),
            With(Name, Name, documents: Card.Replace("healthInsurance", "Secret", StringComparison.Ordinal)),
            "Secret"));

        Assert.Equal(9, lines.Count);
        Assert.All(lines, line => Assert.NotNull(line.ErrorCode));
        Assert.All(lines, line => Assert.DoesNotContain("secret", line.ErrorReason, StringComparison.OrdinalIgnoreCase));
        Assert.All(lines, line => Assert.DoesNotMatch("[0-9]{6,}", line.ErrorReason));
    }

    [Fact]
    public async Task A_wrong_form_is_placed_by_the_names_of_the_format()
    {
        var line = Assert.Single(await Files.Ndjson(With(Name, Name, documents: Card.Replace("\"version\":1", "\"version\":true", StringComparison.Ordinal))));

        Assert.EndsWith("at $.record.documents[0].provenance.version.", line.ErrorReason, StringComparison.Ordinal);
    }

    private static string With(string from, string to, string documents = "", string consents = "") => Files.Json()
        .Replace(from, to, StringComparison.Ordinal)
        .Replace("\"documents\":[]", $"\"documents\":[{documents}]", StringComparison.Ordinal)
        .Replace("\"consents\":[]", $"\"consents\":[{consents}]", StringComparison.Ordinal);
}
