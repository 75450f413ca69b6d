namespace Platform.Hosting.Logging;

/// <summary>What a log provider gets to see of an exception: its whole text, nested ones included, masked.</summary>
sealed class MaskedException : Exception
{
    readonly string _text;

    public MaskedException(Exception original)
        : base(LogMask.Apply(original.Message), original.InnerException is null ? null : new MaskedException(original.InnerException))
    {
        _text = LogMask.Apply(original.ToString());
        StackTrace = original.StackTrace is null ? null : LogMask.Apply(original.StackTrace);
        HResult = original.HResult;
        Source = original.Source;
    }

    public override string? StackTrace { get; }

    public override string ToString() => _text;
}
