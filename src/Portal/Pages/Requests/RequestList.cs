using System.Collections.Immutable;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Requests;

/// <summary>What waits for the person, and a page of what ended in the last 90 days.</summary>
public sealed record RequestList(ImmutableArray<ConsentRequest> Waiting, Slice<ConsentRequest> Ended)
{
    const int PageLength = 20;

    internal static RequestList Of(ImmutableArray<ConsentRequest> all, string page) => new(
        [.. all.Where(request => request.State == "waiting").OrderBy(request => request.Until)],
        Slice.Of(all.Where(request => request.State != "waiting").OrderByDescending(request => request.EndedAt ?? request.Until).ToImmutableArray(), PageLength, page));
}
