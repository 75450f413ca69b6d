using System.Collections.Immutable;

namespace Platform.Synthetic.Errors;

/// <summary>Labels of the errors that a synthetic province contains on purpose.</summary>
public static class PlantedErrors
{
    /// <summary>The full name has lost its diacritics; the household list still has them.</summary>
    public const string NameDiacritics = "NAME_DIACRITICS";

    /// <summary>A letter of the full name is wrong or missing.</summary>
    public const string NameTypo = "NAME_TYPO";

    /// <summary>The given name stands first.</summary>
    public const string NameOrder = "NAME_ORDER";

    /// <summary>An unknown or other day of birth was entered as 1 January.</summary>
    public const string BirthFirstOfJanuary = "DOB_0101";

    /// <summary>Day and month of birth are swapped.</summary>
    public const string BirthDayMonthSwap = "DOB_DAYMONTH_SWAP";

    /// <summary>The recorded sex is not the one in the personal ID.</summary>
    public const string SexConflict = "SEX_CONFLICT";

    /// <summary>The recorded year of birth is not the one in the personal ID.</summary>
    public const string IdYearMismatch = "PIN_YEAR_MISMATCH";

    /// <summary>The commune code is one that ended with 30 June 2025.</summary>
    public const string OldCommuneCode = "OLD_COMMUNE_CODE";

    /// <summary>A second member of the household is called its head.</summary>
    public const string TwoHeads = "TWO_HEADS";

    /// <summary>The head of the household is not called so.</summary>
    public const string MissingHead = "MISSING_HEAD";

    /// <summary>One of a married couple is on record as single.</summary>
    public const string SpouseOneSided = "SPOUSE_ONE_SIDED";

    /// <summary>The address is not that of the household.</summary>
    public const string AddressDiffers = "ADDRESS_DIFFERS";

    /// <summary>A document has the number of another member's document of the same kind.</summary>
    public const string DuplicateDocumentNumber = "DUPLICATE_DOCUMENT_NUMBER";

    /// <summary>Somebody who has died still has a live health insurance card.</summary>
    public const string Deceased = "DECEASED";

    /// <summary>All labels.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        NameDiacritics, NameTypo, NameOrder, BirthFirstOfJanuary, BirthDayMonthSwap, SexConflict, IdYearMismatch, OldCommuneCode, TwoHeads, MissingHead,
        SpouseOneSided, AddressDiffers, DuplicateDocumentNumber, Deceased,
    ];
}
