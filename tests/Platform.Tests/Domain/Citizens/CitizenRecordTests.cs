using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Tests.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Domain.Citizens;

public sealed class CitizenRecordTests
{
    [Fact]
    public void A_change_leaves_the_record_before_it_untouched()
    {
        var before = Some.Citizen(("profile.fullName", "A")).WithDocument(Some.Document("degree", "1")).WithConsent(Some.Consent("org-a", "one", "x"));
        var text = DomainJson.Write(before);

        before.WithAttributes(Some.From("civil-status"), Some.Values(("profile.fullName", "B")));
        before.WithDocument(Some.Document("degree", "1", state: DocumentState.Revoked));
        before.WithConsent(Some.Consent("org-b", "one", "x"));
        before.WithoutConsent(before.Consents[0].Id, Some.Now);

        Assert.Equal(text, DomainJson.Write(before));
    }

    [Fact]
    public void A_path_stands_in_one_group_only()
    {
        var record = Some.Citizen(("a", "1"), ("b", "2"))
            .WithAttributes(Some.From("civil-status"), Some.Values(("b", "3"), ("c", "4")))
            .WithAttributes(Some.From("tax"), Some.Values(("a", "5")));

        Assert.Equal(["civil-status", "tax"], record.Attributes.Select(group => group.Provenance.Source));
        Assert.Equal(["5", "3", "4"], new[] { "a", "b", "c" }.Select(record.Attribute));
        Assert.Equal("tax", record.Holder("a")?.Provenance.Source);
        Assert.Null(record.Attribute("d"));
        Assert.Null(record.Holder("d"));
    }

    [Fact]
    public void Nothing_delivered_changes_nothing()
    {
        var record = Some.Citizen(("a", "1"));

        Assert.Equal(DomainJson.Write(record), DomainJson.Write(record.WithAttributes(Some.From("tax"), AttributeValues.Empty)));
    }

    [Fact]
    public void Kind_and_number_identify_a_document()
    {
        var record = Some.Citizen()
            .WithDocument(Some.Document("degree", "1"))
            .WithDocument(Some.Document("taxCode", "1"))
            .WithDocument(Some.Document("degree", "2"))
            .WithDocument(Some.Document("degree", "1", state: DocumentState.Revoked));

        Assert.Equal(3, record.Documents.Length);
        Assert.Equal(DocumentState.Revoked, record.Find("degree", "1")?.IssuerState);
        Assert.Equal(DocumentState.Valid, record.Find("taxCode", "1")?.IssuerState);
        Assert.Null(record.Find("taxCode", "2"));
    }

    [Fact]
    public void Ended_consents_are_bounded_and_the_oldest_go_first()
    {
        var ended = Enumerable.Range(0, 80).Select(number => Some.Consent("org-a", $"p{number}", "x") with { State = ConsentState.Refused });
        var granted = Some.Consent("org-a", "kept", "x");

        var record = ended.Aggregate(Some.Citizen().WithConsent(granted), (held, consent) => held.WithConsent(consent));

        Assert.Equal(CitizenRecord.EndedConsentsKept + 1, record.Consents.Length);
        Assert.Equal("kept", record.Consents[0].Purpose);
        Assert.Equal("p30", record.Consents[1].Purpose);
        Assert.Equal("p79", record.Consents[^1].Purpose);
    }

    [Fact]
    public void Consents_that_ran_out_count_as_ended_and_those_in_force_are_never_dropped()
    {
        var ranOut = Enumerable.Range(0, 60).Select(number => Some.Consent("org-a", $"old{number}", "x") with { ValidTo = Some.Now });
        var inForce = Enumerable.Range(0, 60).Select(number => Some.Consent("org-a", $"new{number}", "x"));
        var record = Some.Citizen() with { Consents = [.. ranOut, .. inForce] };

        record = record.WithConsent(Some.Consent("org-a", "last", "x") with { DecidedAt = Some.Now });

        Assert.Equal(50, record.Consents.Count(consent => consent.ValidTo == Some.Now));
        Assert.Equal(61, record.Consents.Count(consent => consent.ValidTo > Some.Now));
        Assert.Equal("old10", record.Consents[0].Purpose);
    }

    [Fact]
    public void Withdrawing_marks_the_one_consent_and_keeps_the_rest()
    {
        var (one, two) = (Some.Consent("org-a", "one", "x"), Some.Consent("org-a", "two", "x"));
        var record = Some.Citizen().WithConsent(one).WithConsent(two).WithoutConsent(one.Id, Some.Now);

        Assert.Equal([one with { State = ConsentState.Withdrawn, WithdrawnAt = Some.Now }, two], record.Consents);
        Assert.Equal(record.Consents, record.WithoutConsent(one.Id, Some.Now.AddDays(1)).Consents);
        Assert.Equal(record.Consents, record.WithoutConsent(Guid.NewGuid(), Some.Now).Consents);
    }

    [Fact]
    public void A_refusal_cannot_be_withdrawn_into_something_else()
    {
        var refused = Some.Consent("org-a", "one", "x") with { State = ConsentState.Refused };

        Assert.Equal([refused], Some.Citizen().WithConsent(refused).WithoutConsent(refused.Id, Some.Now).Consents);
    }

    [Fact]
    public void The_digest_changes_with_any_value_and_not_with_reading_it_again()
    {
        var record = Some.Citizen(("profile.fullName", "Điểu Tôn")).WithDocument(Some.Document("degree", "1"));

        Assert.Matches("^[0-9a-f]{64}$", record.Digest());
        Assert.Equal(record.Digest(), DomainJson.Read<CitizenRecord>(DomainJson.Write(record)).Digest());
        Assert.NotEqual(record.Digest(), (record with { Protected = true }).Digest());
        Assert.NotEqual(record.Digest(), record.WithDocument(Some.Document("degree", "1", state: DocumentState.Revoked)).Digest());
        Assert.NotEqual(record.Digest(), record.WithAttributes(Some.From("population"), Some.Values(("profile.fullName", "Điểu Tốn"))).Digest());
    }
}
