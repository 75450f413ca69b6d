using System.Collections.Immutable;
using System.Globalization;

namespace Platform.Portal.Pages.Shell;

/// <summary>One page of a list that is known as a whole.</summary>
public sealed record Slice<T>(ImmutableArray<T> Items, int Page, int Pages)
{
    public int? Newer => Page > 1 ? Page - 1 : null;

    public int? Older => Page < Pages ? Page + 1 : null;
}

/// <summary>Cuts lists into pages.</summary>
static class Slice
{
    /// <summary>The page with this number; the nearest one where there is none.</summary>
    public static Slice<T> Of<T>(ImmutableArray<T> all, int size, string page)
    {
        var pages = Math.Max(1, (all.Length + size - 1) / size);
        var number = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? Math.Clamp(wanted, 1, pages) : 1;
        return new([.. all.Skip((number - 1) * size).Take(size)], number, pages);
    }
}
