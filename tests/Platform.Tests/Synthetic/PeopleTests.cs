using System.Text;
using Platform.Domain.Citizens;
using Platform.Domain.Text;
using Xunit;

namespace Platform.Tests.Synthetic;

public sealed class PeopleTests
{
    private static readonly CitizenRecord[] Everybody = [.. Province.Sound.SelectMany(household => household)];

    [Fact]
    public void Ages_follow_the_pyramid_of_a_young_province()
    {
        var ages = Province.Living.Select(record => Province.Today.Year - record.Born().Year).ToArray();

        Assert.InRange(ages.Share(age => age < 14), 0.23, 0.31);
        Assert.InRange(ages.Share(age => age is >= 14 and < 60), 0.60, 0.70);
        Assert.InRange(ages.Share(age => age >= 60), 0.05, 0.11);
        Assert.InRange(ages.Max(), 80, 110);
        Assert.InRange(Province.Living.ToArray().Share(record => record.Sex() == Sex.Male), 0.47, 0.53);
    }

    [Theory]
    [InlineData("01", 0.69, 0.05)]
    [InlineData("20", 0.08, 0.02)]
    [InlineData("08", 0.055, 0.02)]
    [InlineData("07", 0.05, 0.015)]
    [InlineData("02", 0.04, 0.015)]
    [InlineData("09", 0.03, 0.01)]
    [InlineData("03", 0.017, 0.01)]
    [InlineData("28", 0.013, 0.01)]
    [InlineData("12", 0.01, 0.01)]
    public void Ethnic_groups_have_their_share(string code, double share, double tolerance) =>
        Assert.InRange(Province.Living.ToArray().Share(record => record.Attribute("profile.ethnicity") == code), share - tolerance, share + tolerance);

    [Theory]
    [InlineData("20", "^Điểu ", "^Thị ")]
    [InlineData("28", "^K'", "^Ka ")]
    [InlineData("12", "^Y .+ \\S+$", "^H'.+ \\S+$")]
    [InlineData("08", "^(Giàng|Vàng|Sùng|Lý|Thào|Hầu|Ly|Má|Mùa|Cư|Hạng|Hoàng|Lầu|Lù|Ma|Tráng|Vừ) ", "^\\S+ (Thị|Y|Seo)")]
    public void Names_are_built_as_the_ethnic_group_builds_them(string code, string men, string women)
    {
        var people = Everybody.Where(record => record.Attribute("profile.ethnicity") == code).ToArray();

        Assert.NotEmpty(people);
        Assert.All(people, record => Assert.Matches(record.Sex() == Sex.Male ? men : women, record.Name()));
    }

    [Fact]
    public void Family_names_of_the_Kinh_have_their_frequency()
    {
        var names = Everybody.Where(record => record.Attribute("profile.ethnicity") == "01").Select(record => record.Name().Split(' ')[0]).ToArray();

        Assert.InRange(names.Share(name => name == "Nguyễn"), 0.34, 0.42);
        Assert.InRange(names.Share(name => name == "Trần"), 0.09, 0.13);
        Assert.InRange(names.Share(name => name == "Lê"), 0.075, 0.115);
        Assert.InRange(names.Share(name => name == "Phạm"), 0.055, 0.085);
    }

    [Fact]
    public void Every_text_is_in_NFC_and_clean() => Assert.All(
        Everybody.SelectMany(record => record.Attributes[0].Values.Concat(record.Documents.SelectMany(document => document.Values))),
        value =>
        {
            Assert.True(value.Value.IsNormalized(NormalizationForm.FormC));
            Assert.True(value.Key is "household.members" or "dependants" || VietnameseText.IsClean(value.Value, 400), value.Key);
        });

    [Fact]
    public void Only_the_year_of_birth_is_known_of_some_older_people()
    {
        var old = Everybody.Where(record => record.Born().Year < 1960).ToArray();
        var kinh = old.Where(record => record.Attribute("profile.ethnicity") == "01").ToArray();

        Assert.InRange(kinh.Share(record => record.Born().Month is null), 0.08, 0.25);
        Assert.InRange(old.Except(kinh).ToArray().Share(record => record.Born().Month is null), 0.3, 0.6);
        Assert.DoesNotContain(Everybody, record => record.Born().Year > 1995 && record.Born().Month is null);
    }

    [Fact]
    public void The_first_of_January_is_no_more_frequent_than_other_days() =>
        Assert.InRange(Everybody.Share(record => record.Born() is { Month: 1, Day: 1 }), 0.0005, 0.006);

    [Fact]
    public void A_few_percent_are_specially_protected() => Assert.InRange(Province.Living.ToArray().Share(record => record.Protected), 0.01, 0.03);

    [Fact]
    public void Cards_end_on_a_birthday() => Assert.All(
        Everybody.Where(record => record.Born().Day is not null && record.Attribute("profile.cardValidTo") is not null),
        record =>
        {
            var last = PartialDate.Parse(record.Attribute("profile.cardValidTo")!).Earliest;
            Assert.Contains(last, new[] { 14, 25, 40, 60 }.Select(age => record.Born().Earliest.AddYears(age)));
        });
}
