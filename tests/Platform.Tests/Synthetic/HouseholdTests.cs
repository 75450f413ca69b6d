using System.Globalization;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Xunit;

namespace Platform.Tests.Synthetic;

public sealed class HouseholdTests
{
    [Fact]
    public void A_household_has_exactly_one_head_who_is_of_age() => Assert.All(Province.Sound, household =>
    {
        var head = Assert.Single(household, member => member.Relation() == "head");
        Assert.Equal(Answer.Yes, head.Born().HasReachedAge(18, Province.Today.AddYears(1)));
        Assert.All(household, member => Assert.Equal(head.Name(), member.Attribute("household.headName")));
    });

    [Fact]
    public void Every_member_carries_the_same_list_of_all_members() => Assert.All(Province.Sound, household =>
    {
        Assert.All(household, member => Assert.Equal(household[0].Attribute("household.members"), member.Attribute("household.members")));
        Assert.Equal(
            household.Select(member => (member.PersonalId.Reveal(), member.Name(), member.Relation())),
            household[0].Members().Select(member => (member.PersonalId, member.FullName, (string?)member.Relation)));
        Assert.All(household, member => Assert.Equal(household.Length.ToString(CultureInfo.InvariantCulture), member.Attribute("household.memberCount")));
    });

    [Fact]
    public void Members_live_at_one_address_of_one_commune() => Assert.All(Province.Sound, household =>
    {
        Assert.Single(household.Select(member => member.Attribute("residence.permanent.address")).Distinct());
        Assert.Single(household.Select(member => member.Attribute("residence.permanent.commune")).Distinct());
    });

    [Fact]
    public void Married_people_name_each_other_and_are_of_the_age_to_marry() => Assert.All(Province.Sound, household =>
    {
        foreach (var member in household.Where(member => member.Attribute("profile.maritalStatus") == "married"))
        {
            var spouse = Assert.Single(household, other => other.Name() == member.Attribute("profile.spouseName") && other.Attribute("profile.spouseName") == member.Name());
            Assert.NotEqual(member.Sex(), spouse.Sex());
        }

        Assert.All(household.Where(member => member.Attribute("profile.maritalStatus") != "married"), member => Assert.Null(member.Attribute("profile.spouseName")));
        foreach (var (holder, paper) in household.SelectMany(member => member.Documents.Select(document => (member, document))).Where(pair => pair.document.Kind == "marriageCertificate"))
        {
            var day = DateOnly.Parse(paper.Values["marriedOn"]!, CultureInfo.InvariantCulture);
            Assert.NotEqual(Answer.No, holder.Born().HasReachedAge(holder.Sex() == Sex.Male ? 20 : 18, day));
        }
    });

    [Fact]
    public void Spouses_hold_the_same_marriage_certificate()
    {
        var numbers = Province.Sound
            .SelectMany(household => household.SelectMany(member => member.Documents.Where(document => document.Kind == "marriageCertificate").Select(document => (member, document.Number))))
            .GroupBy(pair => pair.Number)
            .ToArray();

        Assert.Contains(numbers, number => number.Count() == 2);
        Assert.All(numbers, number => Assert.InRange(number.Count(), 1, 2));
        Assert.All(numbers.Where(number => number.Count() == 2), pair => Assert.Equal(pair.First().member.Name(), pair.Last().member.Attribute("profile.spouseName")));
    }

    [Fact]
    public void Parents_are_older_than_their_children_by_a_plausible_span() => Assert.All(Province.Sound, household =>
    {
        foreach (var child in household)
        {
            foreach (var (path, most) in new[] { ("profile.motherName", 50), ("profile.fatherName", 70) })
            {
                var parent = household.FirstOrDefault(other => IsParent(other, child) && other.Name() == child.Attribute(path));
                if (parent is not null)
                {
                    Assert.InRange(child.Born().Year - parent.Born().Year, 17, most);
                }
            }
        }
    });

    [Fact]
    public void A_child_in_the_house_has_the_head_as_a_parent() => Assert.All(
        Province.Sound.SelectMany(household => household).Where(member => member.Relation() == "child"),
        child => Assert.Contains(child.Attribute("household.headName"), new[] { child.Attribute("profile.fatherName"), child.Attribute("profile.motherName") }));

    [Fact]
    public void A_household_has_about_four_people()
    {
        var sizes = Province.Living.GroupBy(record => record.Attribute("household.code")).Select(household => household.Count()).ToArray();

        Assert.InRange(sizes.Average(), 3.6, 4.0);
        Assert.InRange(sizes.Max(), 7, 15);
    }

    [Fact]
    public void All_former_communes_and_all_of_today_have_people()
    {
        Assert.Equal(
            Places.Shipped.FormerCommunes.Select(former => former.Code).Order(),
            Province.Living.Select(record => record.Attribute("household.code")!.Split('-')[1]).Distinct().Order());
        Assert.Equal(
            Places.Shipped.Communes.Select(commune => commune.Code).Order(),
            Province.Sound.Select(household => household[0].Attribute("residence.permanent.commune")!).Distinct().Order());
    }

    [Theory]
    [InlineData("660", 0.105)]
    [InlineData("661", 0.105)]
    [InlineData("662", 0.148)]
    [InlineData("663", 0.148)]
    [InlineData("664", 0.112)]
    [InlineData("665", 0.141)]
    [InlineData("666", 0.137)]
    [InlineData("667", 0.100)]
    public void Districts_have_their_share_of_the_population(string district, double share)
    {
        var communes = Places.Shipped.FormerCommunes.Where(former => former.District == district).Select(former => former.Code).ToHashSet();

        Assert.InRange(Province.Living.ToArray().Share(record => communes.Contains(record.Attribute("household.code")!.Split('-')[1])), share - 0.025, share + 0.025);
    }

    [Fact]
    public void Residence_began_after_birth_and_often_before_the_merger()
    {
        var since = Province.Sound.SelectMany(household => household)
            .Select(record => (Born: record.Born().Earliest, Since: DateOnly.Parse(record.Attribute("residence.permanent.since")!, CultureInfo.InvariantCulture)))
            .ToArray();

        Assert.All(since, record => Assert.InRange(record.Since, record.Born, Province.Today));
        Assert.InRange(since.Share(record => record.Since < new DateOnly(2025, 7, 1)), 0.7, 0.95);
    }

    [Fact]
    public void The_dead_have_a_day_of_death_and_no_residence()
    {
        var dead = Province.Rows.Select(row => row.Record).Where(record => record.Status == CitizenStatus.Deceased).ToArray();

        Assert.NotEmpty(dead);
        Assert.All(dead, record =>
        {
            Assert.True(PartialDate.Parse(record.Attribute("profile.deathDate")!).Latest < Province.Today);
            Assert.True(PartialDate.Parse(record.Attribute("profile.deathDate")!).Latest > record.Born().Earliest);
            Assert.Empty(record.Consents);
            Assert.DoesNotContain(record.Attributes[0].Values, value => value.Key.StartsWith("residence.", StringComparison.Ordinal) || value.Key.StartsWith("household.", StringComparison.Ordinal));
        });
    }

    private static bool IsParent(CitizenRecord other, CitizenRecord child) => (other.Relation(), child.Relation()) switch
    {
        ("head" or "spouse", "child" or "sibling") => child.Relation() == "child",
        ("child" or "child-in-law", "grandchild") => true,
        ("parent", "head") or ("parent-in-law", "spouse") => true,
        _ => false,
    };
}
