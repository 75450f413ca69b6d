namespace Platform.Load.Open.Wire;

/// <summary>Why there was no answer.</summary>
internal enum NoAnswer
{
    None,
    RefusedConnection,
    LostConnection,
    Timeout,
}

/// <summary>An answer, or why there was none. The body is only good until the next request on its connection.</summary>
internal readonly record struct Answer(int Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter, NoAnswer Missing = NoAnswer.None)
{
    public static Answer Without(NoAnswer missing) => new(0, default, null, missing);
}
