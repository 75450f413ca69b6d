namespace Platform.Domain.Citizens;

/// <summary>The life-cycle state of a personal ID (Law 26/2023/QH15 art. 12; Decree 70/2024 art. 11).</summary>
public enum CitizenStatus
{
    /// <summary>In use.</summary>
    Active = 1,

    /// <summary>Cancelled and replaced by another number.</summary>
    CancelledReplaced = 2,

    /// <summary>Cancelled without a successor: the identity was false.</summary>
    CancelledNoSuccessor = 3,

    /// <summary>The person has died.</summary>
    Deceased = 4,

    /// <summary>Declared missing by a court.</summary>
    DeclaredMissing = 5,

    /// <summary>Declared dead by a court; reversible if the person returns.</summary>
    DeclaredDead = 6,

    /// <summary>The person gave up the nationality.</summary>
    RenouncedNationality = 7,
}
