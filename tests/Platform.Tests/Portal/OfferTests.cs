using Platform.Domain.Catalogue;
using Platform.Domain.Sharing;
using Platform.Portal.Pages.Counter;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>The counter's form against the rules and the catalogue that ship: it offers what may be asked, under the same names, and nothing else.</summary>
public sealed class OfferTests
{
    static Rule[] Rules => [.. RuleBook.Shipped.Rules.Where(rule => rule.Id is "one-stop-prefill" or "one-stop-questions")];

    [Fact]
    public void What_the_form_offers_is_what_the_rules_permit()
    {
        var permitted = Rules.SelectMany(rule => rule.Targets).SelectMany(target => target.EndsWith(".*", StringComparison.Ordinal)
            ? AttributeCatalogue.Shipped.Attributes.Keys.Where(path => path.StartsWith(target[..^1], StringComparison.Ordinal))
            : [target]);
        Assert.Equal(permitted.Order(StringComparer.Ordinal), Procedure.Attributes.Concat(Procedure.Predicates).Select(offer => offer.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Its_labels_are_those_of_the_catalogue() => Assert.All(Procedure.Attributes.Concat(Procedure.Predicates), offer =>
    {
        var label = AttributeCatalogue.Shipped.Label(offer.Name);
        Assert.Equal((label.Vi, label.En), (offer.Vi, offer.En));
    });

    [Fact]
    public void Its_case_numbers_have_the_form_of_the_rules() => Assert.All(Rules, rule =>
    {
        var condition = Assert.Single(rule.When.OfType<CaseReferenceCondition>());
        Assert.Equal(condition.Pattern.TrimEnd('$'), Procedure.CaseNumber().ToString().Replace("\\z", "", StringComparison.Ordinal));
        Assert.Equal(Procedure.CaseExample, condition.Example);
    });
}
