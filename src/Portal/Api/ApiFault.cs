namespace Platform.Portal.Api;

/// <summary>Why the API gave no answer that a page could show.</summary>
enum ApiFault
{
    /// <summary>It cannot be reached, is too slow, or says itself that it cannot.</summary>
    Unavailable,

    /// <summary>It asks us to slow down.</summary>
    Busy,

    /// <summary>It answers something else than was agreed.</summary>
    Malformed,

    /// <summary>The person's session is over, or their tokens no longer count.</summary>
    SessionEnded,

    /// <summary>The person's identity level is too low.</summary>
    LevelTooLow,

    /// <summary>What may be asked once was asked before.</summary>
    Repeated,
}

/// <summary>The API gave no usable answer.</summary>
sealed class ApiFaultException(ApiFault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    public ApiFault Fault { get; } = fault;
}

/// <summary>The API refused something that the page had no words of its own for.</summary>
sealed class ApiRefusedException(ApiProblem problem) : Exception($"The API refused with {problem.Code}.")
{
    public ApiProblem Problem { get; } = problem;
}
