using System.Collections.Immutable;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Domain.Sharing;

public sealed class RuleBookCheckTests
{
    private static readonly Rule Sound = Some.Rule("r1", Effect.Permit, ["profile.fullName"], new SystemCondition(["sys-a"]), new PurposeCondition(["one"]));

    public static TheoryData<string, string> UnsoundConditions => new()
    {
        { """{"kind":"system","anyOf":["sys-z"]}""", "unknown system 'sys-z'" },
        { """{"kind":"system","anyOf":[]}""", "lists no system" },
        { """{"kind":"system"}""", "lists no system" },
        { """{"kind":"system","anyOf":[null]}""", "lists no system" },
        { """{"kind":"organisation","anyOf":["sys-a"]}""", "unknown organisation 'sys-a'" },
        { """{"kind":"organisation","anyOf":[]}""", "lists no organisation" },
        { """{"kind":"purpose","anyOf":["one","four"]}""", "unknown purpose 'four'" },
        { """{"kind":"purpose","anyOf":[]}""", "lists no purpose" },
        { """{"kind":"ground","anyOf":["nowhere"]}""", "unknown ground 'nowhere'" },
        { """{"kind":"ground","anyOf":[]}""", "lists no ground" },
        { """{"kind":"area","communes":[]}""", "lists no commune" },
        { """{"kind":"relation","anyOf":[]}""", "lists no relation" },
        { """{"kind":"relation","anyOf":["unknown"]}""", "lists no relation" },
        { """{"kind":"identityLevel","atLeast":0}""", "e-ID level 0" },
        { """{"kind":"identityLevel","atLeast":3}""", "e-ID level 3" },
        { """{"kind":"quota","count":0,"per":"day"}""", "quota of 0" },
        { """{"kind":"quota","count":1,"per":"total"}""", "not per day, month or year" },
        { """{"kind":"quota","count":1}""", "not per day, month or year" },
        { """{"kind":"hours","days":[],"from":"07:00","to":"17:00"}""", "hours on no day" },
        { """{"kind":"hours","from":"07:00","to":"17:00"}""", "hours on no day" },
        { """{"kind":"hours","days":[0],"from":"07:00","to":"17:00"}""", "other than 1 (Monday) to 7" },
        { """{"kind":"hours","days":[8],"from":"07:00","to":"17:00"}""", "other than 1 (Monday) to 7" },
        { """{"kind":"hours","days":[1],"from":"17:00","to":"07:00"}""", "end before they begin" },
        { """{"kind":"hours","days":[1],"from":"07:00","to":"07:00"}""", "end before they begin" },
        { """{"kind":"caseReference","pattern":"","example":""}""", "empty or longer than 200" },
        { """{"kind":"caseReference","example":"A"}""", "empty or longer than 200" },
        { """{"kind":"caseReference","pattern":"^[A$","example":"A"}""", "cannot be matched in linear time" },
        { """{"kind":"caseReference","pattern":"^(A)\\1$","example":"AA"}""", "cannot be matched in linear time" },
        { """{"kind":"caseReference","pattern":"^(?=A)A$","example":"A"}""", "cannot be matched in linear time" },
        { """{"kind":"caseReference","pattern":"((A{900}){900}){900}","example":"A"}""", "cannot be matched in linear time" },
        { """{"kind":"caseReference","pattern":"A)|(B","example":"A"}""", "cannot be matched in linear time" },
        { """{"kind":"caseReference","pattern":"^A$","example":"B"}""", "its own pattern refuses" },
        { """{"kind":"caseReference","pattern":"^A$","example":"A\n"}""", "its own pattern refuses" },
        { """{"kind":"caseReference","pattern":"A","example":"BAB"}""", "its own pattern refuses" },
        { """{"kind":"caseReference","pattern":"A"}""", "its own pattern refuses" },
    };

    [Fact]
    public void The_shipped_book_has_no_findings() => Assert.Empty(RuleBookCheck.Check(RuleBook.Shipped, AttributeCatalogue.Shipped));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_quota_of_a_system_lets_it_have_something(int quota)
    {
        var book = Some.Book(Sound);

        Assert.Contains("suspend it instead", Assert.Single(Check(book with { Systems = [book.Systems[0] with { DailyReleases = quota }, .. book.Systems[1..]] })), StringComparison.Ordinal);
        Assert.Empty(Check(book with { Systems = [book.Systems[0] with { DailyReleases = 1 }, .. book.Systems[1..]] }));
    }

    [Fact]
    public void A_sound_book_has_no_findings() => Assert.Empty(Check(Some.Book(Sound)));

    [Theory]
    [MemberData(nameof(UnsoundConditions))]
    public void A_condition_that_cannot_be_meant_is_found(string condition, string finding)
    {
        var book = Some.Book(Sound with { When = [DomainJson.Read<Condition>(condition)] });

        var found = Assert.Single(Check(book));
        Assert.Contains(finding, found, StringComparison.Ordinal);
        Assert.StartsWith("Rule 'r1' ", found, StringComparison.Ordinal);
    }

    [Fact]
    public void An_overlong_pattern_is_found()
    {
        Assert.Empty(Check(Some.Book(Sound with { When = [new CaseReferenceCondition(new string('A', 200), new string('A', 200))] })));
        Assert.Contains(
            "longer than 200",
            Assert.Single(Check(Some.Book(Sound with { When = [new CaseReferenceCondition(new string('A', 201), new string('A', 201))] }))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_without_condition_target_version_or_words_is_found()
    {
        Finds("has no condition", Sound with { When = [] });
        Finds("has no target", Sound with { Targets = [] });
        Finds("the version 0", Sound with { Version = 0 });
        Finds("lacks its sentence", Sound with { Name = new LocalText { Vi = "Có", En = " " } });
        Finds("lacks its sentence", Sound with { Article = "" });
    }

    [Theory]
    [InlineData("profile.nothing")]
    [InlineData("profile")]
    [InlineData("profile.")]
    [InlineData("nothing.*")]
    [InlineData("profile.fullName.*")]
    [InlineData("*.fullName")]
    [InlineData("age.atLeast(18)")]
    [InlineData("")]
    public void A_target_that_covers_nothing_is_found(string selector) => Finds("covers nothing in the catalogue", Sound with { Targets = [selector] });

    [Theory]
    [InlineData("*")]
    [InlineData("document.*")]
    [InlineData("document.degree.*")]
    [InlineData("age.atLeast")]
    public void A_target_that_covers_something_is_fine(string selector) => Assert.Empty(Check(Some.Book(Sound with { Targets = [selector] })));

    [Fact]
    public void Ids_that_are_given_twice_are_found()
    {
        var book = Some.Book(Sound, Sound);
        book = book with
        {
            Organisations = book.Organisations.Add(book.Organisations[0]),
            Systems = book.Systems.Add(book.Systems[0]),
            Grounds = book.Grounds.Add(book.Grounds[0]),
            Purposes = book.Purposes.Add(book.Purposes[0]),
        };

        Assert.Equal(
            [
                "The organisation id 'org-a' is given 2 times.", "The system id 'sys-a' is given 2 times.", "The ground id 'law' is given 2 times.",
                "The purpose id 'one' is given 2 times.", "The rule id 'r1' is given 2 times.",
            ],
            Check(book));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("R1")]
    [InlineData("two words")]
    [InlineData("quy-tắc")]
    public void An_id_that_could_not_stand_in_a_tag_is_found(string id) => Assert.Contains(
        Check(Some.Book(Sound with { Id = id })), finding => finding.StartsWith($"The rule id '{id}' is not made of", StringComparison.Ordinal));

    [Fact]
    public void Systems_and_purposes_refer_to_what_the_book_has()
    {
        var book = Some.Book(Sound);

        Finds("unknown organisation 'gone'", book with { Systems = book.Systems.SetItem(0, book.Systems[0] with { Organisation = "gone" }) });
        Finds("unknown kind 'passport'", book with { Systems = book.Systems.SetItem(0, book.Systems[0] with { Pushes = ["degree", "passport"] }) });
        Finds("unknown kind 'club'", book with { Organisations = book.Organisations.SetItem(0, book.Organisations[0] with { Kind = "club" }) });
        Finds("unknown ground 'gone'", book with { Purposes = book.Purposes.SetItem(0, book.Purposes[0] with { Ground = "gone" }) });
        Finds("has no legal ground", book with { Purposes = book.Purposes.SetItem(0, book.Purposes[0] with { Ground = "" }) });
    }

    [Fact]
    public void Missing_words_are_found_everywhere()
    {
        var book = Some.Book(Sound);
        var nothing = new LocalText { Vi = "", En = "x" };

        Finds("no title", book with { Title = nothing });
        Finds("Organisation 'org-a' has no name", book with { Organisations = book.Organisations.SetItem(0, book.Organisations[0] with { Name = nothing }) });
        Finds("System 'sys-a' has no name", book with { Systems = book.Systems.SetItem(0, book.Systems[0] with { Name = nothing }) });
        Finds("Ground 'law' lacks", book with { Grounds = book.Grounds.SetItem(0, book.Grounds[0] with { Article = "" }) });
        Finds("Purpose 'one' lacks", book with { Purposes = book.Purposes.SetItem(0, book.Purposes[0] with { Description = nothing }) });
    }

    [Fact]
    public void A_book_may_have_five_thousand_rules_and_no_more()
    {
        Rule[] rules = [.. Enumerable.Range(0, 5_001).Select(number => Sound with { Id = $"r{number}" })];

        Assert.Empty(Check(Some.Book(rules[..5_000])));
        Finds("has 5001 rules", Some.Book(rules));
    }

    [Theory]
    [InlineData("profile.religion")]
    [InlineData("profile.*")]
    [InlineData("*")]
    [InlineData("document.healthRecord.held")]
    public void A_bank_gets_nothing_sensitive_without_consent(string selector)
    {
        var rule = Sound with { Targets = [selector], When = [new SystemCondition(["sys-a", "sys-b"])] };

        Finds("of an enterprise or bank, without consent", rule);
        Finds("of an enterprise or bank, without consent", rule with { When = [new PurposeCondition(["one"])] });
        Finds("of an enterprise or bank, without consent", rule with { When = [new OrganisationCondition(["org-b"])] });
        Assert.Empty(Check(Some.Book(rule with { When = rule.When.Add(new ConsentCondition()) })));
        Assert.Empty(Check(Some.Book(rule with { When = [new SystemCondition(["sys-a"])] })));
        Assert.Empty(Check(Some.Book(rule with { Effect = Effect.Forbid })));
        Assert.Empty(Check(Some.Book(rule with { When = [new SystemCondition(["sys-b"]), new OrganisationCondition(["org-a"])] })));
    }

    [Fact]
    public void A_book_with_holes_is_found_and_not_stumbled_over()
    {
        var book = Some.Book(Sound);
        const string Hole = "in the place of an entry";

        Finds(Hole, book with { Rules = [null!] });
        Finds(Hole, book with { Rules = default });
        Finds(Hole, Sound with { When = [null!] });
        Finds(Hole, Sound with { Targets = default });
        Finds(Hole, book with { Purposes = [null!] });
        Finds(Hole, book with { Systems = [book.Systems[0] with { Pushes = [null!] }] });
    }

    [Fact]
    public void A_book_that_is_wrong_all_over_is_told_in_a_bounded_list()
    {
        var findings = Check(Some.Book([.. Enumerable.Range(0, 500).Select(number => Sound with { Id = $"r{number}", Version = 0 })]));

        Assert.Equal(RuleBookCheck.MaxFindings + 1, findings.Length);
        Assert.Contains("more than 200 findings", findings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_of_every_period_that_a_quota_may_have_are_fine() => Assert.All(
        new[] { Period.Day, Period.Month, Period.Year }, per => Assert.Empty(Check(Some.Book(Sound with { When = [new QuotaCondition(1, per)] }))));

    private static void Finds(string finding, Rule rule) => Finds(finding, Some.Book(rule));

    private static void Finds(string finding, RuleBook book) => Assert.Contains(finding, Assert.Single(Check(book)), StringComparison.Ordinal);

    private static ImmutableArray<string> Check(RuleBook book) => RuleBookCheck.Check(book, AttributeCatalogue.Shipped);
}
