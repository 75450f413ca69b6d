using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Synthetic;
using Xunit;

namespace Platform.Tests.Synthetic;

public sealed class DocumentTests
{
    private static readonly (CitizenRecord Holder, Document Document)[] Documents =
        [.. Province.Rows.Where(row => row.Label is null).SelectMany(row => row.Record.Documents.Select(document => (row.Record, document)))];

    [Fact]
    public void Every_kind_of_document_occurs() => Assert.Equal(
        AttributeCatalogue.Shipped.DocumentKinds.Keys.Order(), Documents.Select(pair => pair.Document.Kind).Distinct().Order());

    [Fact]
    public void Every_attribute_of_the_catalogue_occurs()
    {
        var held = Province.Rows
            .SelectMany(row => row.Record.Attributes[0].Values.Select(value => value.Key)
                .Concat(row.Record.Documents.SelectMany(document => document.Values.Select(value => $"document.{document.Kind}.{value.Key}"))))
            .ToHashSet();
        var intrinsic = new[] { ".number", ".issuer", ".issuedOn", ".validFrom", ".validTo", ".state" };

        Assert.Empty(AttributeCatalogue.Shipped.Attributes.Keys
            .Where(path => !path.StartsWith("document.", StringComparison.Ordinal) || !Array.Exists(intrinsic, end => path.EndsWith(end, StringComparison.Ordinal)))
            .Except(held));
    }

    [Fact]
    public void A_document_comes_from_its_authoritative_source() => Assert.All(
        Documents, pair => Assert.Equal(AttributeCatalogue.Shipped.DocumentKinds[pair.Document.Kind].Source, pair.Document.Provenance.Source));

    [Fact]
    public void No_document_ends_before_it_begins() => Assert.DoesNotContain(
        SyntheticProvince.Generate(new SyntheticOptions { Citizens = 4000, Seed = 1709, AsOf = new DateOnly(2026, 11, 27) }).Where(row => row.Label is null),
        row => row.Record.Documents.Any(document => document.ValidTo < document.ValidFrom));

    [Fact]
    public void Nothing_was_vouched_for_after_today() => Assert.All(
        Province.Rows.SelectMany(row => row.Record.Documents.Select(document => document.Provenance).Concat(row.Record.Attributes.Select(group => group.Provenance))),
        provenance => Assert.True(provenance.AsOf <= CivilTime.StartOf(Province.Today)));

    [Fact]
    public void No_document_was_issued_before_its_holder_was_born_or_in_the_future() => Assert.All(Documents, pair =>
        Assert.InRange(pair.Document.IssuedOn ?? Province.Today, pair.Holder.Born().Earliest, Province.Today));

    [Fact]
    public void Numbers_are_unique_except_where_a_couple_holds_one_document() => Assert.All(
        Documents.Where(pair => pair.Document.Kind != "marriageCertificate").GroupBy(pair => (pair.Document.Kind, pair.Document.Number)),
        number => Assert.Single(number));

    [Fact]
    public void Some_documents_have_expired_and_some_are_about_to()
    {
        Assert.Contains(Documents, pair => pair.Document.StateOn(Province.Today) == DocumentState.Expired);
        Assert.Contains(Documents, pair => pair.Document.IsValidOn(Province.Today) && pair.Document.ValidTo < Province.Today.AddDays(30));
        Assert.Contains(Documents, pair => pair.Document.IssuerState == DocumentState.Suspended);
        Assert.Contains(Documents, pair => pair.Document.IssuerState == DocumentState.Revoked && pair.Holder.Status == CitizenStatus.Active);
    }

    [Fact]
    public void Documents_go_with_age()
    {
        var adults = new[] { "drivingLicence", "vehicleRegistration", "vehicleInspection", "civilServantCard", "landUseCertificate", "degree", "taxCode", "socialInsurance" };

        Assert.All(Documents.Where(pair => adults.Contains(pair.Document.Kind)), pair => Assert.NotEqual(Answer.No, pair.Holder.Born().HasReachedAge(18, Province.Today)));
        Assert.InRange(Province.Living.Where(record => record.Born().Year > 2010).ToArray().Share(record => Has(record, "birthCertificate")), 0.93, 1.0);
        Assert.InRange(Province.Living.ToArray().Share(record => Has(record, "healthInsurance")), 0.88, 0.97);
    }

    [Fact]
    public void A_tax_code_is_the_personal_ID() =>
        Assert.InRange(Documents.Where(pair => pair.Document.Kind == "taxCode").ToArray().Share(pair => pair.Document.Number == pair.Holder.PersonalId.Reveal()), 0.9, 0.99);

    [Fact]
    public void A_record_is_of_typical_size() => Assert.InRange(Province.Rows.Average(row => DomainJson.Write(row).Length), 2500, 6000);

    private static bool Has(CitizenRecord record, string kind) => record.Documents.Any(document => document.Kind == kind);
}
