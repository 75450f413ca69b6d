using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Api;

public sealed class RuleOwnerTests(SharedServer fixture) : IClassFixture<SharedServer>
{
    static readonly RuleBookView Book = new()
    {
        Number = 1,
        State = RuleBookState.Published,
        DraftedBy = "staff-1",
        EffectiveFrom = Answers.At,
        Book = DomainJson.Write(RuleBook.Shipped),
    };

    readonly ApiServer _server = fixture.Fresh();

    [Fact]
    public async Task The_shipped_book_can_be_drafted_and_arrives_unchanged()
    {
        _server.Grains.On<IRuleBooks, RuleBookAnswer>("Draft", _ => new RuleBookAnswer { Book = Book with { Number = 2, State = RuleBookState.Drafted, Book = null } });

        var answer = (await Draft(Bodies.RuleBook)).AssertOk();

        var call = _server.Grains.Last;
        Assert.Equal(("rules", "key-1", "staff-7"), (call.Key, call.Argument<string>(0), call.Argument<string>(1)));
        Assert.Equal(DomainJson.Write(RuleBook.Shipped with { Number = 0 }), call.Argument<string>(2));
        Assert.Equal("drafted", answer.GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("/rules/0/when/0/kind", "\"moonPhase\"")]
    [InlineData("/rules/0/when/0/extra", "1")]
    [InlineData("/rules/0/effect", "\"maybe\"")]
    [InlineData("/rules/0/when", "null")]
    [InlineData("/number", "7")]
    public async Task A_book_that_says_what_the_vocabulary_does_not_know_is_refused(string pointer, string value) =>
        (await Draft(Bodies.With(Bodies.RuleBook, pointer, JsonNode.Parse(value)))).AssertRefused(400, "request.shape-invalid");

    [Fact]
    public async Task A_condition_without_its_argument_is_refused() =>
        (await Draft(Bodies.Without(Bodies.RuleBook, "/rules/0/when/0/anyOf"))).AssertRefused(400, "request.shape-invalid");

    [Fact]
    public async Task What_is_wrong_with_a_book_is_told_sentence_by_sentence()
    {
        _server.Grains.On<IRuleBooks, RuleBookAnswer>("Draft", _ => new RuleBookAnswer { Refusal = Refusals.RuleBookInvalid, Findings = ["Rule a has no target."] });

        var answer = await Draft(Bodies.RuleBook);

        answer.AssertRefused(422, "rule-book.invalid");
        Assert.Equal("Rule a has no target.", answer.Json.GetProperty("findings")[0].GetString());
    }

    [Fact]
    public async Task A_book_may_be_larger_than_other_bodies_but_not_without_end()
    {
        var large = Bodies.With(Bodies.RuleBook, "/rules/0/article", new string('x', 1024 * 1024));

        (await Draft(large)).AssertRefused(413, "request.too-large");
        Assert.InRange(Bodies.RuleBook.Length, 64 * 1024, 1024 * 1024);
    }

    [Theory]
    [InlineData(Refusals.RuleBookUnknown, 404)]
    [InlineData(Refusals.RuleBookState, 409)]
    [InlineData(Refusals.RuleBookSamePerson, 403)]
    public async Task A_refused_review_is_told_by_its_code(string code, int status)
    {
        _server.Grains.On<IRuleBooks, RuleBookAnswer>("Review", _ => new RuleBookAnswer { Refusal = code });

        (await Post("/v1/rulebooks/2/review", """{"approve":false,"comment":"Không đúng."}""", "rules.review")).AssertRefused(status, code);

        Assert.Equal([2, "staff-7", false, "Không đúng."], _server.Grains.Last.Arguments);
    }

    [Fact]
    public async Task A_publication_too_early_tells_the_earliest_instant()
    {
        _server.Grains.On<IRuleBooks, RuleBookAnswer>("Publish", _ => new RuleBookAnswer { Refusal = Refusals.RuleBookTooEarly, Earliest = Answers.At });

        var answer = await Post("/v1/rulebooks/2/publish", """{"effectiveFrom":"2026-03-02T09:00:00+07:00"}""", "rules.publish");

        answer.AssertRefused(409, "rule-book.too-early");
        Assert.Equal("2026-03-02T02:15:00Z", answer.Json.GetProperty("earliest").GetString());
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero), _server.Grains.Last.Argument<DateTimeOffset>(2));
    }

    [Theory]
    [InlineData("{\"approve\":true}")]
    [InlineData("{\"comment\":\"x\"}")]
    [InlineData("{\"approve\":\"yes\",\"comment\":\"x\"}")]
    public async Task A_review_says_yes_or_no_and_why(string body) =>
        (await Post("/v1/rulebooks/2/review", body, "rules.review")).AssertRefused(400, "request.shape-invalid");

    [Fact]
    public async Task Books_are_read_with_and_without_their_content()
    {
        _server.Grains
            .On<IRuleBooks, System.Collections.Immutable.ImmutableArray<RuleBookView>>("List", _ => [Book with { Book = null }])
            .On<IRuleBooks, RuleBookView?>("Get", call => call.Argument<int>() == 1 ? Book : null)
            .On<IRuleBooks, RuleBookView>("Current", _ => Book);
        var token = _server.StaffToken("rules.draft");

        Assert.Equal(JsonValueKind.Null, (await _server.Get("/v1/rulebooks", token)).AssertOk()[0].GetProperty("book").ValueKind);
        Assert.Equal(
            RuleBook.Shipped.Rules.Length, (await _server.Get("/v1/rulebooks/current", token)).AssertOk().GetProperty("book").GetProperty("rules").GetArrayLength());
        Assert.Equal(1, (await _server.Get("/v1/rulebooks/1", token)).AssertOk().GetProperty("number").GetInt32());
        (await _server.Get("/v1/rulebooks/2", token)).AssertRefused(404, "rule-book.unknown");
        (await _server.Get("/v1/rulebooks/two", token)).AssertRefused(400, "request.parameter-malformed");
    }

    [Fact]
    public async Task A_system_is_suspended_and_resumed_by_a_person_for_a_cause()
    {
        _server.Grains
            .On<IRuleBooks, SystemAnswer>("Suspend", call => call.Argument<string>() == "bank"
                ? new SystemAnswer { System = new SystemView { Id = "bank", Organisation = "ngan-hang", Suspended = true, ChangedBy = call.Argument<string>(1) } }
                : new SystemAnswer { Refusal = Refusals.SystemUnknown })
            .On<IRuleBooks, SystemAnswer>("Resume", _ => new SystemAnswer { System = new SystemView { Id = "bank", Organisation = "ngan-hang", Suspended = false } });

        var suspended = (await Post("/v1/systems/bank/suspend", """{"cause":"Khóa bị lộ."}""", "systems.manage")).AssertOk();

        Assert.Equal(["bank", "staff-7", "Khóa bị lộ."], _server.Grains.Last.Arguments);
        Assert.True(suspended.GetProperty("suspended").GetBoolean());
        Assert.False((await Post("/v1/systems/bank/resume", """{"cause":"ok"}""", "systems.manage")).AssertOk().GetProperty("suspended").GetBoolean());
        (await Post("/v1/systems/nobody/suspend", """{"cause":"x"}""", "systems.manage")).AssertRefused(404, "system.unknown");
        (await Post("/v1/systems/bank/suspend", """{"cause":" "}""", "systems.manage")).AssertRefused(400, "text.empty");
    }

    [Fact]
    public async Task The_catalogue_tells_a_system_what_it_may_ask_and_nothing_of_others()
    {
        _server.Grains.On<IRuleBooks, RuleBookView>("Current", _ => Book);

        var catalogue = (await _server.Get("/v1/catalogue", _server.Systems.System("bank", "catalogue.read"))).AssertOk();

        var you = catalogue.GetProperty("you").EnumerateArray().ToList();
        var rules = you.ConvertAll(rule => RuleBook.Shipped.Rules.Single(shipped => shipped.Id == rule.GetProperty("rule").GetString()));
        Assert.NotEmpty(you);
        Assert.All(rules, rule => Assert.All(rule.When.OfType<SystemCondition>(), condition => Assert.Contains("bank", condition.AnyOf)));
        Assert.Contains(you, rule => rule.GetProperty("purposes").EnumerateArray().Any(purpose => purpose.GetString() == "bank.account-opening"));
        Assert.Contains(
            you.SelectMany(rule => rule.GetProperty("conditions").EnumerateArray()), condition => condition.GetProperty("vi").GetString() == "công dân đã đồng ý");
        Assert.Empty((await _server.Get("/v1/catalogue", _server.Systems.System("stranger", "catalogue.read"))).AssertOk().GetProperty("you").EnumerateArray());
    }

    Task<ApiAnswer> Draft(string body) => _server.Send(HttpMethod.Post, "/v1/rulebooks", _server.StaffToken("rules.draft"), body, idempotencyKey: "key-1");

    Task<ApiAnswer> Post(string path, string body, string scope) => _server.Send(HttpMethod.Post, path, _server.StaffToken(scope), body);
}
