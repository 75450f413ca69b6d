using System.Text.Json;
using Platform.Contracts;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Api;

public sealed class DisclosureTests(SharedServer fixture) : IClassFixture<SharedServer>
{
    readonly ApiServer _server = fixture.Fresh();

    [Fact]
    public async Task What_is_asked_reaches_the_citizens_grain_in_the_name_of_the_tokens_client()
    {
        _server.Grains.On<ICitizenDisclosures, DisclosureAnswer>("Disclose", call => Answers.Disclosure(call, Outcome.Permitted));

        var told = await Ask();
        var answer = told.AssertOk();

        var call = _server.Grains.Last.Argument<DisclosureCall>();
        Assert.Equal("no-store", told.Headers["Cache-Control"]);
        Assert.Equal(ApiServer.Person, _server.Grains.Last.Key);
        Assert.Equal("insurance", call.System);
        Assert.Equal("health-insurance.renewal", call.Purpose);
        Assert.Equal(["profile.fullName", "household.memberCount", "age.atLeast(18)"], call.Targets);
        Assert.Equal("H16.12-260302-0042", call.CaseReference);
        Assert.Equal(new OfficialCall { StaffCode = "BHXH-0117", Role = "officer", Unit = "Một cửa", IdentityLevel = 2 }, call.Official);
        Assert.Equal(7, call.Id.Version);
        Assert.Equal(call.Id, answer.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Values_have_the_json_type_of_the_catalogue_and_their_source()
    {
        _server.Grains.On<ICitizenDisclosures, DisclosureAnswer>("Disclose", call => Answers.Disclosure(
            call,
            Outcome.Permitted,
            Answers.Released("household.memberCount", new DisclosedValue { Text = "4", Source = "population", AsOf = Answers.At }),
            Answers.Released("profile.fullName", new DisclosedValue { Text = "Nguyễn Thị Hòa", Source = "population", AsOf = Answers.At }),
            Answers.Released("profile.otherNames", new DisclosedValue { Text = """["Hòa Bé"]""", Source = "population" }),
            Answers.Released("residence.absent", new DisclosedValue { Text = "false" }),
            Answers.Released("document.socialInsurance.contributionBase", new DisclosedValue { Text = "4960000.50", Document = "A1" }),
            Answers.Released("age.atLeast(18)", new DisclosedValue { Text = "unknown" })));

        var items = (await Ask()).AssertOk().GetProperty("items");

        Assert.Equal(4, items[0].GetProperty("value").GetInt32());
        Assert.Equal("population", items[0].GetProperty("source").GetString());
        Assert.Equal("2026-03-02T02:15:00Z", items[0].GetProperty("asOf").GetString());
        Assert.Equal("Nguyễn Thị Hòa", items[1].GetProperty("value").GetString());
        Assert.Equal(JsonValueKind.Null, items[1].GetProperty("values").ValueKind);
        Assert.Equal("Hòa Bé", items[2].GetProperty("value")[0].GetString());
        Assert.Equal(JsonValueKind.False, items[3].GetProperty("value").ValueKind);
        Assert.Equal(4960000.50m, items[4].GetProperty("values")[0].GetProperty("value").GetDecimal());
        Assert.Equal("A1", items[4].GetProperty("values")[0].GetProperty("document").GetString());
        Assert.Equal("unknown", items[5].GetProperty("value").GetString());
        Assert.All(items.EnumerateArray(), item => Assert.True(item.GetProperty("held").GetBoolean()));
    }

    [Fact]
    public async Task Several_documents_give_several_values_and_no_single_one()
    {
        _server.Grains.On<ICitizenDisclosures, DisclosureAnswer>("Disclose", call => Answers.Disclosure(
            call,
            Outcome.Permitted,
            Answers.Released(
                "document.vehicleRegistration.plate",
                new DisclosedValue { Text = "48A-00001", Document = "1" },
                new DisclosedValue { Text = "48A-00002", Document = "2" }),
            Answers.Released("document.degree.level")));

        var items = (await Ask()).AssertOk().GetProperty("items");

        Assert.Equal(JsonValueKind.Null, items[0].GetProperty("value").ValueKind);
        Assert.Equal(2, items[0].GetProperty("values").GetArrayLength());
        Assert.False(items[1].GetProperty("held").GetBoolean());
        Assert.Equal(0, items[1].GetProperty("values").GetArrayLength());
    }

    [Fact]
    public async Task A_value_that_its_source_spoiled_is_given_as_the_text_it_is()
    {
        _server.Grains.On<ICitizenDisclosures, DisclosureAnswer>("Disclose", call => Answers.Disclosure(
            call, Outcome.Permitted, Answers.Released("household.memberCount", new DisclosedValue { Text = "four" })));

        Assert.Equal("four", (await Ask()).AssertOk().GetProperty("items")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_denied_item_says_why_and_what_would_change_it_and_nothing_of_the_value()
    {
        _server.Grains.On<ICitizenDisclosures, DisclosureAnswer>("Disclose", call => Answers.Disclosure(
            call,
            Outcome.PartlyPermitted,
            Answers.Released("household.memberCount", new DisclosedValue { Text = "4" }),
            Answers.Denied(
                "profile.fullName",
                Reason.ConsentWithdrawn,
                new RemedyView { Kind = RemedyKind.ObtainConsent, Value = "ngan-hang", Detail = "bank.account-opening" }) with
            {
                // A grain never does this; the API would not pass it on if one did.
                Values = [new DisclosedValue { Text = "Nguyễn Thị Hòa" }],
            }));

        var answer = await Ask();

        var item = answer.AssertOk().GetProperty("items")[1];
        Assert.Equal("partlyPermitted", answer.Json.GetProperty("outcome").GetString());
        Assert.Equal("denied", item.GetProperty("outcome").GetString());
        Assert.Equal("consent.withdrawn", item.GetProperty("reason").GetString());
        Assert.Equal("consent.obtain", item.GetProperty("remedies")[0].GetProperty("code").GetString());
        Assert.Contains("rút lại", item.GetProperty("explanation").GetProperty("vi").GetString()!, StringComparison.Ordinal);
        Assert.Contains("withdrew", item.GetProperty("explanation").GetProperty("en").GetString()!, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, item.GetProperty("held").ValueKind);
        Assert.DoesNotContain("Nguyễn Thị Hòa", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wholly_denied_disclosure_is_a_problem_that_names_its_ledger_entry()
    {
        _server.Grains.On<ICitizenDisclosures, DisclosureAnswer>("Disclose", call => Answers.Disclosure(
            call, Outcome.Denied, Answers.Denied("profile.fullName", Reason.SystemSuspended)));

        var answer = await Ask();

        answer.AssertRefused(403, "disclosure.denied");
        Assert.Equal("denied", answer.Json.GetProperty("outcome").GetString());
        Assert.Equal(12, answer.Json.GetProperty("ledger").GetProperty("seq").GetInt64());
        Assert.Equal(new string('b', 64), answer.Json.GetProperty("ledger").GetProperty("hash").GetString());
        Assert.Equal("system.suspended", answer.Json.GetProperty("items")[0].GetProperty("reason").GetString());
        Assert.Equal(_server.Grains.Last.Argument<DisclosureCall>().Id, answer.Json.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_moved_ledger_is_tried_once_more_as_a_new_disclosure()
    {
        var attempts = 0;
        _server.Grains.On<ICitizenDisclosures, DisclosureAnswer>("Disclose", call => ++attempts == 1
            ? throw new TryAgainException(TryAgainException.LedgerMoved, "moved")
            : Answers.Disclosure(call, Outcome.Permitted));

        (await Ask()).AssertOk();

        Assert.Equal(2, _server.Grains.Calls.Select(call => call.Argument<DisclosureCall>().Id).Distinct().Count());
    }

    [Theory]
    [InlineData(TryAgainException.LedgerMoved, 2)]
    [InlineData(TryAgainException.RecordUnavailable, 2)]
    [InlineData(TryAgainException.LedgerBusy, 1)]
    [InlineData(TryAgainException.LedgerUnavailable, 1)]
    [InlineData(TryAgainException.RulesUnconfirmed, 1)]
    public async Task A_fault_that_stays_is_told_with_its_code_after_as_many_attempts(string code, int attempts)
    {
        _server.Grains.On<ICitizenDisclosures, DisclosureAnswer>("Disclose", _ => throw new TryAgainException(code, "fault"));

        var answer = await Ask();

        answer.AssertRefused(503, code);
        Assert.Equal("1", answer.Headers["Retry-After"]);
        Assert.Equal(attempts, _server.Grains.Calls.Count);
    }

    [Fact]
    public async Task A_recorded_disclosure_is_found_without_its_values()
    {
        var id = Guid.NewGuid();
        _server.Grains.On<IDisclosureArchive, DisclosureAnswer?>("Find", call => call.Argument<Guid>(1) == id && call.Argument<string>() == "insurance"
            ? Answers.Disclosure(
                new GrainCall("", "", [new DisclosureCall { Id = id, System = "insurance", Purpose = "p", Targets = [] }]),
                Outcome.Permitted,
                Answers.Released("household.memberCount", new DisclosedValue { Text = "4" }))
            : null);

        var item = (await _server.Get($"/v1/disclosures/{id}", Reader)).AssertOk().GetProperty("items")[0];

        Assert.Equal("released", item.GetProperty("outcome").GetString());
        Assert.All(new[] { "value", "held", "values" }, member => Assert.Equal(JsonValueKind.Null, item.GetProperty(member).ValueKind));
        (await _server.Get($"/v1/disclosures/{Guid.NewGuid()}", Reader)).AssertRefused(404, "disclosure.unknown");
        (await _server.Get("/v1/disclosures/067199000017", Reader)).AssertRefused(400, "request.parameter-malformed");
    }

    string Reader => _server.SystemToken("disclosures.read");

    Task<ApiAnswer> Ask() => _server.Send(HttpMethod.Post, "/v1/disclosures", _server.SystemToken("disclosures.request"), Bodies.Disclosure);
}
