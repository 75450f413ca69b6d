using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Xunit;

namespace Platform.Tests.Synthetic;

public sealed class PersonalIdTests
{
    [Fact]
    public void Two_hundred_thousand_people_have_as_many_numbers() =>
        Assert.Equal(200_000, Province.Of(200_000).Select(row => row.Record.PersonalId).Distinct().Count());

    [Fact]
    public void Nothing_stands_against_the_number_of_a_sound_record() => Assert.All(
        Province.Sound.SelectMany(household => household),
        record => Assert.Empty(PersonalIdPlausibility.Check(record.PersonalId, CodeLists.Shipped.ProvinceCodes, record.Born(), record.Sex(), Province.Today.Year)));

    [Fact]
    public void Most_numbers_were_given_in_the_province_and_some_in_many_others()
    {
        var codes = Province.Living.Select(record => record.PersonalId.RegistrationCode).ToArray();

        Assert.InRange(codes.Share(code => code == "067"), 0.5, 0.8);
        Assert.True(codes.Distinct().Count() > 30);
    }

    [Fact]
    public void Births_since_the_merger_are_registered_under_the_new_province()
    {
        var born = Province.Sound.SelectMany(household => household).Where(record => record.Born().Earliest >= new DateOnly(2025, 7, 1)).ToArray();

        Assert.NotEmpty(born);
        Assert.All(born, record => Assert.Equal("068", record.PersonalId.RegistrationCode));
    }

    [Fact]
    public void The_last_six_digits_show_no_order()
    {
        var tails = Province.Rows.Take(1000).Select(row => int.Parse(row.Record.PersonalId.Reveal()[6..], System.Globalization.CultureInfo.InvariantCulture)).ToArray();

        Assert.InRange(tails.Average(), 450_000, 550_000);
        Assert.InRange(tails.Zip(tails.Skip(1)).Count(pair => pair.First < pair.Second), 400, 600);
    }
}
