using Platform.Load.Open;
using Xunit;

namespace Platform.Tests.Load;

public sealed class MixTests
{
    [Fact]
    public void A_mix_is_read_as_it_is_written()
    {
        Assert.True(Mix.TryParse("consented=40, push=5", out var mix, out _));
        Assert.Equal("consented=40,push=5", mix.ToString());
        Assert.True(Mix.TryParse(Mix.Default.ToString(), out var usual, out _));
        Assert.Equal(Mix.Default.Weights, usual.Weights);
    }

    [Theory]
    [InlineData("")]
    [InlineData("consented=0")]
    [InlineData("consented")]
    [InlineData("consented=-1")]
    [InlineData("consented=1,consented=2")]
    [InlineData("consented=1000001")]
    [InlineData("Consented=1")]
    [InlineData("0=1")]
    [InlineData("nothing=1")]
    public void What_is_no_mix_is_refused_with_a_sentence(string text)
    {
        Assert.False(Mix.TryParse(text, out _, out var finding));
        Assert.EndsWith(".", finding, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workload_without_weight_never_comes()
    {
        Assert.True(Mix.TryParse("consented=1,push=0", out var mix, out _));
        Assert.All(Enumerable.Range(0, 100), place => Assert.Equal(Workload.Consented, mix.At(place / 100.0)));
    }
}
