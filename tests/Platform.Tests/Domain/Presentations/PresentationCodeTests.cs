using Platform.Domain.Presentations;
using Xunit;

namespace Platform.Tests.Domain.Presentations;

/// <summary>A code is long, is read as people write it, and tells nothing of itself by what is kept of it.</summary>
public sealed class PresentationCodeTests
{
    private static readonly byte[] Secret = [.. Enumerable.Repeat((byte)7, 32)];

    [Fact]
    public void A_code_is_the_same_for_the_same_secret_and_key_alone()
    {
        var code = PresentationCode.Make(Secret, "key");

        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{26}$", code);
        Assert.Equal(code, PresentationCode.Make(Secret, "key"));
        Assert.NotEqual(code, PresentationCode.Make(Secret, "kex"));
        Assert.NotEqual(code, PresentationCode.Make([.. Enumerable.Repeat((byte)8, 32)], "key"));
    }

    [Fact]
    public void Every_character_of_a_code_varies()
    {
        var codes = Enumerable.Range(0, 400).Select(index => PresentationCode.Make(Secret, $"key {index}")).ToArray();

        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.All(Enumerable.Range(0, PresentationCode.Length), place => Assert.True(codes.Select(code => code[place]).Distinct().Count() > 25));
    }

    [Theory]
    [InlineData("0123456789ABCDEFGHJKMNPQRS", "0123456789ABCDEFGHJKMNPQRS")]
    [InlineData("o123456789abcdefghjkmnpqrs", "0123456789ABCDEFGHJKMNPQRS")]
    [InlineData("oI23 4567-89AB CDEF-GHJK MNPQ rs", "0123456789ABCDEFGHJKMNPQRS")]
    [InlineData("0l23456789ABCDEFGHJKMNPQRS", "0123456789ABCDEFGHJKMNPQRS")]
    [InlineData("0123456789ABCDEFGHJKMNPQR", null)]
    [InlineData("0123456789ABCDEFGHJKMNPQRST", null)]
    [InlineData("U123456789ABCDEFGHJKMNPQRS", null)]
    [InlineData("0123456789ABCDEFGHJKMNPQR!", null)]
    [InlineData("0123456789ABCDEFGHJKMNPQRı", null)]
    [InlineData("", null)]
    public void A_code_is_read_as_people_write_it(string text, string? code) => Assert.Equal(code, PresentationCode.Read(text));

    [Fact]
    public void What_is_made_is_read_back() => Assert.All(
        Enumerable.Range(0, 50).Select(index => PresentationCode.Make(Secret, $"key {index}")),
        code => Assert.Equal(code, PresentationCode.Read(code.ToLowerInvariant())));

    [Fact]
    public void Identities_follow_from_the_code_and_differ_by_what_they_are_for()
    {
        var hash = PresentationCode.Hash(PresentationCode.Make(Secret, "key"));
        var id = PresentationCode.IdOf(hash);

        Assert.Equal((8, id), (id.Version, PresentationCode.IdOf(hash)));
        Assert.NotEqual(id, PresentationCode.ShownEntry(id));
        Assert.NotEqual(id, PresentationCode.IdOf(PresentationCode.Hash("0123456789ABCDEFGHJKMNPQRS")));
        Assert.DoesNotContain(id.ToString("N")[..8], hash, StringComparison.Ordinal);
    }
}
