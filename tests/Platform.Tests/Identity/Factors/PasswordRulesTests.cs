using Platform.Domain.Citizens;
using Platform.Identity.Factors;
using Xunit;

namespace Platform.Tests.Identity.Factors;

public sealed class PasswordRulesTests
{
    static readonly PersonalId Number = PersonalId.Parse("067185001234");

    [Theory]
    [InlineData("chim én bay thấp, 7 con vịt")]
    [InlineData("correct horse battery staple")]
    [InlineData("xuồng ba lá trôi ngược dòng")]
    [InlineData("j8#Vq2!mZx0p")]
    [InlineData("密码学与量子计算机科学研究院图")]
    [InlineData("🦆🌧️🚲🍋🎻🧩🛶🌵🪁🧊🪕🥁🦔")]
    public void What_is_hard_to_guess_is_taken(string password) =>
        Assert.Equal(PasswordDoubt.None, PasswordRules.Check(password, Number, "NGUYỄN THỊ HOA"));

    [Theory]
    [InlineData("")]
    [InlineData("Ngắn quá 1!")]
    [InlineData("éééééééééée")]
    public void What_is_shorter_than_twelve_characters_is_refused(string password) =>
        Assert.Equal(PasswordDoubt.TooShort, PasswordRules.Check(password, Number, ""));

    [Fact]
    public void Twelve_characters_are_counted_as_people_count_them()
    {
        var decomposed = string.Concat(Enumerable.Repeat("e\u0301", 11));

        Assert.Equal(PasswordDoubt.TooShort, PasswordRules.Check(decomposed, Number, ""));
    }

    [Fact]
    public void More_than_256_characters_are_refused()
    {
        var text = string.Concat(Enumerable.Range(0, 300).Select(i => (char)('a' + (i * 7 % 26))));

        Assert.Equal(PasswordDoubt.TooLong, PasswordRules.Check(text, Number, ""));
    }

    [Theory]
    [InlineData("bay thấp\u0000 con vịt kia")]
    [InlineData("bay thấp\n con vịt kia")]
    public void What_is_no_text_is_refused(string password) => Assert.Equal(PasswordDoubt.NotText, PasswordRules.Check(password, Number, ""));

    [Fact]
    public void Half_a_character_is_no_text() =>
        Assert.Equal(PasswordDoubt.NotText, PasswordRules.Check("bay thấp con vịt kia" + (char)0xD83D, Number, ""));

    [Theory]
    [InlineData("tôi là 067185001234 đó")]
    [InlineData("abcXYZ001234!!?!")]
    [InlineData("Nguyễn Thị Hoa ở Gia Nghĩa")]
    [InlineData("nguyenthihoa#@!xkcd")]
    [InlineData("NGUYEN-THI-HOA-@kq7")]
    public void What_others_know_of_the_person_is_refused(string password) =>
        Assert.Equal(PasswordDoubt.Personal, PasswordRules.Check(password, Number, "NGUYỄN THỊ HOA"));

    [Theory]
    [InlineData("password1234")]
    [InlineData("Password2024!")]
    [InlineData("P@ssw0rd12345")]
    [InlineData("matkhau123456")]
    [InlineData("mật khẩu 2024!!")]
    [InlineData("iloveyouiloveyou")]
    [InlineData("anhyeuem12345")]
    [InlineData("Anh Yêu Em 1314520")]
    [InlineData("qwertyuiop123")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("zxcvbnm,./asdf")]
    [InlineData("123456789012")]
    [InlineData("012345678910")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abababababab")]
    [InlineData("abcdefghijkl")]
    [InlineData("19/05/1990 1990")]
    [InlineData("0912345678 0912")]
    [InlineData("vietnamvodich1")]
    [InlineData("nguyenhoa1985")]
    public void What_attackers_try_first_is_refused(string password) =>
        Assert.Equal(PasswordDoubt.Guessable, PasswordRules.Check(password, Number, "TRẦN VĂN BÌNH"));
}
