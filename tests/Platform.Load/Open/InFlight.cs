namespace Platform.Load.Open;

/// <summary>Bounds what is under way, in all and for one citizen. What finds no place is not sent, and is told so: the schedule goes on.</summary>
internal sealed class InFlight(int most, int mostPerCitizen, int citizens)
{
    public const string TooMany = "not sent: too many under way";
    public const string CitizenBusy = "not sent: citizen busy";

    private readonly int[] _perCitizen = new int[citizens];
    private int _all;

    public int Count => Volatile.Read(ref _all);

    /// <summary>Takes a place; else says why there is none.</summary>
    public string? Enter(int? citizen)
    {
        if (Interlocked.Increment(ref _all) > most)
        {
            Interlocked.Decrement(ref _all);
            return TooMany;
        }

        if (citizen is { } index && Interlocked.Increment(ref _perCitizen[index]) > mostPerCitizen)
        {
            Leave(citizen);
            return CitizenBusy;
        }

        return null;
    }

    public void Leave(int? citizen)
    {
        if (citizen is { } index)
        {
            Interlocked.Decrement(ref _perCitizen[index]);
        }

        Interlocked.Decrement(ref _all);
    }
}
