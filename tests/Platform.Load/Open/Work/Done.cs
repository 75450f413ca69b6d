namespace Platform.Load.Open.Work;

/// <summary>How an operation ended for the client that asked.</summary>
internal enum Verdict : byte
{
    /// <summary>Answered at the first attempt: done, or a "no" that is recorded or known.</summary>
    Served,

    /// <summary>Failed at first, and hidden by one retry.</summary>
    Hidden,

    /// <summary>Failed, or answered only after more than one retry.</summary>
    Failed,

    /// <summary>Not sent at all.</summary>
    NotSent,
}

/// <summary>What became of an operation.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Outcome">Name of the last answer, or why there was none.</param>
/// <param name="Fault">Name of the first failure, if there was one.</param>
/// <param name="Instance">Which instance was asked last; none if nothing was sent.</param>
/// <param name="IsAnswered">Whether the client has its answer in the end, however late.</param>
internal readonly record struct Done(Verdict Verdict, string Outcome, string? Fault, int? Instance, bool IsAnswered)
{
    public static Done NotSent(string why) => new(Verdict.NotSent, why, why, null, false);

    public static Done Failed(string why, int instance) => new(Verdict.Failed, why, why, instance, false);
}
