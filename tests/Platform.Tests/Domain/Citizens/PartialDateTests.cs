using System.Text.Json;
using Platform.Domain;
using Platform.Domain.Citizens;
using Xunit;

namespace Platform.Tests.Domain.Citizens;

public sealed class PartialDateTests
{
    [Theory]
    [InlineData("1960", "1960-01-01", "1960-12-31")]
    [InlineData("1960-02", "1960-02-01", "1960-02-29")]
    [InlineData("1961-02", "1961-02-01", "1961-02-28")]
    [InlineData("1960-02-29", "1960-02-29", "1960-02-29")]
    [InlineData("0001", "0001-01-01", "0001-12-31")]
    [InlineData("9999", "9999-01-01", "9999-12-31")]
    public void Unknown_parts_stay_unknown(string text, string earliest, string latest)
    {
        var date = PartialDate.Parse(text);

        Assert.Equal(text, date.ToString());
        Assert.Equal((DateOnly.Parse(earliest, null), DateOnly.Parse(latest, null)), (date.Earliest, date.Latest));
        Assert.Equal(date, DomainJson.Read<PartialDate>(DomainJson.Write(date)));
        Assert.Equal($"\"{text}\"", DomainJson.Write(date));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000")]
    [InlineData("196")]
    [InlineData("19600")]
    [InlineData("1960-")]
    [InlineData("1960-1-1")]
    [InlineData("1960-00")]
    [InlineData("1960-13")]
    [InlineData("1961-02-29")]
    [InlineData("1960-02-30")]
    [InlineData("1960-00-00")]
    [InlineData("1960-05-00")]
    [InlineData("1960/05/12")]
    [InlineData("12/05/1960")]
    [InlineData("19600512")]
    [InlineData("-960")]
    [InlineData(" 1960")]
    [InlineData("1960 ")]
    [InlineData("١٩٦٠")]
    [InlineData("1960-05-12T00:00:00")]
    public void What_is_no_date_is_refused(string? text)
    {
        Assert.False(PartialDate.TryParse(text, out _));
        Assert.Throws<FormatException>(() => PartialDate.Parse(text!));
        Assert.Throws<JsonException>(() => DomainJson.Read<PartialDate>(JsonSerializer.Serialize(text)));
    }

    [Theory]
    [InlineData("2008-07-15", 18, "2026-07-14", Answer.No)]
    [InlineData("2008-07-15", 18, "2026-07-15", Answer.Yes)]
    [InlineData("2008-02-29", 18, "2026-02-27", Answer.No)]
    [InlineData("2008-02-29", 18, "2026-02-28", Answer.Yes)]
    [InlineData("2008-02-29", 20, "2028-02-28", Answer.No)]
    [InlineData("2008-02-29", 20, "2028-02-29", Answer.Yes)]
    [InlineData("2008", 18, "2025-12-31", Answer.No)]
    [InlineData("2008", 18, "2026-01-01", Answer.Unknown)]
    [InlineData("2008", 18, "2026-12-30", Answer.Unknown)]
    [InlineData("2008", 18, "2026-12-31", Answer.Yes)]
    [InlineData("2008-02", 18, "2026-01-31", Answer.No)]
    [InlineData("2008-02", 18, "2026-02-01", Answer.Unknown)]
    [InlineData("2008-02", 18, "2026-02-28", Answer.Yes)]
    [InlineData("2026-07-15", 0, "2026-07-15", Answer.Yes)]
    [InlineData("2026-07-16", 0, "2026-07-15", Answer.No)]
    [InlineData("9999", 100, "9999-12-31", Answer.No)]
    [InlineData("9899", 100, "9999-06-01", Answer.Unknown)]
    [InlineData("2008", int.MaxValue, "2026-07-15", Answer.No)]
    public void Age_is_unknown_only_where_the_missing_part_decides(string born, int years, string on, Answer expected) =>
        Assert.Equal(expected, PartialDate.Parse(born).HasReachedAge(years, DateOnly.Parse(on, null)));
}
