using System.Collections.Immutable;
using System.Globalization;
using Platform.Portal.Pages.Shell;
using Platform.Portal.Sessions;

namespace Platform.Portal.Pages.Counter;

/// <summary>What an officer filled in to open a dossier.</summary>
public sealed record DossierForm
{
    public const string CaseField = "case";
    public const string NumberField = KeptForms.PersonalNumberField;
    public const string UnitField = "unit";
    public const string WantedField = "want";
    public const string AgeField = "age";
    public const string NameField = "name";
    public const string BornField = "born";
    public const string DayField = "day";

    public required string Case { get; init; }

    /// <summary>The person's number; it is sent on and kept nowhere.</summary>
    public required string Number { get; init; }

    public required string Unit { get; init; }

    /// <summary>What was ticked, of what is offered.</summary>
    public required ImmutableArray<string> Wanted { get; init; }

    public required string Age { get; init; }

    public required string Name { get; init; }

    public required string Born { get; init; }

    /// <summary>The day for which validity is asked, <c>yyyy-MM-dd</c>.</summary>
    public required string Day { get; init; }

    internal static DossierForm Read(Visit visit, string unit) => new()
    {
        // Phones write small letters, and texts come composed or decomposed.
        Case = visit.Field(CaseField).ToUpperInvariant(),
        Number = visit.Field(NumberField).Replace(" ", "", StringComparison.Ordinal),
        Unit = visit.Field(UnitField) is { Length: > 0 } typed ? typed.Normalize() : unit,
        Wanted = [.. visit.Fields(WantedField).Where(target => Procedure.Find(target)?.Name == target).Distinct()],
        Age = visit.Field(AgeField),
        Name = visit.Field(NameField).Normalize(),
        Born = visit.Field(BornField),
        Day = visit.Field(DayField) is { Length: > 0 } day ? day : Words.DayOf(visit.Now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>Everything that was filled in, to tell a second click from another form.</summary>
    internal string Content => string.Join('\n', [Case, Number, Unit, Age, Name, Born, Day, .. Wanted]);

    /// <summary>Without the number, wherever it is printed.</summary>
    public override string ToString() => $"Dossier {Case}";

    internal bool Wants(string target) => Wanted.Contains(target);

    /// <summary>The number as pages show it.</summary>
    internal string Masked => $"{Number[..3]}*****{Number[8..]}";

    internal IEnumerable<string> Attributes => Wanted.Where(target => Procedure.Attributes.Any(offer => offer.Name == target));

    /// <summary>The questions with their arguments.</summary>
    internal IEnumerable<string> Predicates => Wanted.Except(Attributes).Select(target => target switch
    {
        Procedure.Age => $"{target}({int.Parse(Age, CultureInfo.InvariantCulture)})",
        Procedure.Matches => $"{target}({Name};{DossierCheck.Born(Born)})",
        _ => target.EndsWith(".validOn", StringComparison.Ordinal) ? $"{target}({Day})" : target,
    });
}
