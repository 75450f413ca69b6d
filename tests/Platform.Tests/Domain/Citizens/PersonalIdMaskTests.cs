using Platform.Domain.Citizens;
using Xunit;

namespace Platform.Tests.Domain.Citizens;

public sealed class PersonalIdMaskTests
{
    [Theory]
    [InlineData("067|085|012|345", "067*****2345")]
    [InlineData("số 067| 085| 012| 345.", "số 067*****2345.")]
    [InlineData("067|.085|.012|.345", "067*****2345")]
    [InlineData("0670|-8501|-2345", "067*****2345")]
    [InlineData("067085| 012345", "067*****2345")]
    [InlineData("067|085|012|34", "06708501234")]
    [InlineData("067|085|012|3456", "067|085|012|3456")]
    [InlineData("02/03/1999 12:30", "02/03/1999 12:30")]
    [InlineData("H16.12-260302-0042", "H16.12-260302-0042")]
    [InlineData("", "")]
    public void Twelve_digits_are_cut_and_nothing_else(string text, string masked) =>
        Assert.Equal(masked.Replace("|", ""), PersonalIdMask.Apply(text.Replace("|", "")));
}
