using System.Text.Json.Nodes;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Presentations;
using Xunit;

namespace Platform.Tests.Api;

/// <summary>Citizens make codes over HTTP, and whoever has one needs nothing else.</summary>
public sealed class PresentationTests(SharedServer fixture) : IClassFixture<SharedServer>
{
    const string Mine = "/v1/me/presentations";
    const string Code = "7Q2M9XK4T0VJ3WZ8N5RBH6DCYE";

    static readonly DocumentPresentation Waiting = new()
    {
        Id = Guid.NewGuid(),
        Kind = "drivingLicence",
        Number = "66012345",
        Attributes = ["profile.fullName", "document.drivingLicence.class"],
        MadeAt = Answers.At,
        Until = Answers.At.AddMinutes(3),
    };

    static readonly ShownAnswer Shown = new()
    {
        ShownAt = Answers.At,
        Kind = "drivingLicence",
        State = DocumentState.Suspended,
        Values = [new ShownValue { Path = "profile.fullName", Text = "Nguyễn Thị Hòa" }, new ShownValue { Path = "document.drivingLicence.validTo", Text = "2035-04-01" }],
    };

    readonly ApiServer _server = fixture.Fresh();

    [Fact]
    public async Task What_is_to_be_shown_reaches_the_grain_by_full_paths_and_the_code_is_told()
    {
        _server.Grains.On<ICitizenSelf, PresentationAnswer>("MakePresentation", _ => Answer(Waiting) with { Code = Code });

        var made = (await Make(Bodies.Presentation)).AssertOk();

        var call = _server.Grains.Last.Argument<PresentationCall>();
        Assert.Equal((ApiServer.Person, "key-1", "drivingLicence", "66012345", 3), (_server.Grains.Last.Key, call.OperationKey, call.Kind, call.Number, call.Minutes));
        Assert.Equal(["profile.fullName", "document.drivingLicence.class", "document.drivingLicence.validTo"], call.Attributes);
        Assert.Equal((Waiting.Id, Code, "2026-03-02T02:18:00Z"), (made.GetProperty("id").GetGuid(), made.GetProperty("code").GetString(), made.GetProperty("until").GetString()));
        Assert.Equal(2, made.GetProperty("shown").GetArrayLength());
    }

    [Theory]
    [InlineData("/document/kind", "\"moon\"", "document.kind-unknown")]
    [InlineData("/document/number", "\"\"", "text.empty")]
    [InlineData("/attributes", "[]", "presentation.attributes-invalid")]
    [InlineData("/attributes/0", "\"profile.religion\"", "presentation.attributes-invalid")]
    [InlineData("/attributes/0", "\"document.healthInsurance.number\"", "presentation.attributes-invalid")]
    [InlineData("/attributes/0", "\"document.drivingLicence.class\"", "presentation.attributes-invalid")]
    [InlineData("/minutes", "0", "number.out-of-range")]
    [InlineData("/minutes", "6", "number.out-of-range")]
    public async Task A_wrong_member_is_refused(string pointer, string value, string code)
    {
        (await Make(Bodies.With(Bodies.Presentation, pointer, JsonNode.Parse(value)))).AssertRefused(400, code);
        Assert.Empty(_server.Grains.Calls);
    }

    [Theory]
    [InlineData(Refusals.PresentationDocumentUnknown, 404)]
    [InlineData(Refusals.PresentationsTooMany, 409)]
    [InlineData(Refusals.OperationKeyReused, 409)]
    [InlineData(Refusals.CitizenInactive, 409)]
    [InlineData(Refusals.CitizenUnknown, 404)]
    public async Task A_refusal_is_told_by_its_code(string code, int status)
    {
        _server.Grains.On<ICitizenSelf, PresentationAnswer>("MakePresentation", _ => new PresentationAnswer { Refusal = code });

        (await Make(Bodies.Presentation)).AssertRefused(status, code);
    }

    [Fact]
    public async Task The_citizen_learns_where_it_stands_and_takes_it_back_without_the_code()
    {
        _server.Grains
            .On<ICitizenSelf, PresentationAnswer>("GetPresentation", call => call.Argument<Guid>() == Waiting.Id
                ? Answer(Waiting with { State = PresentationState.Shown, EndedAt = Answers.At.AddMinutes(1) })
                : new PresentationAnswer { Refusal = Refusals.PresentationUnknown })
            .On<ICitizenSelf, PresentationAnswer>("WithdrawPresentation", _ => Answer(Waiting with { State = PresentationState.Withdrawn, EndedAt = Answers.At }));

        var shown = (await _server.Get($"{Mine}/{Waiting.Id}", _server.CitizenToken("me.read"))).AssertOk();
        var withdrawn = (await _server.Send(HttpMethod.Delete, $"{Mine}/{Waiting.Id}", _server.CitizenToken("me.write"))).AssertOk();

        Assert.Equal(("shown", "2026-03-02T02:16:00Z"), (shown.GetProperty("state").GetString(), shown.GetProperty("shownAt").GetString()));
        Assert.Equal(("withdrawn", System.Text.Json.JsonValueKind.Null), (withdrawn.GetProperty("state").GetString(), withdrawn.GetProperty("shownAt").ValueKind));
        Assert.False(shown.TryGetProperty("code", out _));
        (await _server.Get($"{Mine}/{Guid.NewGuid()}", _server.CitizenToken("me.read"))).AssertRefused(404, "presentation.unknown");
    }

    [Theory]
    [InlineData(Code)]
    [InlineData("7q2m 9xk4 tovj 3wz8 n5rb h6dc ye")]
    public async Task Whoever_has_the_code_sees_what_was_chosen_without_a_token(string code)
    {
        _server.Grains.On<IPresentationDesk, ShownAnswer>("Show", call => call.Argument<ShowCall>().CodeHash == PresentationCode.Hash(Code)
            ? Shown
            : new ShownAnswer { Refusal = Refusals.PresentationUnknown });

        var seen = (await Show(code)).AssertOk();

        Assert.Equal(("drivingLicence", "suspended"), (seen.GetProperty("kind").GetString(), seen.GetProperty("state").GetString()));
        Assert.Equal("Giấy phép lái xe", seen.GetProperty("document").GetProperty("vi").GetString());
        Assert.Equal(
            [("profile.fullName", "text", "Nguyễn Thị Hòa"), ("document.drivingLicence.validTo", "date", "2035-04-01")],
            seen.GetProperty("values").EnumerateArray()
                .Select(value => (value.GetProperty("path").GetString()!, value.GetProperty("type").GetString()!, value.GetProperty("value").GetString()!)));
    }

    [Fact]
    public async Task A_retry_after_a_fault_is_the_same_attempt()
    {
        var faults = 1;
        _server.Grains.On<IPresentationDesk, ShownAnswer>("Show", _ => faults-- > 0 ? throw new TryAgainException(TryAgainException.LedgerMoved, "Moved.") : Shown);

        (await Show(Code)).AssertOk();

        Assert.Single(_server.Grains.Calls.Select(call => call.Argument<ShowCall>().Attempt).Distinct());
        Assert.Equal(2, _server.Grains.Calls.Count);
    }

    [Fact]
    public async Task A_code_that_opens_nothing_is_told_so_and_what_is_no_code_asks_nobody()
    {
        _server.Grains.On<IPresentationDesk, ShownAnswer>("Show", _ => new ShownAnswer { Refusal = Refusals.PresentationUnknown });
        (await Show(Code)).AssertRefused(404, "presentation.unknown");
        _server.Grains.On<IPresentationDesk, ShownAnswer>("Show", _ => new ShownAnswer { Refusal = Refusals.PresentationUsed });
        (await Show(Code)).AssertRefused(410, "presentation.used");
        var asked = _server.Grains.Calls.Count;

        (await Show("abc")).AssertRefused(404, "presentation.unknown");
        (await Show("")).AssertRefused(404, "presentation.unknown");
        (await _server.Send(HttpMethod.Post, "/v1/presentations", null, "{}")).AssertRefused(400, "request.shape-invalid");
        Assert.Equal(asked, _server.Grains.Calls.Count);
    }

    [Fact]
    public async Task Wrong_codes_are_counted_by_address_and_a_right_one_still_counts()
    {
        await using var server = await ApiServer.Start(("Api:Limits:FailuresPerMinute", "2"));
        server.Grains.On<IPresentationDesk, ShownAnswer>("Show", call => call.Argument<ShowCall>().CodeHash == PresentationCode.Hash(Code)
            ? Shown
            : new ShownAnswer { Refusal = Refusals.PresentationUnknown });

        (await Show("0123456789ABCDEFGHJKMNPQRS", server)).AssertRefused(404, "presentation.unknown");
        (await Show("abc", server)).AssertRefused(404, "presentation.unknown");
        (await Show("0123456789ABCDEFGHJKMNPQRS", server)).AssertRefused(429, "request.rate-limited");
        (await Show(Code, server)).AssertOk();
    }

    Task<ApiAnswer> Make(string body) => _server.Send(HttpMethod.Post, Mine, _server.CitizenToken("me.write"), body, idempotencyKey: "key-1");

    Task<ApiAnswer> Show(string code, ApiServer? server = null) =>
        (server ?? _server).Send(HttpMethod.Post, "/v1/presentations", null, new JsonObject { ["code"] = code }.ToJsonString());

    static PresentationAnswer Answer(DocumentPresentation presentation) => new() { Presentation = DomainJson.Write(presentation) };
}
