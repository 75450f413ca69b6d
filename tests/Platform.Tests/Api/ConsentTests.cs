using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Api;

public sealed class ConsentTests(SharedServer fixture) : IClassFixture<SharedServer>
{
    static readonly Consent Held = new()
    {
        Id = Guid.NewGuid(),
        Recipient = "ngan-hang",
        Purpose = "bank.account-opening",
        Targets = ["age.atLeast", "profile.fullName"],
        State = ConsentState.Granted,
        DecidedAt = Answers.At,
        ValidFrom = Answers.At,
        ValidTo = Answers.At.AddDays(30),
        DataLifeDays = 30,
        Evidence = new ConsentEvidence { Channel = "portal", IdentityLevel = 2, TextVersion = "1", Language = "vi", TextHash = new string('a', 64) },
    };

    readonly ApiServer _server = WithBook(fixture.Fresh());

    [Fact]
    public async Task A_decision_reaches_the_grain_whole_and_with_the_level_of_the_token()
    {
        _server.Grains.On<ICitizenSelf, ConsentAnswer>("DecideConsent", _ => new ConsentAnswer { Consent = DomainJson.Write(Held) });

        var consent = (await Decide(Bodies.Consent)).AssertOk();

        var (key, call) = _server.Grains.Calls.Where(made => made.Method == "DecideConsent").Select(made => (made.Key, made.Argument<ConsentCall>())).Single();
        Assert.Equal(ApiServer.Person, key);
        Assert.Equal(("key-1", "ngan-hang", "bank.account-opening", true, 2), (call.OperationKey, call.Recipient, call.Purpose, call.Granted, call.IdentityLevel));
        Assert.Equal(["profile.fullName", "age.atLeast"], call.Targets);
        Assert.Equal((3, Period.Month, 30, null), (call.LimitCount, call.LimitPer, call.DataLifeDays, call.ValidFrom));
        Assert.Equal(("portal", "1", "vi"), (call.Channel, call.TextVersion, call.Language));
        Assert.Equal("Ngân hàng thương mại", consent.GetProperty("recipient").GetProperty("label").GetProperty("vi").GetString());
        Assert.Equal("granted", consent.GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_text_that_was_shown_reaches_the_grain_to_the_letter_with_its_line_feeds()
    {
        _server.Grains.On<ICitizenSelf, ConsentAnswer>("DecideConsent", _ => new ConsentAnswer { Consent = DomainJson.Write(Held) });
        var text = string.Concat(Enumerable.Repeat("Tôi đồng ý…\n\n", 2_000))[..20_000];

        (await Decide(Bodies.With(Bodies.Consent, "/evidence/text", text))).AssertOk();
        (await Decide(Bodies.Consent)).AssertOk();

        var calls = _server.Grains.Calls.Where(made => made.Method == "DecideConsent").Select(made => made.Argument<ConsentCall>().Text).ToArray();
        Assert.Equal([text, null], calls);
    }

    [Theory]
    [InlineData("", "text.empty")]
    [InlineData(" \n ", "text.empty")]
    [InlineData("a\tb", "text.control-character")]
    [InlineData("a\r\nb", "text.control-character")]
    [InlineData("a\u0085b", "text.control-character")]
    [InlineData("Hoa\u0300", "text.not-normalized")]
    public async Task A_text_that_could_not_have_been_shown_so_is_refused(string text, string code)
    {
        (await Decide(Bodies.With(Bodies.Consent, "/evidence/text", text))).AssertRefused(400, code);
        Assert.Empty(_server.Grains.Calls);
    }

    [Fact]
    public async Task A_text_too_long_and_line_feeds_elsewhere_are_refused()
    {
        (await Decide(Bodies.With(Bodies.Consent, "/evidence/text", new string('a', 20_001)))).AssertRefused(400, "text.too-long");
        (await Decide(Bodies.With(Bodies.Consent, "/evidence/channel", "por\ntal"))).AssertRefused(400, "text.control-character");
        (await Decide(Bodies.With(Bodies.Consent, "/evidence/text", new string('a', 200_000)))).AssertRefused(413, "request.too-large");
        Assert.Empty(_server.Grains.Calls);
    }

    [Fact]
    public async Task A_text_that_is_not_what_was_hashed_is_refused_by_its_code()
    {
        _server.Grains.On<ICitizenSelf, ConsentAnswer>("DecideConsent", _ => new ConsentAnswer { Refusal = Refusals.ConsentEvidenceMismatch });

        (await Decide(Bodies.With(Bodies.Consent, "/evidence/text", "Tôi đồng ý."))).AssertRefused(400, "consent.evidence-mismatch");
    }

    [Theory]
    [InlineData("/granted")]
    [InlineData("/recipient")]
    [InlineData("/purpose")]
    [InlineData("/targets")]
    [InlineData("/validTo")]
    [InlineData("/dataLifeDays")]
    [InlineData("/evidence")]
    [InlineData("/evidence/textHash")]
    public async Task Nothing_that_matters_has_a_default(string pointer)
    {
        (await Decide(Bodies.Without(Bodies.Consent, pointer))).AssertRefused(400, "request.shape-invalid");
        Assert.Empty(_server.Grains.Calls);
    }

    [Theory]
    [InlineData("/granted", "\"true\"", "request.shape-invalid")]
    [InlineData("/granted", "1", "request.shape-invalid")]
    [InlineData("/granted", "null", "request.shape-invalid")]
    [InlineData("/targets", "[]", "targets.none")]
    [InlineData("/targets/0", "\"profile.*\"", "target.unknown")]
    [InlineData("/targets/0", "\"*\"", "target.unknown")]
    [InlineData("/targets/0", "\"age.atLeast(18)\"", "target.unknown")]
    [InlineData("/targets/0", "\"age.atLeast\"", "targets.duplicate")]
    [InlineData("/dataLifeDays", "0", "number.out-of-range")]
    [InlineData("/limit/count", "0", "number.out-of-range")]
    [InlineData("/limit/per", "\"week\"", "request.shape-invalid")]
    [InlineData("/validFrom", "\"2031-01-01T00:00:00Z\"", "consent.terms-invalid")]
    [InlineData("/validTo", "\"2030-01-01T00:00:00\"", "request.shape-invalid")]
    [InlineData("/evidence/language", "\"fr\"", "consent.evidence-invalid")]
    [InlineData("/evidence/textHash", "\"AAAA\"", "consent.evidence-invalid")]
    [InlineData("/recipient", "\"\"", "text.empty")]
    public async Task A_wrong_member_is_refused(string pointer, string value, string code)
    {
        (await Decide(Bodies.With(Bodies.Consent, pointer, JsonNode.Parse(value)))).AssertRefused(400, code);
        Assert.Empty(_server.Grains.Calls);
    }

    [Theory]
    [InlineData("12345678901234567890123456789012")]
    [InlineData("a2345678-0123-4123-8123-123456789012")]
    public async Task A_uuid_is_a_good_idempotency_key_also_when_its_digits_look_like_a_personal_number(string key)
    {
        _server.Grains.On<ICitizenSelf, ConsentAnswer>("DecideConsent", _ => new ConsentAnswer { Consent = DomainJson.Write(Held) });

        Assert.Equal(200, (await Decide(Bodies.Consent, key)).Status);
    }

    [Theory]
    [InlineData(null, "idempotency-key.missing")]
    [InlineData("", "idempotency-key.missing")]
    [InlineData("a b", "idempotency-key.malformed")]
    [InlineData("khóa", "idempotency-key.malformed")]
    [InlineData("x-067199000017", "idempotency-key.malformed")]
    [InlineData("0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-01", "idempotency-key.malformed")]
    public async Task A_wrong_idempotency_key_is_refused(string? key, string code)
    {
        (await Decide(Bodies.Consent, key)).AssertRefused(400, code);
        Assert.Empty(_server.Grains.Calls);
    }

    [Theory]
    [InlineData(Refusals.CitizenUnknown, 404)]
    [InlineData(Refusals.CitizenInactive, 409)]
    [InlineData(Refusals.RecipientUnknown, 400)]
    [InlineData(Refusals.PurposeUnknown, 400)]
    [InlineData(Refusals.ConsentTermsInvalid, 400)]
    [InlineData(Refusals.ConsentsTooMany, 409)]
    [InlineData(Refusals.OperationKeyReused, 409)]
    public async Task A_refusal_is_told_by_its_code(string code, int status)
    {
        _server.Grains.On<ICitizenSelf, ConsentAnswer>("DecideConsent", _ => new ConsentAnswer { Refusal = code });

        (await Decide(Bodies.Consent)).AssertRefused(status, code);
    }

    [Fact]
    public async Task A_withdrawal_answers_with_the_consent_as_it_now_stands()
    {
        _server.Grains.On<ICitizenSelf, ConsentAnswer>("WithdrawConsent", call => call.Argument<Guid>() == Held.Id
            ? new ConsentAnswer { Consent = DomainJson.Write(Held with { State = ConsentState.Withdrawn, WithdrawnAt = Answers.At.AddDays(1) }) }
            : new ConsentAnswer { Refusal = Refusals.ConsentUnknown });

        var consent = (await _server.Send(HttpMethod.Delete, $"/v1/me/consents/{Held.Id}", Token, idempotencyKey: "key-2")).AssertOk();

        Assert.Equal("withdrawn", consent.GetProperty("state").GetString());
        Assert.Equal("2026-03-03T02:15:00Z", consent.GetProperty("withdrawnAt").GetString());
        (await _server.Send(HttpMethod.Delete, $"/v1/me/consents/{Guid.NewGuid()}", Token)).AssertRefused(404, "consent.unknown");
        (await _server.Send(HttpMethod.Delete, "/v1/me/consents/1", Token)).AssertRefused(400, "request.parameter-malformed");
    }

    [Fact]
    public async Task Consents_are_listed_by_name_even_when_the_book_no_longer_has_them()
    {
        var record = new CitizenRecord { PersonalId = PersonalId.Parse(ApiServer.Person), Consents = [Held with { Recipient = "gone" }, Held] };
        _server.Grains.On<ICitizenSelf, string?>("GetRecord", _ => DomainJson.Write(record));

        var consents = (await _server.Get("/v1/me/consents", Token)).AssertOk();

        Assert.Equal("gone", consents[0].GetProperty("recipient").GetProperty("label").GetProperty("vi").GetString());
        Assert.Equal("Ngân hàng thương mại", consents[1].GetProperty("recipient").GetProperty("label").GetProperty("vi").GetString());
    }

    [Fact]
    public async Task A_consent_tells_how_often_it_was_used()
    {
        var unused = Held with { Id = Guid.NewGuid() };
        var record = new CitizenRecord { PersonalId = PersonalId.Parse(ApiServer.Person), Consents = [Held, unused] };
        _server.Grains.On<ICitizenSelf, string?>("GetRecord", _ => DomainJson.Write(record));

        var consents = (await _server.Get("/v1/me/consents", Token)).AssertOk();

        var uses = consents.EnumerateArray().Select(consent => consent.GetProperty("uses")).ToArray();
        Assert.Equal((2, "2026-03-02T02:15:00Z"), (uses[0].GetProperty("count").GetInt32(), uses[0].GetProperty("lastAt").GetString()));
        Assert.Equal((0, JsonValueKind.Null), (uses[1].GetProperty("count").GetInt32(), uses[1].GetProperty("lastAt").ValueKind));
    }

    [Fact]
    public async Task One_consent_comes_with_its_words_from_the_record_or_where_that_dropped_it_from_the_ledger()
    {
        var dropped = Held with { Id = Guid.NewGuid(), State = ConsentState.Withdrawn };
        _server.Grains
            .On<ICitizenSelf, string?>("GetRecord", _ => DomainJson.Write(new CitizenRecord { PersonalId = PersonalId.Parse(ApiServer.Person), Consents = [Held] }))
            .On<ICitizenHistory, ConsentPast?>("FindConsent", call =>
                call.Argument<Guid>() == dropped.Id ? new ConsentPast
                {
                    Consent = DomainJson.Write(dropped),
                    Text = "Tôi đồng ý.\nThật.",
                    Entries = [new ConsentMark { Seq = 7, Kind = "consent.withdrawn", At = Answers.At, Hash = new string('a', 64) }],
                } : null);

        var held = (await _server.Get($"/v1/me/consents/{Held.Id}", Token)).AssertOk();
        var old = (await _server.Get($"/v1/me/consents/{dropped.Id}", Token)).AssertOk();

        Assert.Equal(("granted", JsonValueKind.Null, 2), (held.GetProperty("state").GetString(), held.GetProperty("text").ValueKind, held.GetProperty("uses").GetProperty("count").GetInt32()));
        Assert.Equal(("withdrawn", "Tôi đồng ý.\nThật."), (old.GetProperty("state").GetString(), old.GetProperty("text").GetString()));
        Assert.Empty(held.GetProperty("entries").EnumerateArray());
        Assert.Equal((7, "consent.withdrawn", new string('a', 64)), (old.GetProperty("entries")[0].GetProperty("seq").GetInt32(), old.GetProperty("entries")[0].GetProperty("kind").GetString(), old.GetProperty("entries")[0].GetProperty("hash").GetString()));
        (await _server.Get($"/v1/me/consents/{Guid.NewGuid()}", Token)).AssertRefused(404, "consent.unknown");
        (await _server.Get("/v1/me/consents/1", Token)).AssertRefused(400, "request.parameter-malformed");
    }

    string Token => _server.CitizenToken("me.consents");

    Task<ApiAnswer> Decide(string body, string? key = "key-1") =>
        _server.Send(HttpMethod.Post, "/v1/me/consents", Token, body, idempotencyKey: key);

    static ApiServer WithBook(ApiServer server)
    {
        server.Grains.On<IRuleBooks, RuleBookView>("Current", _ => new RuleBookView
        {
            Number = 1,
            State = RuleBookState.Published,
            DraftedBy = "staff-1",
            Book = DomainJson.Write(RuleBook.Shipped),
        });
        server.Grains.On<ICitizenHistory, ImmutableArray<ConsentUse>>("CountConsentUses", _ => [new ConsentUse { Consent = Held.Id, Count = 2, LastAt = Answers.At }]);
        return server;
    }
}
