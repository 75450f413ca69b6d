using System.ComponentModel.DataAnnotations;
using Platform.Api.Input;

namespace Platform.Api.Presentations;

/// <summary>The code as it was read or typed.</summary>
sealed record PresentedCode : IChecked
{
    /// <summary>26 characters; case, blanks and hyphens do not matter.</summary>
    [MaxLength(100)]
    public required string Code { get; init; }

    // What is no code is answered like a code that never was.
    public void Check(InputCheck check)
    {
    }
}
