using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Platform.Tests.Api;

/// <summary>Wrong input of every kind gets a problem with a stable code, and never its own values back.</summary>
public sealed class InputTests(SharedServer fixture) : IClassFixture<SharedServer>, IDisposable
{
    readonly ApiServer _server = fixture.Api;

    public void Dispose() => Assert.Empty(_server.Grains.Calls);

    [Theory]
    [InlineData("/subject/personalId", "\"06719900001\"", "personal-id.malformed")]
    [InlineData("/subject/personalId", "\"0671990000170\"", "personal-id.malformed")]
    [InlineData("/subject/personalId", "\"06719900001x\"", "personal-id.malformed")]
    [InlineData("/subject/personalId", "\"０６７１９９００００１７\"", "personal-id.malformed")]
    [InlineData("/subject/personalId", "\" 67199000017\"", "personal-id.malformed")]
    [InlineData("/subject/personalId", "67199000017", "request.shape-invalid")]
    [InlineData("/subject/personalId", "null", "request.shape-invalid")]
    [InlineData("/subject/name", "\"x\"", "request.shape-invalid")]
    [InlineData("/subject", "\"067199000017\"", "request.shape-invalid")]
    [InlineData("/purpose", "\"\"", "purpose.malformed")]
    [InlineData("/purpose", "\"Health insurance\"", "purpose.malformed")]
    [InlineData("/purpose", "7", "request.shape-invalid")]
    [InlineData("/attributes/0", "\"profile.shoeSize\"", "attribute.unknown")]
    [InlineData("/attributes/0", "\"age.atLeast(18)\"", "attribute.unknown")]
    [InlineData("/attributes/0", "\"\"", "attribute.unknown")]
    [InlineData("/attributes/0", "null", "request.shape-invalid")]
    [InlineData("/attributes/0", "\"household.memberCount\"", "targets.duplicate")]
    [InlineData("/attributes", "\"profile.fullName\"", "request.shape-invalid")]
    [InlineData("/attributes", "null", "request.shape-invalid")]
    [InlineData("/predicates/0", "\"profile.fullName\"", "predicate.unknown")]
    [InlineData("/predicates/0", "\"age.atMost(18)\"", "predicate.unknown")]
    [InlineData("/predicates/0", "\"age.atLeast\"", "predicate.argument-malformed")]
    [InlineData("/predicates/0", "\"age.atLeast()\"", "predicate.argument-malformed")]
    [InlineData("/predicates/0", "\"age.atLeast(-1)\"", "predicate.argument-malformed")]
    [InlineData("/predicates/0", "\"age.atLeast(201)\"", "predicate.argument-malformed")]
    [InlineData("/predicates/0", "\"age.atLeast(018)\"", "predicate.argument-malformed")]
    [InlineData("/predicates/0", "\"age.atLeast(18\"", "predicate.unknown")]
    [InlineData("/predicates/0", "\"document.drivingLicence.validOn(2026-02-30)\"", "predicate.argument-malformed")]
    [InlineData("/predicates/0", "\"household.isHead()\"", "predicate.argument-malformed")]
    [InlineData("/predicates/0", "\"residence.inCommune(24 611)\"", "predicate.argument-malformed")]
    [InlineData("/caseReference", "\" \"", "text.empty")]
    [InlineData("/official/role", "\"\"", "text.empty")]
    [InlineData("/official/staffCode", "null", "official.incomplete")]
    [InlineData("/official/staffCode", "\"067199000017\"", "official.incomplete")]
    [InlineData("/official/personalId", "\"067199000017\"", "official.incomplete")]
    [InlineData("/official/identityLevel", "3", "number.out-of-range")]
    [InlineData("/official/identityLevel", "\"2\"", "request.shape-invalid")]
    [InlineData("/extra", "1", "request.shape-invalid")]
    [InlineData("/Purpose", "\"x\"", "request.shape-invalid")]
    public async Task A_wrong_member_is_refused_without_repeating_it(string pointer, string value, string code)
    {
        var answer = await Post(Bodies.With(Bodies.Disclosure, pointer, JsonNode.Parse(value)));

        answer.AssertRefused(400, code);
        Assert.NotEmpty(answer.Json.GetProperty("errors").EnumerateArray());
        foreach (var secret in new[] { "067199000017", "Health insurance", "shoeSize", "atMost", "extra", "６７" })
        {
            Assert.DoesNotContain(secret, answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_place_of_each_wrong_target_is_told_by_its_index()
    {
        var body = Bodies.With(Bodies.With(Bodies.Disclosure, "/attributes/1", "profile.shoeSize"), "/predicates/0", "age.atLeast(x)");

        var errors = (await Post(body)).Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString());

        Assert.Equal(["/attributes/1", "/predicates/0"], errors);
    }

    [Theory]
    [InlineData("/subject")]
    [InlineData("/purpose")]
    [InlineData("/official/role")]
    [InlineData("/subject/personalId")]
    public async Task A_missing_required_member_is_refused(string pointer) =>
        (await Post(Bodies.Without(Bodies.Disclosure, pointer))).AssertRefused(400, "request.shape-invalid");

    [Fact]
    public async Task A_request_for_nothing_or_for_more_than_a_hundred_things_is_refused()
    {
        var nothing = Bodies.With(Bodies.With(Bodies.Disclosure, "/attributes", new JsonArray()), "/predicates", new JsonArray());
        var much = Bodies.With(Bodies.Disclosure, "/predicates", new JsonArray([.. Enumerable.Range(0, 99).Select(age => (JsonNode)$"age.atLeast({age})")]));

        (await Post(nothing)).AssertRefused(400, "targets.none");
        (await Post(much)).AssertRefused(400, "targets.too-many");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"purpose\":\"a\",\"purpose\":\"b\"}")]
    [InlineData("{'purpose':'a'}")]
    [InlineData("// {}\n{}")]
    [InlineData("{\"purpose\":\"\\ud800\"}")]
    [InlineData("{\"purpose\":NaN}")]
    public async Task What_is_no_json_object_is_refused(string body)
    {
        var answer = await Post(body);

        Assert.Equal(400, answer.Status);
        Assert.Contains(answer.Code, new[] { "request.json-malformed", "request.shape-invalid" });
    }

    [Fact]
    public async Task Json_deeper_than_sixteen_levels_is_refused()
    {
        var deep = $$"""{"purpose":{{new string('[', 16)}}{{new string(']', 16)}}}""";

        (await Post(deep)).AssertRefused(400, "request.json-malformed");
        (await Post(new string('[', 30_000))).AssertRefused(400, "request.json-malformed");
    }

    [Theory]
    [InlineData("H16\\u0000", "text.control-character")]
    [InlineData("H16\\n", "text.control-character")]
    [InlineData("H16\\u0085", "text.control-character")]
    [InlineData("Hoa\\u0300", "text.not-normalized")]
    [InlineData("\\u212B", "text.not-normalized")]
    public async Task A_text_with_control_characters_or_decomposed_letters_is_refused(string text, string code)
    {
        var answer = await Post(Bodies.Disclosure.Replace("H16.12-260302-0042", text, StringComparison.Ordinal));

        answer.AssertRefused(400, code);
        Assert.Equal("/caseReference", answer.Json.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task A_decomposed_member_name_is_refused() =>
        (await Post("""{"Hoa\u0300":1}""")).AssertRefused(400, "text.not-normalized");

    [Fact]
    public async Task A_text_beyond_its_limit_is_refused() =>
        (await Post(Bodies.With(Bodies.Disclosure, "/caseReference", new string('x', 101)))).AssertRefused(400, "text.too-long");

    [Fact]
    public async Task Bytes_that_are_no_utf_8_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/disclosures")
        {
            Content = new ByteArrayContent([.. "{\"purpose\":\""u8, 0xC3, 0x28, .. "\"}"u8]),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);

        (await _server.Send(request)).AssertRefused(400, "request.json-malformed");
    }

    [Theory]
    [InlineData(65 * 1024)]
    [InlineData(10 * 1024 * 1024)]
    public async Task A_body_that_is_too_large_is_refused_whether_it_says_so_or_not(int bytes)
    {
        var body = $$"""{"purpose":"{{new string('x', bytes)}}"}""";
        (await Post(body)).AssertRefused(413, "request.too-large");

        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/disclosures") { Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(body))) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Content.Headers.ContentLength = null;
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        (await _server.Send(request)).AssertRefused(413, "request.too-large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("json")]
    public async Task Another_content_type_is_refused(string contentType) =>
        (await _server.Send(HttpMethod.Post, "/v1/disclosures", Token, Bodies.Disclosure, contentType)).AssertRefused(415, "request.content-type");

    [Fact]
    public async Task A_body_without_a_content_type_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/disclosures") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Bodies.Disclosure)) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);

        (await _server.Send(request)).AssertRefused(415, "request.content-type");
    }

    [Theory]
    [InlineData("GET", "/v1/citizens/067199000017", 404, "route.unknown")]
    [InlineData("GET", "/", 404, "route.unknown")]
    [InlineData("GET", "/v1/me/documents/1", 404, "route.unknown")]
    [InlineData("DELETE", "/v1/disclosures", 405, "route.method-not-allowed")]
    [InlineData("GET", "/v1/disclosures", 405, "route.method-not-allowed")]
    [InlineData("PATCH", "/v1/me", 405, "route.method-not-allowed")]
    public async Task An_unknown_route_or_method_is_a_problem_too(string method, string path, int status, string code)
    {
        foreach (var token in new[] { null, Token })
        {
            var answer = await _server.Send(new HttpMethod(method), path, token);

            answer.AssertRefused(status, code);
            Assert.DoesNotContain("067199000017", answer.Text, StringComparison.Ordinal);
        }
    }

    string Token => _server.SystemToken("disclosures.request");

    Task<ApiAnswer> Post(string body) => _server.Send(HttpMethod.Post, "/v1/disclosures", Token, body);
}
