using System.Security.Cryptography;
using System.Text;
using Platform.Domain;
using Platform.Domain.Intake;
using Platform.Synthetic;
using Xunit;

namespace Platform.Tests.Synthetic;

public sealed class DeterminismTests
{
    [Fact]
    public void One_seed_gives_the_same_bytes_every_time()
    {
        var province = Province.Of(1000);

        Assert.Equal(Hash(province), Hash(province));
        Assert.Equal(Hash(province), Hash(Province.Of(1000)));
    }

    [Fact]
    public void The_bytes_do_not_depend_on_the_culture()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("ar-SA");

            Assert.Equal(Hash(Province.Rows.Take(500)), Hash(Province.Of(20_000).Take(500)));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Fact]
    public void Another_seed_gives_other_people() => Assert.NotEqual(Hash(Province.Of(100)), Hash(Province.Of(100, seed: 8)));

    [Fact]
    public void A_larger_province_begins_with_the_same_households()
    {
        var small = Province.Of(1000).Take(990).Select(DomainJson.Write).ToArray();

        Assert.Equal(small[..900], Province.Of(100_000).Take(900).Select(DomainJson.Write));
        Assert.Equal(small, Province.Of(SyntheticOptions.MostCitizens).Take(990).Select(DomainJson.Write));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(997)]
    public void A_province_has_exactly_as_many_citizens_as_asked_for_in_whole_households(int citizens)
    {
        var rows = Province.Of(citizens).ToArray();

        Assert.Equal(citizens, rows.Length);
        Assert.All(
            rows.Where(row => row.Record.Attribute("household.code") is not null).GroupBy(row => row.Record.Attribute("household.code")),
            household => Assert.Equal(household.Count().ToString(System.Globalization.CultureInfo.InvariantCulture), household.First().Record.Attribute("household.memberCount")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(SyntheticOptions.MostCitizens + 1)]
    public void An_impossible_size_is_refused_at_once(int citizens) => Assert.Throws<ArgumentOutOfRangeException>(() => Province.Of(citizens));

    [Theory]
    [InlineData(2025, 6, 30)]
    [InlineData(2100, 1, 1)]
    public void A_day_before_the_merger_or_in_another_century_is_refused(int year, int month, int day) => Assert.Throws<ArgumentOutOfRangeException>(
        () => SyntheticProvince.Generate(new SyntheticOptions { Citizens = 1, Seed = 1, AsOf = new DateOnly(year, month, day) }));

    [Theory]
    [InlineData(2025, 7, 1)]
    [InlineData(2028, 2, 29)]
    [InlineData(2099, 12, 31)]
    public void Any_other_day_will_do(int year, int month, int day)
    {
        var options = new SyntheticOptions { Citizens = 2000, Seed = 3, AsOf = new DateOnly(year, month, day) };

        Assert.Equal(2000, SyntheticProvince.Generate(options).Select(row => row.Record.PersonalId).Distinct().Count());
    }

    private static string Hash(IEnumerable<ImportRow> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(DomainJson.Write(row)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
