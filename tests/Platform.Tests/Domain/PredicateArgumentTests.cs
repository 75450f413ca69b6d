using Platform.Domain.Catalogue;
using Xunit;

namespace Platform.Tests.Domain;

public sealed class PredicateArgumentTests
{
    [Theory]
    [InlineData("age.atLeast", "0", true)]
    [InlineData("age.atLeast", "200", true)]
    [InlineData("age.atLeast", "201", false)]
    [InlineData("age.atLeast", "007", false)]
    [InlineData("age.atLeast", "+7", false)]
    [InlineData("age.atLeast", " 7", false)]
    [InlineData("age.atLeast", "１８", false)]
    [InlineData("age.atLeast", "", false)]
    [InlineData("age.atLeast", null, false)]
    [InlineData("household.isHead", null, true)]
    [InlineData("household.isHead", "", false)]
    [InlineData("document.degree.held", "1", false)]
    [InlineData("document.degree.validOn", "2028-02-29", true)]
    [InlineData("document.degree.validOn", "2027-02-29", false)]
    [InlineData("document.degree.validOn", "2027-2-9", false)]
    [InlineData("document.degree.validOn", null, false)]
    [InlineData("residence.inCommune", "24611", true)]
    [InlineData("residence.inCommune", "24611;", false)]
    [InlineData("residence.inCommune", "", false)]
    [InlineData("identity.matches", "Nguyễn Thị Hòa;1999", true)]
    [InlineData("identity.matches", " ", false)]
    [InlineData("identity.matches", "a\nb", false)]
    [InlineData("identity.matches", "Hoa\u0300", false)]
    public void An_argument_has_the_form_of_its_parameter(string predicate, string? argument, bool valid) =>
        Assert.Equal(valid, PredicateArgument.IsValid(AttributeCatalogue.Shipped.Predicates[predicate], argument));

    [Theory]
    [InlineData("household.memberCount", "4", true)]
    [InlineData("household.memberCount", "04", false)]
    [InlineData("household.memberCount", "4.0", false)]
    [InlineData("profile.sex", "1", true)]
    [InlineData("profile.sex", "9", false)]
    [InlineData("profile.birthDate", "1999", true)]
    [InlineData("profile.birthDate", "1999-13", false)]
    [InlineData("profile.otherNames", """["Hòa"]""", true)]
    [InlineData("profile.otherNames", "Hòa", false)]
    [InlineData("profile.otherNames", """[1]""", false)]
    [InlineData("household.members", """[{"fullName":"A","relation":"child"}]""", true)]
    [InlineData("household.members", """[{"fullName":"A"}]""", false)]
    [InlineData("residence.absent", "true", true)]
    [InlineData("residence.absent", "True", false)]
    [InlineData("profile.fullName", "Hoa\u0300", false)]
    [InlineData("profile.fullName", "", false)]
    public void A_canonical_text_has_the_form_of_its_type(string attribute, string text, bool valid) =>
        Assert.Equal(valid, CanonicalText.IsValid(AttributeCatalogue.Shipped.Attributes[attribute], text));
}
