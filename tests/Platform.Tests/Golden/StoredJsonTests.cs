using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Sharing;
using Platform.Silo.Accounts;
using Platform.Silo.Citizens;
using Xunit;

namespace Platform.Tests.Golden;

/// <summary>What was stored or hashed once is read for ever, and the same value always gives the same bytes.</summary>
public sealed class StoredJsonTests
{
    // What was added after an example was written is shown by another example.
    private static readonly FrozenDictionary<string, string[]> Later = new Dictionary<string, string[]>
    {
        ["eid-account"] = ["stay"],
        ["eid-logouts"] = ["stay"],
        ["body-consent"] = ["text", "givenBy", "request", "requestsDigest"],
        ["body-consent-text"] = ["givenBy", "request", "requestsDigest"],
        ["body-consent-ward"] = ["request", "requestsDigest"],
        ["body-consent-answer"] = ["text", "givenBy"],
        ["consent"] = ["givenBy"],
        ["citizen-record"] = ["givenBy"],
        ["citizen-state"] = ["givenBy"],
        ["import-row"] = ["givenBy"],
    }.ToFrozenDictionary();

    public static TheoryData<string> Names => [.. Stored.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_stored_is_written_and_read_as_before(string name)
    {
        var value = Stored.All[name];
        var written = JsonSerializer.Serialize(value, value.GetType(), DomainJson.Options);
        var golden = GoldenFile.Read($"{name}.json", written);

        Assert.Equal(golden, written);
        Assert.Equal(golden, JsonSerializer.Serialize(JsonSerializer.Deserialize(golden, value.GetType(), DomainJson.Options), value.GetType(), DomainJson.Options));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_example_shows_every_property(string name)
    {
        var value = Stored.All[name];
        var shown = Objects(JsonSerializer.SerializeToNode(value, value.GetType(), DomainJson.Options))
            .SelectMany(node => node.Select(pair => pair.Key))
            .ToHashSet();

        Assert.Empty(Properties(value.GetType(), [])
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))
            .Except(shown)
            .Except(Later.GetValueOrDefault(name, [])));
    }

    [Fact]
    public void A_record_of_which_only_the_number_is_stored_is_read()
    {
        var record = DomainJson.Read<CitizenRecord>("""{"personalId":"067085012345","later":{"unknown":1}}""");

        Assert.Equal((CitizenStatus.Active, false, 0, 0, 0), (record.Status, record.Protected, record.Attributes.Length, record.Documents.Length, record.Consents.Length));
    }

    [Fact]
    public void A_state_from_before_there_were_requests_is_read()
    {
        var state = DomainJson.Read<CitizenState>("""{"record":{"personalId":"067085012345"},"pending":[],"operations":[]}""");

        Assert.Equal((0, 0, 0), (state.Requests.Length, state.RequestOperations.Length, state.Presentations.Length));
    }

    [Fact]
    public void An_activation_that_still_counted_tries_is_read()
    {
        var state = DomainJson.Read<AccountState>(
            """{"account":{"holder":"citizen","state":"registered","level":1,"activation":{"codeDigest":"digest","until":"2026-07-15T03:00:00Z","triesLeft":4}}}""");

        Assert.Equal("digest", state.Account!.Activation!.CodeDigest);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"personalId":null}""")]
    [InlineData("""{"personalId":"067085012345","status":1}""")]
    [InlineData("""{"personalId":"067085012345","status":"asleep"}""")]
    [InlineData("""{"personalId":"067085012345","documents":null}""")]
    [InlineData("""{"personalId":"067085012345","documents":[{"kind":null,"number":"1","issuer":"a","provenance":{"source":"a","asOf":"2026-07-15T03:00:00Z","version":1}}]}""")]
    [InlineData("""{"personalId":"067085012345","attributes":[{"values":{}}]}""")]
    public void Stored_text_that_is_no_record_is_refused(string json) => Assert.Throws<JsonException>(() => DomainJson.Read<CitizenRecord>(json));

    [Theory]
    [InlineData("""{"anyOf":["a"]}""")]
    [InlineData("""{"kind":"moon","anyOf":["a"]}""")]
    [InlineData("""{"kind":"quota","count":"1","per":"day"}""")]
    [InlineData("""{"kind":"quota","count":1,"per":"week"}""")]
    [InlineData("""{"kind":"hours","days":[1],"from":"24:00","to":"25:00"}""")]
    public void A_condition_outside_the_vocabulary_is_refused(string json) => Assert.ThrowsAny<Exception>(() => DomainJson.Read<Condition>(json));

    [Fact]
    public void The_kind_of_a_condition_may_stand_anywhere() =>
        Assert.IsType<SystemCondition>(DomainJson.Read<Condition>("""{"anyOf":["a"],"kind":"system"}"""));

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(pair => Objects(pair.Value)).Prepend(item),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    private static IEnumerable<PropertyInfo> Properties(Type type, HashSet<Type> seen)
    {
        var element = Nullable.GetUnderlyingType(type) ?? type;
        if (element.IsGenericType && element.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            return Properties(element.GetGenericArguments()[0], seen);
        }

        var isOurs = element.Assembly == typeof(CitizenRecord).Assembly || element.Assembly == typeof(CitizenState).Assembly
            || element.Assembly == typeof(ICitizenSelf).Assembly;
        if (!isOurs || element.IsEnum || element.IsDefined(typeof(System.Text.Json.Serialization.JsonConverterAttribute)) || !seen.Add(element))
        {
            return [];
        }

        var own = element.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.SetMethod is not null).ToArray();
        return own.Concat(own.SelectMany(property => Properties(property.PropertyType, seen))).ToArray();
    }
}
