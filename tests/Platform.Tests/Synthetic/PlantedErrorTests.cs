using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Domain.Text;
using Platform.Synthetic.Errors;
using Xunit;

namespace Platform.Tests.Synthetic;

public sealed class PlantedErrorTests
{
    [Fact]
    public void A_few_percent_of_the_records_have_an_error_and_every_kind_occurs()
    {
        Assert.InRange(Province.Rows.Share(row => row.Label is not null), 0.02, 0.045);
        Assert.Equal(PlantedErrors.All.Order(), Province.Rows.Select(row => row.Label).OfType<string>().Distinct().Order());
    }

    [Fact]
    public void No_household_has_more_than_one() => Assert.All(
        Province.Rows.Where(row => row.Label is not null && row.Record.Attribute("household.code") is not null).GroupBy(row => row.Record.Attribute("household.code")),
        household => Assert.Single(household));

    [Fact]
    public void Lost_diacritics_show_against_the_household_list() => Found(PlantedErrors.NameDiacritics, (record, listed) =>
        !VietnameseText.SameName(record.Name(), listed) && VietnameseText.UnaccentedKey(record.Name()) == VietnameseText.UnaccentedKey(listed));

    [Fact]
    public void A_wrong_letter_shows_against_the_household_list() => Found(PlantedErrors.NameTypo, (record, listed) =>
        VietnameseText.UnaccentedKey(record.Name()) != VietnameseText.UnaccentedKey(listed) && Math.Abs(record.Name().Length - listed.Length) <= 1);

    [Fact]
    public void A_wrong_order_shows_against_the_household_list() => Found(PlantedErrors.NameOrder, (record, listed) =>
        record.Name() != listed && record.Name().Split(' ').Order().SequenceEqual(listed.Split(' ').Order()));

    [Fact]
    public void The_first_of_January_stands_where_another_day_is_right() =>
        Assert.All(Province.Planted(PlantedErrors.BirthFirstOfJanuary), record => Assert.EndsWith("-01-01", record.Attribute("profile.birthDate"), StringComparison.Ordinal));

    [Fact]
    public void A_swapped_day_and_month_show_against_the_card() => Assert.All(Province.Planted(PlantedErrors.BirthDayMonthSwap), record =>
    {
        var card = PartialDate.Parse(record.Attribute("profile.cardValidTo")!);
        Assert.Equal((record.Born().Day, record.Born().Month), (card.Month, card.Day));
        Assert.NotEqual(record.Born().Day, record.Born().Month);
    });

    [Theory]
    [InlineData(PlantedErrors.SexConflict, PersonalIdFinding.SexDiffers)]
    [InlineData(PlantedErrors.IdYearMismatch, PersonalIdFinding.BirthYearDiffers)]
    public void The_number_gives_a_wrong_sex_or_year_away(string label, PersonalIdFinding finding) => Assert.All(Province.Planted(label), record => Assert.Equal(
        [finding], PersonalIdPlausibility.Check(record.PersonalId, CodeLists.Shipped.ProvinceCodes, record.Born(), record.Sex(), Province.Today.Year)));

    [Fact]
    public void An_old_commune_code_names_nothing_today() => Assert.All(Province.Planted(PlantedErrors.OldCommuneCode), record =>
    {
        var code = record.Attribute("residence.permanent.commune")!;
        Assert.Null(Places.Shipped.Commune(code));
        Assert.Contains(Places.Shipped.FormerCommunes, former => former.Code == code);
    });

    [Theory]
    [InlineData(PlantedErrors.TwoHeads, 2)]
    [InlineData(PlantedErrors.MissingHead, 0)]
    public void Heads_can_be_counted(string label, int heads) =>
        Assert.All(Province.Planted(label), record => Assert.Equal(heads, record.Household().Count(member => member.Relation() == "head")));

    [Fact]
    public void A_one_sided_marriage_shows_against_the_spouse() => Assert.All(Province.Planted(PlantedErrors.SpouseOneSided), record =>
    {
        Assert.Equal("single", record.Attribute("profile.maritalStatus"));
        Assert.Single(record.Household(), other => other.Attribute("profile.spouseName") == record.Name());
    });

    [Fact]
    public void Another_address_shows_against_the_household() => Assert.All(
        Province.Planted(PlantedErrors.AddressDiffers),
        record => Assert.Equal(2, record.Household().Select(member => member.Attribute("residence.permanent.address")).Distinct().Count()));

    [Fact]
    public void A_number_held_twice_shows_within_the_kind() => Assert.All(Province.Planted(PlantedErrors.DuplicateDocumentNumber), record => Assert.Contains(
        record.Documents,
        own => own.Kind != "marriageCertificate" && Province.Rows.Any(row => row.Record.PersonalId != record.PersonalId && row.Record.Find(own.Kind, own.Number) is not null)));

    [Fact]
    public void The_dead_with_a_live_card_show() => Assert.All(Province.Planted(PlantedErrors.Deceased), record =>
    {
        Assert.Equal(CitizenStatus.Deceased, record.Status);
        Assert.Contains(record.Documents, document => document.Kind == "healthInsurance" && document.IsValidOn(Province.Today));
    });

    private static void Found(string label, Func<CitizenRecord, string, bool> shows) => Assert.All(
        Province.Planted(label).Where(record => record.Status == CitizenStatus.Active),
        record => Assert.True(shows(record, record.Members().Single(member => member.PersonalId == record.PersonalId.Reveal()).FullName)));
}
