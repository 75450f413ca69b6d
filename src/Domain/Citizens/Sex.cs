namespace Platform.Domain.Citizens;

/// <summary>Sex as coded by QCVN 109:2017/BTTTT; the personal ID's fourth digit uses other semantics.</summary>
public enum Sex
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>Male.</summary>
    Male = 1,

    /// <summary>Female.</summary>
    Female = 2,
}
