using System.Collections.Immutable;
using Platform.Domain.Catalogue;
using Platform.Domain.Sharing;

namespace Platform.Synthetic.Consents;

/// <summary>What a citizen can be asked to consent to: a purpose of the shipped rule book that rests on consent, and what its rules cover.</summary>
internal sealed record ConsentOffer(string Recipient, string Purpose, ImmutableArray<string> Targets, string TextHashVi, string TextHashEn)
{
    public static ImmutableArray<ConsentOffer> All { get; } = [.. Offers(RuleBook.Shipped)];

    private static IEnumerable<ConsentOffer> Offers(RuleBook book)
    {
        foreach (var purpose in book.Purposes.Where(purpose => purpose.Ground == "consent"))
        {
            var rules = book.Rules.Where(rule => rule.Effect == Effect.Permit && Asks(rule, purpose.Code)).ToArray();
            var organisations = rules.SelectMany(Systems).Select(system => book.System(system)!.Organisation).Distinct(StringComparer.Ordinal);
            ImmutableArray<string> targets = [.. Names().Where(name => Array.Exists(rules, rule => rule.Covers(name))).Order(StringComparer.Ordinal)];
            foreach (var organisation in organisations)
            {
                yield return new ConsentOffer(
                    organisation,
                    purpose.Code,
                    targets,
                    ConsentWriter.Hash($"{book.Organisation(organisation)!.Name.Vi}\n{purpose.Name.Vi}\n{purpose.Description.Vi}\n{string.Join('\n', targets)}"),
                    ConsentWriter.Hash($"{book.Organisation(organisation)!.Name.En}\n{purpose.Name.En}\n{purpose.Description.En}\n{string.Join('\n', targets)}"));
            }
        }
    }

    private static IEnumerable<string> Names() => AttributeCatalogue.Shipped.Attributes.Keys.Concat(AttributeCatalogue.Shipped.Predicates.Keys);

    private static bool Asks(Rule rule, string purpose) =>
        rule.When.OfType<ConsentCondition>().Any() && rule.When.OfType<PurposeCondition>().Any(condition => condition.AnyOf.Contains(purpose));

    private static IEnumerable<string> Systems(Rule rule) => rule.When.OfType<SystemCondition>().SelectMany(condition => condition.AnyOf);
}
