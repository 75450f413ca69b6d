using System.Reflection;
using Platform.Contracts;
using Platform.Identity.Pages.Account;
using Platform.Identity.Pages.Asking;
using Platform.Identity.Pages.Entry;
using Platform.Identity.Pages.Shell;
using Xunit;

namespace Platform.Tests.Identity.Pages;

public sealed class TextTests
{
    static IEnumerable<string> Codes => typeof(EidRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(constant => (string)constant.GetRawConstantValue()!);

    [Fact]
    public void Every_refusal_has_a_text_and_a_next_step_in_both_languages()
    {
        Assert.NotEmpty(Codes);
        Assert.All(Codes, code => Assert.True(RefusalTexts.All.ContainsKey(code), code));
        Assert.All(RefusalTexts.All, text =>
        {
            Assert.All(
                [text.Value.What.Vi, text.Value.What.En, text.Value.Next.Vi, text.Value.Next.En],
                sentence => Assert.True(sentence.Length > 5 && sentence.IsNormalized(), text.Key));
            Assert.NotEqual(text.Value.What.Vi, text.Value.What.En);
            Assert.NotEqual(text.Value.Next.Vi, text.Value.Next.En);
        });
    }

    [Fact]
    public void A_refusal_of_the_future_still_says_what_to_do_next() =>
        Assert.Contains("1900 0368", RefusalTexts.Of("something.new", "en").Next, StringComparison.Ordinal);

    [Fact]
    public void Every_identity_claim_has_a_name() => Assert.All(IdentityClaims.All, claim =>
    {
        var (vi, en) = ClaimTexts.Of(claim);
        Assert.NotEqual(vi, en);
    });

    [Fact]
    public void Every_state_and_factor_has_a_name()
    {
        Assert.Equal(4, Enum.GetValues<EidState>().Select(state => EventTexts.Of(state).Vi).Distinct().Count());
        Assert.Equal(Enum.GetValues<FactorKind>().Length, Enum.GetValues<FactorKind>().Select(kind => EventTexts.Of(kind).En).Distinct().Count());
    }

    [Fact]
    public void An_unknown_error_code_is_not_repeated() => Assert.Equal("invalid_request", ErrorTexts.Of("<b>call 0900 000 000</b>").Code);

    [Theory]
    [InlineData("/account", true)]
    [InlineData("/account?x=1", true)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("/a\\b", false)]
    [InlineData("/\tx", false)]
    [InlineData("https://evil.example/", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("account", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_paths_of_this_server_are_local(string? path, bool isLocal) => Assert.Equal(isLocal, Addresses.IsLocal(path));

    [Theory]
    [InlineData("  Điện thoại của Hoa  ", "Điện thoại của Hoa")]
    [InlineData("a\u202Eb\u0000c\r\nd", "abcd")]
    [InlineData("\uD83D", "otherwise")]
    [InlineData("   ", "otherwise")]
    public void Names_of_devices_are_cleaned(string typed, string name) => Assert.Equal(name, Input.Name(typed, "otherwise"));

    [Fact]
    public void A_long_name_is_cut_between_characters()
    {
        var name = Input.Name(new string('x', 59) + "🦆🦆", "otherwise");

        Assert.Equal(new string('x', 59), name);
    }
}
