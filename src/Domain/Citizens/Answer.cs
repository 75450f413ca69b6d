namespace Platform.Domain.Citizens;

/// <summary>The answer to a predicate: a fact that is missing is unknown, never a no.</summary>
public enum Answer
{
    /// <summary>The record does not say.</summary>
    Unknown = 0,

    /// <summary>True by the record.</summary>
    Yes = 1,

    /// <summary>False by the record.</summary>
    No = 2,
}
