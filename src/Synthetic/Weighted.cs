namespace Platform.Synthetic;

/// <summary>A choice in which some items are likelier than others.</summary>
internal sealed class Weighted<T>
{
    private readonly T[] _items;
    private readonly int[] _upTo;

    public Weighted(IEnumerable<(T Item, int Weight)> items)
    {
        var all = items.ToArray();
        _items = [.. all.Select(item => item.Item)];
        _upTo = new int[all.Length];
        var sum = 0;
        for (var index = 0; index < all.Length; index++)
        {
            _upTo[index] = sum += all[index].Weight;
        }
    }

    public T Draw(Dice dice)
    {
        var place = Array.BinarySearch(_upTo, dice.Below(_upTo[^1]) + 1);
        return _items[place < 0 ? ~place : place];
    }
}
