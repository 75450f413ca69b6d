using Platform.Domain.Citizens;
using Platform.Tests.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Domain.Citizens;

public sealed class DocumentTests
{
    [Theory]
    [InlineData(DocumentState.Valid, "2025-12-31", DocumentState.Valid, false)]
    [InlineData(DocumentState.Valid, "2026-01-01", DocumentState.Valid, true)]
    [InlineData(DocumentState.Valid, "2026-12-31", DocumentState.Valid, true)]
    [InlineData(DocumentState.Valid, "2027-01-01", DocumentState.Expired, false)]
    [InlineData(DocumentState.Suspended, "2026-06-01", DocumentState.Suspended, false)]
    [InlineData(DocumentState.Revoked, "2026-06-01", DocumentState.Revoked, false)]
    [InlineData(DocumentState.Suspended, "2027-01-01", DocumentState.Suspended, false)]
    [InlineData(DocumentState.Revoked, "2027-01-01", DocumentState.Revoked, false)]
    public void The_issuers_word_counts_before_the_dates(DocumentState issuer, string day, DocumentState expected, bool inForce)
    {
        var document = Some.Document("healthInsurance", "1", "2026-01-01", "2026-12-31", issuer);
        var on = DateOnly.Parse(day, null);

        Assert.Equal((expected, inForce), (document.StateOn(on), document.IsValidOn(on)));
    }

    [Fact]
    public void A_document_without_dates_is_in_force_for_ever()
    {
        var document = Some.Document("degree", "1");

        Assert.All(new[] { DateOnly.MinValue, Some.Today, DateOnly.MaxValue }, day => Assert.True(document.IsValidOn(day)));
    }

    [Fact]
    public void Intrinsic_attributes_are_told_before_the_issuers_values()
    {
        var document = Some.Document("drivingLicence", "79", "2020-01-01", values: [("class", "A1"), ("number", "forged"), ("state", "forged")]);

        Assert.Equal("79", document.Attribute("number", Some.Today));
        Assert.Equal("valid", document.Attribute("state", Some.Today));
        Assert.Equal("2020-01-01", document.Attribute("validFrom", Some.Today));
        Assert.Equal("A1", document.Attribute("class", Some.Today));
        Assert.Null(document.Attribute("validTo", Some.Today));
        Assert.Null(document.Attribute("issuedOn", Some.Today));
        Assert.Null(document.Attribute("points", Some.Today));
    }
}
