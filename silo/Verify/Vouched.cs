using System.Collections.Immutable;
using System.Text.Json;
using Platform.Domain;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Silo.Citizens;

namespace Platform.Silo.Verify;

/// <summary>What the ledger says of the stored state of a citizen: of each of its parts the digest that the last entry about it named, or null if none did.</summary>
internal sealed record Vouched(string? Record, string? Requests, string? Presentations)
{
    private static readonly string NoRequests = DomainJson.Digest(ImmutableArray<ConsentRequest>.Empty);
    private static readonly string NoPresentations = DomainJson.Digest(ImmutableArray<HeldPresentation>.Empty);

    public static Vouched Nothing { get; } = new(null, null, null);

    /// <summary>Whether nothing was ever stored.</summary>
    public bool IsNothing => this == Nothing;

    /// <summary>What an entry vouches for; null if it is no change of the state, or no longer says anything.</summary>
    public static Vouched? By(string kind, string body)
    {
        try
        {
            return kind switch
            {
                LedgerKinds.RecordImported => Nothing with { Record = DomainJson.Read<ImportBody>(body).RecordDigest },
                LedgerKinds.DocumentPut => Nothing with { Record = DomainJson.Read<DocumentBody>(body).RecordDigest },
                LedgerKinds.ConsentGranted or LedgerKinds.ConsentRefused or LedgerKinds.ConsentWithdrawn => Of(DomainJson.Read<ConsentBody>(body)),
                LedgerKinds.ConsentRequested or LedgerKinds.ConsentRequestCancelled =>
                    Nothing with { Requests = DomainJson.Read<ConsentRequestBody>(body).RequestsDigest },
                LedgerKinds.PresentationMade or LedgerKinds.PresentationShown or LedgerKinds.PresentationWithdrawn =>
                    Nothing with { Presentations = DomainJson.Read<PresentationBody>(body).PresentationsDigest },
                _ => null,
            };
        }
        catch (JsonException)
        {
            // A body that no longer parses was changed; its hash has told so already.
            return null;
        }
    }

    /// <summary>What is stored of a citizen, or null if that can no longer be read.</summary>
    public static CitizenState? Read(byte[] payload)
    {
        try
        {
            return JsonSerializer.Deserialize<CitizenState>(payload, DomainJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>This, overtaken by what was said later.</summary>
    public Vouched Then(Vouched later) => new(later.Record ?? Record, later.Requests ?? Requests, later.Presentations ?? Presentations);

    /// <summary>The code of what in the state is not as vouched for, or null.</summary>
    public string? Finding(CitizenState? state) =>
        state is null || state.Record?.Digest() != Record ? "record.changed"
        : DomainJson.Digest(state.Requests) != (Requests ?? NoRequests) ? "requests.changed"
        : DomainJson.Digest(state.Presentations) != (Presentations ?? NoPresentations) ? "presentations.changed"
        : null;

    private static Vouched Of(ConsentBody body) => new(body.RecordDigest, body.RequestsDigest, null);
}
