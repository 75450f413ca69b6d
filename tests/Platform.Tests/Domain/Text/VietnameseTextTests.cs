using System.Text;
using CsCheck;
using Platform.Domain.Text;
using Xunit;

namespace Platform.Tests.Domain.Text;

public sealed class VietnameseTextTests
{
    [Theory]
    [InlineData("hòa", "hoà")]
    [InlineData("Khỏe", "KHOẺ")]
    [InlineData("Thúy", "thuý")]
    [InlineData("Nguyễn Thị Hòa", "nguyễn  thị hoà ")]
    [InlineData("Đặng", "Ðặng")]
    [InlineData("đặng", "ðặng")]
    [InlineData("Điểu", "D\u0336iểu")]
    [InlineData("H'Hen", "H’Hen")]
    [InlineData("K'Tôn", "KʼTôn")]
    [InlineData("Y`Blơ", "Y´Blơ")]
    [InlineData("Niê\u0306", "Nie\u0302\u0306")]
    [InlineData("Nguyễn\u200B Văn", "Nguyễn Văn")]
    public void Two_spellings_of_one_name_are_the_same(string left, string right)
    {
        Assert.True(VietnameseText.SameName(left, right));
        Assert.True(VietnameseText.SameName(left.Normalize(NormalizationForm.FormD), right));
        Assert.True(VietnameseText.SameName(left, right.Normalize(NormalizationForm.FormD)));
        Assert.Equal(VietnameseText.UnaccentedKey(left), VietnameseText.UnaccentedKey(right));
    }

    [Theory]
    [InlineData("hòa", "hóa")]
    [InlineData("hòa", "hoa")]
    [InlineData("Lý", "Lí")]
    [InlineData("Mỹ", "Mĩ")]
    [InlineData("Đan", "Dan")]
    [InlineData("Tân", "Tăn")]
    [InlineData("Tân", "Tan")]
    [InlineData("Ê", "Ê\u0306")]
    [InlineData("Hoà An", "Hoa Àn")]
    [InlineData("Bàn-Lá", "Bán-Là")]
    [InlineData("Bàn-Lá", "Bán-Lá")]
    [InlineData("An Na", "Anna")]
    [InlineData("K'Tôn", "KTôn")]
    public void Two_names_that_differ_are_not_the_same(string left, string right) => Assert.False(VietnameseText.SameName(left, right));

    [Theory]
    [InlineData("Đặng Thị Ngọc Ánh", "DANG THI NGOC ANH")]
    [InlineData("  điểu   k'tôn ", "DIEU KTON")]
    [InlineData("H'Hen Niê\u0306 Byă", "HHEN NIE BYA")]
    [InlineData("ƀuôn ư\u0306", "BUON U")]
    [InlineData("A - B", "A B")]
    [InlineData("Giàng A Páo 2", "GIANG A PAO 2")]
    [InlineData("...", "")]
    [InlineData("", "")]
    public void The_unaccented_key_is_what_registers_send(string name, string key) => Assert.Equal(key, VietnameseText.UnaccentedKey(name));

    [Theory]
    [InlineData("\t Nguye\u0302\u0303n \r\n Va\u0306n\u00A0A ", "Nguyễn Văn A")]
    [InlineData("Ðức ð", "Đức đ")]
    [InlineData("a\u2028b", "a b")]
    [InlineData("a\uFEFFb\u00AD", "ab")]
    [InlineData("e\u200D\u0301", "é")]
    public void Normalizing_repairs_what_keyboards_and_exports_leave(string text, string expected) => Assert.Equal(expected, VietnameseText.Normalize(text));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced_and_not_stumbled_over()
    {
        Assert.Equal("a\uFFFDb", VietnameseText.Normalize("a\uD800b"));
        Assert.Equal("A B", VietnameseText.UnaccentedKey("a \uDC00b"));
        Assert.False(VietnameseText.IsClean("a\uD800", 10));
        Assert.True(VietnameseText.IsClean("a\U0001F600", 2));
    }

    [Theory]
    [InlineData("Ê\u0306Ê\u0306", 2, true)]
    [InlineData("Ê\u0306Ê\u0306", 1, false)]
    [InlineData("Nguyễn", 6, true)]
    [InlineData("Nguyễn", 5, false)]
    [InlineData("Nguye\u0302\u0303n", 10, false)]
    [InlineData("a\nb", 10, false)]
    [InlineData("a\u0000", 10, false)]
    [InlineData("a\u202Eb", 10, false)]
    [InlineData("a\u200Bb", 10, false)]
    [InlineData("a\u2028b", 10, false)]
    [InlineData("", 0, true)]
    public void Clean_text_is_composed_visible_and_counted_as_people_count(string text, int most, bool clean) =>
        Assert.Equal(clean, VietnameseText.IsClean(text, most));

    [Fact]
    public void Any_text_has_keys_and_normalizing_twice_changes_nothing() => Gen.OneOf(Gen.String, Gen.String["aàảđĐðÐ ê̆'’ƀƯ\u0336\u0301\u200B-"]).Sample(
        text =>
        {
            var normal = VietnameseText.Normalize(text);

            Assert.True(normal.IsNormalized(NormalizationForm.FormC));
            Assert.Equal(normal, VietnameseText.Normalize(normal));
            Assert.Equal(VietnameseText.ToneKey(text), VietnameseText.ToneKey(normal));
            Assert.Equal(VietnameseText.UnaccentedKey(text), VietnameseText.UnaccentedKey(normal));
            Assert.Equal(VietnameseText.UnaccentedKey(text), VietnameseText.UnaccentedKey(VietnameseText.UnaccentedKey(text)));
        },
        iter: 5_000);
}
