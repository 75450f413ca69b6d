using System.Text.Json;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Tests.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Domain.Citizens;

public sealed class AttributeValuesTests
{
    [Fact]
    public void Values_are_found_by_name_and_listed_in_ordinal_order()
    {
        var values = Some.Values(("b", "2"), ("a", "1"), ("B", "3"), ("đ", "4"), ("a", "5"));

        Assert.Equal(["B", "a", "b", "đ"], values.Select(pair => pair.Key));
        Assert.Equal(["3", "5", "2", "4"], values.Select(pair => values[pair.Key]));
        Assert.All(new[] { "", "A", "ab", "z", "Đ" }, name => Assert.Null(values[name]));
        Assert.Null(AttributeValues.Empty["a"]);
    }

    [Fact]
    public void Equal_content_is_equal()
    {
        var values = Some.Values(("a", "1"), ("b", "2"));

        Assert.Equal(values, Some.Values(("b", "2"), ("a", "1")));
        Assert.Equal(values.GetHashCode(), Some.Values(("b", "2"), ("a", "1")).GetHashCode());
        Assert.NotEqual(values, Some.Values(("a", "1")));
        Assert.NotEqual(values, Some.Values(("a", "1"), ("b", "3")));
        Assert.Equal(AttributeValues.Empty, Some.Values(("a", "1")).Without(_ => true));
        Assert.Equal(Some.Document("degree", "1", values: ("level", "x")), Some.Document("degree", "1", values: ("level", "x")));
    }

    [Fact]
    public void Taking_out_leaves_the_original_alone()
    {
        var values = Some.Values(("a", "1"), ("b", "2"));

        Assert.Equal(["b"], values.Without(name => name == "a").Select(pair => pair.Key));
        Assert.Same(values, values.Without(name => name == "z"));
        Assert.Equal(2, values.Count);
    }

    [Fact]
    public void JSON_is_one_object_of_strings()
    {
        var values = Some.Values(("profile.fullName", "H'Hen Niê \"Byă\""), ("a", ""));

        Assert.Equal("""{"a":"","profile.fullName":"H'Hen Niê \"Byă\""}""", DomainJson.Write(values));
        Assert.Equal(values, DomainJson.Read<AttributeValues>(DomainJson.Write(values)));
        Assert.Equal(AttributeValues.Empty, DomainJson.Read<AttributeValues>("{}"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"a\"")]
    [InlineData("1")]
    [InlineData("[]")]
    [InlineData("[\"a\",\"b\"]")]
    [InlineData("""{"a":null}""")]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"a":{"b":"c"}}""")]
    [InlineData("""{"a":["b"]}""")]
    [InlineData("""{"a":"b" """)]
    public void Any_other_JSON_is_refused(string json) => Assert.Throws<JsonException>(() => DomainJson.Read<AttributeValues>(json));
}
