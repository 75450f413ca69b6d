using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Platform.Tests.Domain;

public sealed partial class ShippedDataTests
{
    private static readonly string[] Types = ["text", "code", "date", "partialDate", "integer", "decimal", "boolean", "textList", "personId", "personList"];

    public static TheoryData<string> Files => [.. ShippedJson.Names];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_text_is_composed_Unicode_without_stray_spaces(string file)
    {
        var texts = Walk(file).Where(found => found.Value.ValueKind == JsonValueKind.String).ToArray();

        Assert.True(texts.Length > 100);
        Assert.Empty(texts.Where(found => !found.Value.GetString()!.IsNormalized(NormalizationForm.FormC)).Select(found => found.Path));
        Assert.Empty(texts.Where(found => found.Value.GetString() is var text && text != text!.Trim()).Select(found => found.Path));
        Assert.Empty(texts.Where(found => found.Value.GetString() is "" || found.Value.GetString()!.Contains('\uFFFD')).Select(found => found.Path));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_label_has_both_languages(string file)
    {
        var labels = Walk(file)
            .Where(found => found.Value.ValueKind == JsonValueKind.Object && (Has(found.Value, "vi") || Has(found.Value, "en")));

        Assert.Empty(labels.Where(found => !Has(found.Value, "vi") || !Has(found.Value, "en")).Select(found => found.Path));
    }

    [Theory]
    [InlineData("catalogue.json")]
    [InlineData("rulebook-1.json")]
    public void A_Vietnamese_text_of_some_length_carries_its_diacritics(string file)
    {
        var bare = Walk(file)
            .Where(found => found.Path.EndsWith(".vi", StringComparison.Ordinal))
            .Where(found => found.Value.GetString() is var text && text!.Split(' ').Length >= 3 && Ascii.IsValid(text));

        Assert.Empty(bare.Select(found => found.Path));
    }

    [Theory]
    [InlineData("catalogue.json", "sources", "groups", "documentAttributes", "attributes", "predicates")]
    [InlineData("codes.json", "ethnicGroups", "religions", "maritalStatus", "relationsToHead", "sexes")]
    public void Everything_in_a_labelled_list_has_a_label(string file, params string[] lists) =>
        Assert.Empty(lists.SelectMany(list => ShippedJson.Read(file).Items(list)).Where(item => !Has(item, "vi")).Select(item => item.GetRawText()));

    [Theory]
    [InlineData("organisations", "name")]
    [InlineData("systems", "name")]
    [InlineData("grounds", "name")]
    [InlineData("purposes", "name")]
    [InlineData("purposes", "description")]
    [InlineData("rules", "name")]
    public void Everything_in_the_rule_book_is_named(string list, string property) =>
        Assert.All(ShippedJson.RuleBook.Items(list), item => Assert.True(item.TryGetProperty(property, out var label) && Has(label, "vi"), item.GetRawText()));

    [Theory]
    [InlineData("catalogue.json")]
    [InlineData("rulebook-1.json")]
    public void A_citation_names_a_numbered_law(string file)
    {
        var citations = Walk(file).Where(found => found.Path.EndsWith(".article", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(citations);
        Assert.Empty(citations.SelectMany(found => found.Value.GetString()!.Split("; ")).Where(citation => !Citation().IsMatch(citation)).Distinct());
    }

    [Fact]
    public void Attributes_and_predicates_have_names_of_their_own()
    {
        var names = ShippedCatalogue.Attributes.Select(attribute => attribute.Path)
            .Concat(ShippedJson.Catalogue.Items("predicates").Select(predicate => predicate.Text("name")));

        Assert.Empty(names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void An_attribute_has_a_known_source_group_type_and_class()
    {
        var sources = ShippedJson.Catalogue.Items("sources").Select(source => source.Text("key")).ToHashSet();
        var groups = ShippedJson.Catalogue.Items("groups").Select(group => group.Text("key")).ToArray();

        Assert.Equal(sources.Count, ShippedJson.Catalogue.Items("sources").Length);
        Assert.All(ShippedJson.Catalogue.Items("attributes"), attribute =>
        {
            Assert.Contains(attribute.Text("source"), sources);
            Assert.Single(groups, group => attribute.Text("path").StartsWith($"{group}.", StringComparison.Ordinal));
            Assert.Contains(attribute.Text("type"), Types);
            Assert.Contains(attribute.Text("sensitivity"), new[] { "basic", "sensitive" });
            Assert.True(!Has(attribute, "codes") || attribute.Text("type") == "code", attribute.Text("path"));
        });
        Assert.All(ShippedCatalogue.DocumentGroups, group =>
        {
            Assert.Equal($"document.{group.Text("document")}", group.Text("key"));
            Assert.Contains(group.Text("source"), sources);
            Assert.Contains(group.Text("sensitivity"), new[] { "basic", "sensitive" });
            Assert.NotEmpty(group.Text("article"));
        });
    }

    [Fact]
    public void A_predicate_reads_attributes_that_exist()
    {
        var paths = ShippedCatalogue.Attributes.Select(attribute => attribute.Path).ToHashSet();

        Assert.All(ShippedJson.Catalogue.Items("predicates"), predicate =>
        {
            Assert.NotEmpty(predicate.Texts("reads"));
            Assert.Empty(predicate.Texts("reads").Except(paths));
            Assert.Contains(predicate.Text("parameter"), Types.Append("none"));
        });
    }

    [Fact]
    public void Every_document_kind_can_be_asked_about_without_reading_it() =>
        Assert.All(ShippedCatalogue.DocumentGroups, group =>
        {
            Assert.Contains($"{group.Text("key")}.held", ShippedCatalogue.Predicates.Keys);
            Assert.Contains($"{group.Text("key")}.validOn", ShippedCatalogue.Predicates.Keys);
        });

    [Theory]
    [InlineData("profile.ethnicity")]
    [InlineData("profile.religion")]
    [InlineData("profile.bloodGroup")]
    [InlineData("document.healthInsurance.*")]
    [InlineData("document.healthRecord.*")]
    [InlineData("document.vaccination.*")]
    [InlineData("document.socialAssistance.*")]
    public void Origin_belief_health_and_welfare_are_sensitive(string target)
    {
        Assert.NotEmpty(ShippedCatalogue.Covered(target));
        Assert.All(ShippedCatalogue.Covered(target), name => Assert.True(ShippedCatalogue.IsSensitive(name), name));
    }

    [Fact]
    public void No_attribute_holds_biometrics() =>
        Assert.DoesNotContain(ShippedCatalogue.Attributes, attribute => Biometric().IsMatch(attribute.Path));

    [Theory]
    [InlineData("profile.ethnicity", "ethnicGroups")]
    [InlineData("profile.religion", "religions")]
    [InlineData("profile.maritalStatus", "maritalStatus")]
    [InlineData("household.relationToHead", "relationsToHead")]
    [InlineData("profile.sex", "sexes")]
    public void The_catalogue_allows_exactly_the_codes_of_the_code_list(string path, string list)
    {
        var attribute = Assert.Single(ShippedJson.Catalogue.Items("attributes"), attribute => attribute.Text("path") == path);

        Assert.Equal(ShippedJson.Codes.Items(list).Select(code => code.Text("code")), attribute.Texts("codes"));
    }

    private static IEnumerable<(string Path, JsonElement Value)> Walk(string file) => ShippedJson.Walk(ShippedJson.Read(file), file);

    private static bool Has(JsonElement element, string property) => element.TryGetProperty(property, out _);

    [GeneratedRegex(@"^(Law|Decree|Circular|Resolution|Decision) [0-9]+(\.[0-9]+)?(/[0-9]{4})?/[A-ZĐ0-9-]+( art\. [0-9]+(\.[0-9]+)?)?$")]
    private static partial Regex Citation();

    [GeneratedRegex(@"\.(face|finger|iris|dna|voice|biometric|portrait)|(Face|Finger|Iris|Dna|Voice|Biometric|Portrait)")]
    private static partial Regex Biometric();
}
