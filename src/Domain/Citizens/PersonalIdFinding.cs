using System.Collections.Immutable;

namespace Platform.Domain.Citizens;

/// <summary>A doubt about a personal ID; a warning for people who clean data, never a reason to reject what the population database confirms.</summary>
public enum PersonalIdFinding
{
    /// <summary>The first three digits are no province of the 63-province list and no foreign registration.</summary>
    UnknownRegistrationCode = 1,

    /// <summary>The fourth digit names a century in which nobody living was born.</summary>
    ImplausibleCentury = 2,

    /// <summary>The birth year written in the number lies in the future.</summary>
    BirthYearInFuture = 3,

    /// <summary>The birth year written in the number differs from the recorded one (a corrected year may keep the old number).</summary>
    BirthYearDiffers = 4,

    /// <summary>The sex written in the number differs from the recorded one (a re-determined sex may keep the old number).</summary>
    SexDiffers = 5,
}

/// <summary>Plausibility of personal IDs by the structure of the number (Circular 59/2021/TT-BCA).</summary>
public static class PersonalIdPlausibility
{
    /// <summary>Lists every doubt about the number, given what else is known; empty means nothing stands against it.</summary>
    public static ImmutableArray<PersonalIdFinding> Check(PersonalId id, IReadOnlySet<string> provinceCodes, PartialDate? birthDate, Sex sex, int currentYear)
    {
        var findings = ImmutableArray.CreateBuilder<PersonalIdFinding>();
        if (id.RegistrationCode[0] == '0' && !provinceCodes.Contains(id.RegistrationCode))
        {
            findings.Add(PersonalIdFinding.UnknownRegistrationCode);
        }

        if (id.CenturyAndSexDigit > 3)
        {
            findings.Add(PersonalIdFinding.ImplausibleCentury);
        }

        var year = 1900 + (id.CenturyAndSexDigit / 2 * 100) + id.TwoDigitYear;
        if (year > currentYear)
        {
            findings.Add(PersonalIdFinding.BirthYearInFuture);
        }

        if (birthDate is { } known && known.Year != year)
        {
            findings.Add(PersonalIdFinding.BirthYearDiffers);
        }

        var sexInNumber = id.CenturyAndSexDigit % 2 == 0 ? Sex.Male : Sex.Female;
        if (sex != Sex.Unknown && sex != sexInNumber)
        {
            findings.Add(PersonalIdFinding.SexDiffers);
        }

        return findings.ToImmutable();
    }
}
