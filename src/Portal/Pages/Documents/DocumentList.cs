using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Documents;

/// <summary>
/// A document with an address that tells nothing: its kind, and how many of that kind were issued before it. Some numbers are personal numbers, so none is
/// in an address.
/// </summary>
public sealed record NamedDocument(HeldDocument Held, int Position)
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Held.Kind}/{Position}");

    public string Address => $"{Addresses.Documents}/{Name}";

    /// <summary>Tells whether a form still speaks of this document, without its number.</summary>
    public string Check => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Held.Kind}\n{Held.Number}\n{Held.IssuerVersion}")).AsSpan(0, 6));
}

static class DocumentList
{
    public static ImmutableArray<NamedDocument> Of(ImmutableArray<HeldDocument> documents) =>
    [
        .. documents.GroupBy(document => document.Kind).SelectMany(kind => kind
            .OrderBy(document => document.IssuedOn ?? DateOnly.MaxValue).ThenBy(document => document.Number, StringComparer.Ordinal)
            .Select((document, index) => new NamedDocument(document, index + 1))),
    ];

    public static NamedDocument? Find(ImmutableArray<HeldDocument> documents, string kind, int position) =>
        Of(documents).FirstOrDefault(document => document.Held.Kind == kind && document.Position == position);
}
