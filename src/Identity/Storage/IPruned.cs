namespace Platform.Identity.Storage;

/// <summary>Something that leaves rows behind which nobody needs any more.</summary>
interface IPruned
{
    /// <summary>Removes what has run out; gives the number of rows.</summary>
    Task<int> Prune(CancellationToken ct);
}
