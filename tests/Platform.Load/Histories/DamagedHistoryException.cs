namespace Platform.Load.Histories;

/// <summary>A line of a history cannot be what was recorded.</summary>
internal sealed class DamagedHistoryException(string file, int line, string what) : Exception($"{file}, line {line}: {what}")
{
    public int Line => line;
}
