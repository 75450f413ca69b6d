namespace Platform.Identity.Clients;

/// <summary>What a sector system may be allowed to do at the API.</summary>
public static class SectorScopes
{
    public const string DisclosuresRequest = "disclosures.request";
    public const string DisclosuresRead = "disclosures.read";
    public const string DocumentsPush = "documents.push";
    public const string CatalogueRead = "catalogue.read";
    public const string ConsentsRequest = "consents.request";

    public static IReadOnlyList<string> All { get; } = [DisclosuresRequest, DisclosuresRead, DocumentsPush, CatalogueRead, ConsentsRequest];
}
