using Platform.Domain.Citizens;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Domain.Sharing;

public sealed class ReleaseTests
{
    [Fact]
    public void A_profile_value_comes_with_the_source_that_vouched_for_it()
    {
        var record = Some.Citizen(("profile.fullName", "Điểu Tôn"), ("residence.permanent.commune", "24611"))
            .WithAttributes(Some.From("civil-status", 9), Some.Values(("profile.fullName", "Điểu Tốn")));

        Assert.Equal([new ReleasedValue("Điểu Tốn", null, "civil-status", Some.From("").AsOf)], Release.Values(record, "profile.fullName", Some.Today));
        Assert.Equal([new ReleasedValue("24611", null, "population", Some.From("").AsOf)], Release.Values(record, "residence.permanent.commune", Some.Today));
    }

    [Fact]
    public void Documents_in_force_come_first_and_then_the_newest()
    {
        var record = Some.Citizen()
            .WithDocument(Some.Document("degree", "revoked", "2026-06-01", state: DocumentState.Revoked))
            .WithDocument(Some.Document("degree", "undated"))
            .WithDocument(Some.Document("degree", "old", "2001-01-01"))
            .WithDocument(Some.Document("degree", "future", "2027-01-01"))
            .WithDocument(Some.Document("degree", "expired", "2020-01-01", "2021-01-01"))
            .WithDocument(Some.Document("degree", "new", "2025-01-01"))
            .WithDocument(Some.Document("taxCode", "other", "2026-01-01"));

        var numbers = Release.Values(record, "document.degree.number", Some.Today);

        Assert.Equal(["new", "old", "undated", "future", "revoked", "expired"], numbers.Select(value => value.Text));
        Assert.All(numbers, value => Assert.Equal(value.Text, value.DocumentNumber));
        Assert.All(numbers, value => Assert.Equal("insurance", value.Source));
    }

    [Fact]
    public void A_document_that_does_not_state_the_attribute_is_left_out()
    {
        var record = Some.Citizen()
            .WithDocument(Some.Document("drivingLicence", "1", values: ("class", "A1")))
            .WithDocument(Some.Document("drivingLicence", "2"));

        Assert.Equal(["A1"], Release.Values(record, "document.drivingLicence.class", Some.Today).Select(value => value.Text));
        Assert.Empty(Release.Values(record, "document.drivingLicence.validTo", Some.Today));
    }

    [Fact]
    public void The_state_of_a_document_is_that_of_the_day()
    {
        var record = Some.Citizen().WithDocument(Some.Document("drivingLicence", "1", "2020-01-01", "2026-07-15"));

        Assert.Equal("valid", Assert.Single(Release.Values(record, "document.drivingLicence.state", Some.Today)).Text);
        Assert.Equal("expired", Assert.Single(Release.Values(record, "document.drivingLicence.state", Some.Today.AddDays(1))).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("profile")]
    [InlineData("profile.phone")]
    [InlineData("document.")]
    [InlineData("document.degree")]
    [InlineData("document.degree.")]
    [InlineData("document..number")]
    [InlineData("documents.degree.number")]
    public void What_the_record_does_not_state_has_no_values(string path)
    {
        var record = Some.Citizen(("profile.fullName", "A")).WithDocument(Some.Document("degree", "1"));

        Assert.Empty(Release.Values(record, path, Some.Today));
    }
}
