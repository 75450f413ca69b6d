using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Domain.Sharing;

public sealed class PredicateTests
{
    [Theory]
    [InlineData("2008-07-15", "18", Answer.Yes)]
    [InlineData("2008-07-16", "18", Answer.No)]
    [InlineData("2008", "18", Answer.Unknown)]
    [InlineData("2008-07", "18", Answer.Unknown)]
    [InlineData("2008-06", "18", Answer.Yes)]
    [InlineData("2008-08", "18", Answer.No)]
    [InlineData("2007", "18", Answer.Yes)]
    [InlineData("2009", "18", Answer.No)]
    [InlineData("2026-07-15", "0", Answer.Yes)]
    [InlineData("9999-12-31", "200", Answer.No)]
    [InlineData("not a date", "18", Answer.Unknown)]
    [InlineData(null, "18", Answer.Unknown)]
    [InlineData("1960", null, Answer.Unknown)]
    [InlineData("1960", "", Answer.Unknown)]
    [InlineData("1960", "-1", Answer.Unknown)]
    [InlineData("1960", "18.5", Answer.Unknown)]
    [InlineData("1960", " 18", Answer.Unknown)]
    [InlineData("1960", "201", Answer.Unknown)]
    [InlineData("1960", "99999999999999999999", Answer.Unknown)]
    [InlineData("1960", "١٨", Answer.Unknown)]
    public void Age_is_answered_as_far_as_the_birth_date_is_known(string? born, string? years, Answer expected) =>
        Assert.Equal(expected, Ask("age.atLeast", years, ("profile.birthDate", born)));

    [Fact]
    public void The_age_of_a_dead_person_is_still_told_by_the_date()
    {
        var record = Some.Citizen(("profile.birthDate", "1960"), ("profile.deathDate", "1970")) with { Status = CitizenStatus.Deceased };

        Assert.Equal(Answer.Yes, Predicates.Evaluate(record, "age.atLeast", "18", Some.Today));
    }

    [Theory]
    [InlineData("NGUYEN THI HOA;1985-05-12", Answer.Yes)]
    [InlineData("nguyễn thị hoà;1985-05-12", Answer.Yes)]
    [InlineData("NGUYENTHIHOA;1985-05-12", Answer.Yes)]
    [InlineData("  Nguyễn  Thị Hòa ; 1985-05-12 ", Answer.Yes)]
    [InlineData("NGUYEN THI HOA;1985", Answer.Yes)]
    [InlineData("NGUYEN THI HOA;1985-05", Answer.Yes)]
    [InlineData("NGUYEN THI HOA;1986", Answer.No)]
    [InlineData("NGUYEN THI HOA;1985-12-05", Answer.No)]
    [InlineData("NGUYEN THI HOA;1985-05-13", Answer.No)]
    [InlineData("NGUYEN THI HOAN;1985-05-12", Answer.No)]
    [InlineData("HOA NGUYEN THI;1985-05-12", Answer.No)]
    [InlineData("NGUYEN THI HOA", Answer.Unknown)]
    [InlineData("NGUYEN THI HOA;", Answer.Unknown)]
    [InlineData("NGUYEN THI HOA;12/05/1985", Answer.Unknown)]
    [InlineData("NGUYEN THI HOA;1985-02-30", Answer.Unknown)]
    [InlineData(";1985-05-12", Answer.Unknown)]
    [InlineData("...;1985-05-12", Answer.Unknown)]
    [InlineData("", Answer.Unknown)]
    [InlineData(null, Answer.Unknown)]
    public void Identity_matches_by_the_letters_of_the_name_and_the_date(string? argument, Answer expected) =>
        Assert.Equal(expected, Ask("identity.matches", argument, ("profile.fullName", "Nguyễn Thị Hòa"), ("profile.birthDate", "1985-05-12")));

    [Theory]
    [InlineData("Điểu K'Tôn", "DIEU KTON", Answer.Yes)]
    [InlineData("Điểu K'Tôn", "ĐIỂU K’TÔN", Answer.Yes)]
    [InlineData("H'Hen Niê Byă", "H HEN NIE BYA", Answer.Yes)]
    [InlineData("Ðặng Văn Ðức", "DANG VAN DUC", Answer.Yes)]
    public void Identity_matches_for_names_with_strokes_and_apostrophes(string held, string asked, Answer expected) =>
        Assert.Equal(expected, Ask("identity.matches", asked + ";1960", ("profile.fullName", held), ("profile.birthDate", "1960")));

    [Fact]
    public void Identity_is_compared_on_the_parts_of_the_date_that_both_sides_know()
    {
        Assert.Equal(Answer.Yes, Ask("identity.matches", "Y BLO;1960-05-12", ("profile.fullName", "Y Blơ"), ("profile.birthDate", "1960")));
        Assert.Equal(Answer.Yes, Ask("identity.matches", "Y BLO;1960-05-12", ("profile.fullName", "Y Blơ"), ("profile.birthDate", "1960-05")));
        Assert.Equal(Answer.No, Ask("identity.matches", "Y BLO;1960-05-12", ("profile.fullName", "Y Blơ"), ("profile.birthDate", "1960-06")));
    }

    [Fact]
    public void Identity_is_unknown_where_the_record_lacks_name_or_date()
    {
        Assert.Equal(Answer.Unknown, Ask("identity.matches", "A;1960", ("profile.fullName", "A")));
        Assert.Equal(Answer.Unknown, Ask("identity.matches", "A;1960", ("profile.birthDate", "1960")));
    }

    [Theory]
    [InlineData("24611", "24611", Answer.Yes)]
    [InlineData("24611", "24615", Answer.No)]
    [InlineData(null, "24611", Answer.Unknown)]
    [InlineData("24611", null, Answer.Unknown)]
    [InlineData("24611", "", Answer.Unknown)]
    public void Residence_is_told_by_the_commune_of_permanent_residence(string? held, string? asked, Answer expected) =>
        Assert.Equal(expected, Ask("residence.inCommune", asked, ("residence.permanent.commune", held), ("residence.current.commune", "24615")));

    [Theory]
    [InlineData("head", Answer.Yes)]
    [InlineData("spouse", Answer.No)]
    [InlineData(null, Answer.Unknown)]
    public void The_head_of_household_is_told_by_the_relation(string? relation, Answer expected) =>
        Assert.Equal(expected, Ask("household.isHead", null, ("household.relationToHead", relation)));

    [Theory]
    [InlineData("2026-01-01", Answer.Yes)]
    [InlineData("2026-12-31", Answer.Yes)]
    [InlineData("2025-12-31", Answer.No)]
    [InlineData("2027-01-01", Answer.No)]
    [InlineData("2026-1-1", Answer.Unknown)]
    [InlineData("2026-02-30", Answer.Unknown)]
    [InlineData("2026", Answer.Unknown)]
    [InlineData(null, Answer.Unknown)]
    public void Validity_is_asked_for_a_whole_day(string? day, Answer expected)
    {
        var record = Some.Citizen().WithDocument(Some.Document("healthInsurance", "DN1", "2026-01-01", "2026-12-31"));

        Assert.Equal(expected, Predicates.Evaluate(record, "document.healthInsurance.validOn", day, Some.Today));
        Assert.Equal(Answer.Unknown, Predicates.Evaluate(record, "document.drivingLicence.validOn", day, Some.Today));
    }

    [Fact]
    public void One_document_in_force_is_enough()
    {
        var record = Some.Citizen()
            .WithDocument(Some.Document("healthInsurance", "DN1", "2020-01-01", "2020-12-31"))
            .WithDocument(Some.Document("healthInsurance", "DN2", "2026-01-01"))
            .WithDocument(Some.Document("healthInsurance", "DN3", "2026-01-01", state: DocumentState.Revoked));

        Assert.Equal(Answer.Yes, Predicates.Evaluate(record, "document.healthInsurance.validOn", "2026-07-15", Some.Today));
        Assert.Equal(Answer.No, Predicates.Evaluate(record, "document.healthInsurance.validOn", "2025-07-15", Some.Today));
    }

    [Fact]
    public void A_revoked_document_is_not_held_and_an_expired_one_is()
    {
        var revoked = Some.Citizen().WithDocument(Some.Document("marriageCertificate", "1", state: DocumentState.Revoked));
        var expired = Some.Citizen().WithDocument(Some.Document("marriageCertificate", "1", to: "2020-01-01"));

        Assert.Equal(Answer.No, Predicates.Evaluate(revoked, "document.marriageCertificate.held", null, Some.Today));
        Assert.Equal(Answer.Yes, Predicates.Evaluate(expired, "document.marriageCertificate.held", null, Some.Today));
        Assert.Equal(Answer.Unknown, Predicates.Evaluate(Some.Citizen(), "document.marriageCertificate.held", null, Some.Today));
    }

    [Fact]
    public void Every_predicate_of_the_catalogue_can_be_answered()
    {
        var record = Some.Citizen(
            ("profile.fullName", "Điểu Tôn"), ("profile.birthDate", "1960"), ("residence.permanent.commune", "24611"), ("household.relationToHead", "head"));
        record = AttributeCatalogue.Shipped.DocumentKinds.Keys.Aggregate(record, (held, kind) => held.WithDocument(Some.Document(kind, "1")));

        Assert.All(AttributeCatalogue.Shipped.Predicates.Values, predicate =>
        {
            var argument = predicate.Parameter switch
            {
                AttributeType.Integer => "18",
                AttributeType.Date => "2026-07-15",
                AttributeType.Code => "24611",
                AttributeType.Text => "DIEU TON;1960",
                _ => null,
            };
            Assert.Equal(Answer.Yes, Predicates.Evaluate(record, predicate.Name, argument, Some.Today));
            Assert.Equal(Answer.Unknown, Predicates.Evaluate(Some.Citizen(), predicate.Name, argument, Some.Today));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("age")]
    [InlineData("profile.fullName")]
    [InlineData("document")]
    [InlineData("document.held")]
    [InlineData("document.healthInsurance.number")]
    [InlineData("document.a.b.held")]
    public void What_is_no_predicate_is_unknown(string name) => Assert.Equal(Answer.Unknown, Predicates.Evaluate(Some.Citizen(), name, "1", Some.Today));

    private static Answer Ask(string name, string? argument, params (string Path, string? Text)[] values) => Predicates.Evaluate(
        Some.Citizen([.. values.Where(value => value.Text is not null).Select(value => (value.Path, value.Text!))]), name, argument, Some.Today);
}
