using Platform.Api.Problems;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Sharing;

namespace Platform.Api.Catalogue;

/// <summary>The book in force as people are told of it; a few seconds old at most, and nothing is decided on it here.</summary>
sealed class RuleNames(IGrainFactory grains, TimeProvider clock)
{
    static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
    Held? _held;

    public async Task<RuleBook> Current(Again again)
    {
        var now = clock.GetUtcNow();
        if (_held is { } held && now < held.Until)
        {
            return held.Book;
        }

        var view = await again.Call(grains.GetGrain<IRuleBooks>(IRuleBooks.Key).Current);
        var book = view.Read();
        _held = new Held(book, now + Lifetime);
        return book;
    }

    sealed record Held(RuleBook Book, DateTimeOffset Until);
}

static class RuleBookViews
{
    public static RuleBook Read(this RuleBookView view) =>
        DomainJson.Read<RuleBook>(view.Book ?? throw new InvalidOperationException($"Rule book {view.Number} came without its content."));
}
