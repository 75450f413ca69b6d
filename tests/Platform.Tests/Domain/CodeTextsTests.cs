using Platform.Domain.Catalogue;
using Xunit;

namespace Platform.Tests.Domain;

public sealed class CodeTextsTests
{
    [Theory]
    [InlineData("profile.sex", "2", "Nữ", "Female")]
    [InlineData("profile.nationality", "VN", "Việt Nam", "Vietnam")]
    [InlineData("residence.permanent.commune", "24611", "Phường Bắc Gia Nghĩa", "Phường Bắc Gia Nghĩa")]
    [InlineData("household.relationToHead", "head", "Chủ hộ", "Head of household")]
    [InlineData("document.degree.state", "revoked", "Đã thu hồi", "Revoked")]
    public void A_code_is_told_in_words(string path, string code, string vi, string en)
    {
        var text = CodeTexts.Of(AttributeCatalogue.Shipped.Attributes[path], code)!;
        Assert.Equal((vi, en), (text.Vi, text.En));
    }

    [Fact]
    public void Persons_are_told_by_name_and_relation_and_not_by_number()
    {
        var number = new string('1', 12);
        var text = CodeTexts.Of(
            AttributeCatalogue.Shipped.Attributes["household.members"],
            $$"""[{"fullName":"H Đê Niê","relation":"spouse","personalId":"{{number}}"},{"fullName":"Y Thih Êban","relation":"godparent"}]""")!;

        Assert.Equal("H Đê Niê – Vợ, chồng\nY Thih Êban – godparent", text.Vi);
    }

    [Theory]
    [InlineData("profile.fullName", "Nguyễn Thị Hoa")]
    [InlineData("profile.nationality", "XX")]
    [InlineData("residence.permanent.commune", "99999")]
    [InlineData("document.healthInsurance.category", "GD")]
    [InlineData("household.members", "not a list")]
    public void What_no_list_knows_has_no_words(string path, string value) =>
        Assert.Null(CodeTexts.Of(AttributeCatalogue.Shipped.Attributes[path], value));
}
