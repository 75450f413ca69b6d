using System.Collections.Immutable;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Documents;

/// <summary>The person's documents: all of them as cards, one with everything that it says.</summary>
static class DocumentRoutes
{
    public static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Addresses.Documents, List);
        routes.MapGet(Addresses.Documents + "/{kind}/{position:int}", Show);
    }

    internal static async Task<NamedDocument?> Find(Visit visit, string kind, int position) =>
        DocumentList.Find((await visit.Api.Get<ImmutableArray<HeldDocument>>("v1/me/documents")).Require(), kind, position);

    static async Task<IResult> List(Visit visit)
    {
        var all = DocumentList.Of((await visit.Api.Get<ImmutableArray<HeldDocument>>("v1/me/documents")).Require());
        var kinds = all.Select(document => new Named { Key = document.Held.Kind, Label = document.Held.Label }).DistinctBy(kind => kind.Key).ToImmutableArray();
        var kind = kinds.Any(known => known.Key == visit.Query("kind")) ? visit.Query("kind") : "";
        var shown = all.Where(document => kind.Length == 0 || document.Held.Kind == kind);
        var today = Words.DayOf(visit.Now);
        return visit.Page<DocumentsPage, DocumentsModel>(new DocumentsModel(
            [.. shown.OrderBy(document => Rank(document.Held, today)).ThenBy(document => document.Held.ValidTo ?? DateOnly.MaxValue)], kinds, kind, today));
    }

    static async Task<IResult> Show(Visit visit, string kind, int position) => await Find(visit, kind, position) is { } document
        ? visit.Page<DocumentPage, DocumentModel>(new DocumentModel(document, Words.DayOf(visit.Now), visit.Query("show") == "1", visit.Session.Name))
        : Results.NotFound();

    // What needs to be looked after comes first, what is over last.
    static int Rank(HeldDocument document, DateOnly today) => document.ExpiresSoon(today) ? 0 : document.State switch
    {
        "valid" => 1,
        "suspended" => 2,
        _ => 3,
    };
}

/// <summary>The person's documents, perhaps of one kind only.</summary>
public sealed record DocumentsModel(ImmutableArray<NamedDocument> Documents, ImmutableArray<Named> Kinds, string Kind, DateOnly Today);

/// <summary>One document.</summary>
public sealed record DocumentModel(NamedDocument Document, DateOnly Today, bool Show, string? Holder);
