using Platform.Load.Histories;

namespace Platform.Load.Checking;

/// <summary>How often an API may have asked a silo for one disclosure: where an answer got lost it asks again, and each attempt may have left an entry.</summary>
internal static class Repetition
{
    /// <summary>Entries that one disclosure can leave: an unanswered silo is asked again once, and silos die one at a time.</summary>
    public const int MostEntries = 3;

    /// <summary>The shortest pause before an API asks again; who was answered sooner was asked for once.</summary>
    private const long ShortestPause = 25_000;

    /// <summary>Entries without an answer of their own that the operation may have left beside the one that was answered.</summary>
    public static int Beside(Operation disclosure) => disclosure.Answered - disclosure.Called < ShortestPause ? 0 : MostEntries - 1;
}
