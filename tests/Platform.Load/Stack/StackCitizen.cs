using Platform.Domain.Citizens;

namespace Platform.Load.Stack;

/// <summary>A synthetic citizen of the stack, named by index everywhere but in requests.</summary>
/// <param name="Index">Position among all citizens.</param>
/// <param name="PersonalId">The number, which never leaves the program but in a request's body or token.</param>
/// <param name="IsAdult">Active and of age, so able to consent.</param>
/// <param name="IsFresh">Without consents of their own from the import.</param>
internal sealed record StackCitizen(int Index, PersonalId PersonalId, bool IsAdult, bool IsFresh)
{
    public static StackCitizen Of(int index, CitizenRecord record) => new(index, record.PersonalId, Local.LocalProvince.IsAdult(record), record.Consents.IsEmpty);
}
