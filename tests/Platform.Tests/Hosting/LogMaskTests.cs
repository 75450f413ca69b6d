using CsCheck;
using Platform.Hosting.Logging;
using Xunit;

namespace Platform.Tests.Hosting;

public sealed class LogMaskTests
{
    const string Token = "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsxIn0.eyJpc3MiOiJiaHhoIiwic3ViIjoiYmh4aCJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ";

    [Theory]
    [InlineData("067200012345", "067*****2345")]
    [InlineData("citizen 067200012345 was read", "citizen 067*****2345 was read")]
    [InlineData("a067200012345b", "a067*****2345b")]
    [InlineData("067200012345,067200054321;", "067*****2345,067*****4321;")]
    [InlineData("/v1/people/067200012345/documents?subject=067200054321", "/v1/people/067*****2345/documents?subject=067*****4321")]
    [InlineData("citizen%2F067200012345", "citizen%2F067*****2345")]
    [InlineData("{\"personalId\":\"067200012345\"}", "{\"personalId\":\"067*****2345\"}")]
    [InlineData("grain citizen/067200012345@S127.0.0.1:11111", "grain citizen/067*****2345@S127.0.0.1:11111")]
    [InlineData("\u0000067200012345\n", "\u0000067*****2345\n")]
    public void A_personal_number_keeps_only_its_ends(string text, string masked) => Assert.Equal(masked, LogMask.Apply(text));

    [Theory]
    [InlineData("0672000123456")]
    [InlineData("067200012345067200054321")]
    [InlineData("00000000000000000000000000067200012345")]
    public void A_longer_run_of_digits_may_hold_a_personal_number_and_is_cut_as_well(string text) =>
        Assert.Matches("^[0-9]{3}[*]{5}[0-9]{4}$", LogMask.Apply(text));

    [Theory]
    [InlineData("")]
    [InlineData("06720001234")]
    [InlineData("2026-11-23T19:32:52.979Z took 122.1292 ms on port 5001")]
    [InlineData("new key, every token, the code: invalid_scope")]
    [InlineData("0672-0001-2345")]
    [InlineData("client_assertion_type urn:ietf:params:oauth:client-assertion-type:jwt-bearer")]
    public void What_hides_nothing_stays_the_same_text(string text) => Assert.Same(text, LogMask.Apply(text));

    [Theory]
    [InlineData($"got {Token} from client", "got [token] from client")]
    [InlineData($"\"{Token}\"", "\"[token]\"")]
    [InlineData($"x={Token}&y=1", "x=[token]&y=1")]
    [InlineData("alg none: eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0. end", "alg none: [token] end")]
    [InlineData("spaced head: eyAiYWxnIjoiRVMyNTYiIH0.eyJhIjoxfQ.c2ln end", "spaced head: [token] end")]
    [InlineData("line head: ewogImFsZyI6IkVTMjU2IiB9.eyJhIjoxfQ.c2ln end", "line head: [token] end")]
    [InlineData("encrypted: eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn end", "encrypted: [token] end")]
    [InlineData("cut off: eyJhbGciOiJFUzI1NiIsImtpZCI", "cut off: [token]")]
    public void A_web_token_is_replaced(string text, string masked) => Assert.Equal(masked, LogMask.Apply(text));

    [Theory]
    [InlineData("client_assertion=abc123&scope=x", "client_assertion=[secret]&scope=x")]
    [InlineData("{\"client_assertion\": \"abc123\"}", "{\"client_assertion\": \"[secret]\"}")]
    [InlineData("{\\\"client_secret\\\":\\\"abc123\\\"}", "{\\\"client_secret\\\":\\\"[secret]\\\"}")]
    [InlineData("Client_Assertion: abc123", "Client_Assertion: [secret]")]
    [InlineData("password=hunter2", "password=[secret]")]
    [InlineData("Authorization: Bearer abcdefgh12345678", "Authorization: Bearer [secret]")]
    [InlineData("Authorization: basic YTpiYmJiYmI=", "Authorization: basic [secret]")]
    [InlineData("Authorization: DPoP abcdefgh12345678", "Authorization: DPoP [secret]")]
    [InlineData("Host=db;Username=identity;Password=hunter2;Database=p", "Host=db;Username=identity;Password=[secret];Database=p")]
    public void A_credential_is_replaced(string text, string masked) => Assert.Equal(masked, LogMask.Apply(text));

    [Fact]
    public void No_twelve_digits_in_a_row_survive_in_any_text() =>
        Gen.Char["0123456789 ./-eyJw=&{}\"abc"].Array[0, 80].Select(characters => new string(characters)).Sample(
            text => Assert.DoesNotMatch("[0-9]{12}", LogMask.Apply(text)), iter: 20_000);

    [Fact]
    public void Masking_twice_is_masking_once() =>
        Gen.Char["0123456789 .eyJwabc=:password"].Array[0, 60].Select(characters => new string(characters)).Sample(
            text => Assert.Equal(LogMask.Apply(text), LogMask.Apply(LogMask.Apply(text))), iter: 20_000);
}
