using System.Text.Json;
using Platform.Domain;
using Platform.Domain.Citizens;
using Xunit;

namespace Platform.Tests.Domain.Citizens;

public sealed class PersonalIdTests
{
    private const string Digits = "067085012345";

    [Fact]
    public void Twelve_digits_are_a_personal_ID()
    {
        Assert.True(PersonalId.TryParse(Digits, out var id));
        Assert.Equal(Digits, id.Reveal());
        Assert.Equal(("067", 0, 85), (id.RegistrationCode, id.CenturyAndSexDigit, id.TwoDigitYear));
        Assert.Equal("000000000000", PersonalId.Parse("000000000000").Reveal());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("06708501234")]
    [InlineData("0670850123456")]
    [InlineData(" 67085012345")]
    [InlineData("06708501234 ")]
    [InlineData(" 067085012345 ")]
    [InlineData("067085012345\n")]
    [InlineData("067-85012345")]
    [InlineData("+67085012345")]
    [InlineData("06708501234O")]
    [InlineData("06708501234\0")]
    [InlineData("٠٦٧٠٨٥٠١٢٣٤٥")]
    [InlineData("０６７０８５０１２３４５")]
    [InlineData("06708501234٥")]
    [InlineData("06708501234²")]
    public void Anything_else_is_none(string? text)
    {
        Assert.False(PersonalId.TryParse(text, out var id));
        Assert.Equal(default, id);
    }

    [Fact]
    public void The_number_is_never_printed_in_full()
    {
        var id = PersonalId.Parse(Digits);

        Assert.Equal("067*****2345", id.ToString());
        Assert.Equal("067*****2345", $"{id}");
        Assert.DoesNotContain("0850", new CitizenRecord { PersonalId = id }.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0670850123456")]
    [InlineData("06708501234x")]
    public void A_refusal_does_not_repeat_the_input(string text)
    {
        Assert.DoesNotContain(text, Assert.Throws<FormatException>(() => PersonalId.Parse(text)).ToString(), StringComparison.Ordinal);
        var json = $$"""{"personalId":"{{text}}"}""";
        Assert.DoesNotContain(text, Assert.Throws<JsonException>(() => DomainJson.Read<CitizenRecord>(json)).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("67085012345")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[\"067085012345\"]")]
    public void In_JSON_it_is_a_string_and_nothing_else(string json) =>
        Assert.Throws<JsonException>(() => DomainJson.Read<PersonalId>(json));

    [Fact]
    public void The_empty_value_has_no_digits_to_give()
    {
        var none = default(PersonalId);

        Assert.Equal("(none)", none.ToString());
        Assert.Throws<InvalidOperationException>(() => none.Reveal());
        Assert.Throws<InvalidOperationException>(() => DomainJson.Write(none));
        Assert.NotEqual(none, PersonalId.Parse(Digits));
        Assert.True(none < PersonalId.Parse("000000000000"));
    }

    [Fact]
    public void Equal_digits_are_the_same_person_and_order_is_by_digits()
    {
        var (left, right) = (PersonalId.Parse("067085012345"), PersonalId.Parse("067085012346"));

        Assert.Equal(left, PersonalId.Parse(Digits));
        Assert.Equal(left.GetHashCode(), PersonalId.Parse(string.Concat("067085", "012345")).GetHashCode());
        Assert.True(left < right && right > left && left <= right && right >= left);
    }

    [Theory]
    [InlineData("067085012345", "1985-05-12", Sex.Male, "")]
    [InlineData("067185012345", "1985", Sex.Female, "")]
    [InlineData("067205012345", "2005", Sex.Male, "")]
    [InlineData("067305012345", null, Sex.Unknown, "")]
    [InlineData("999085012345", null, Sex.Unknown, "")]
    [InlineData("099085012345", null, Sex.Unknown, "UnknownRegistrationCode")]
    [InlineData("067485012345", null, Sex.Unknown, "ImplausibleCentury,BirthYearInFuture")]
    [InlineData("067227012345", null, Sex.Unknown, "BirthYearInFuture")]
    [InlineData("067085012345", "1986", Sex.Male, "BirthYearDiffers")]
    [InlineData("067085012345", "1985", Sex.Female, "SexDiffers")]
    [InlineData("099185012345", "1986", Sex.Male, "UnknownRegistrationCode,BirthYearDiffers,SexDiffers")]
    public void Doubts_about_a_number_are_listed(string digits, string? born, Sex sex, string expected)
    {
        PartialDate? birthDate = born is null ? null : PartialDate.Parse(born);

        var findings = PersonalIdPlausibility.Check(PersonalId.Parse(digits), new HashSet<string> { "067" }, birthDate, sex, 2026);

        Assert.Equal(expected, string.Join(',', findings));
    }
}
