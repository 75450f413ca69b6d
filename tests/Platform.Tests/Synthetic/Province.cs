using System.Text.Json;
using Platform.Domain.Citizens;
using Platform.Domain.Intake;
using Platform.Synthetic;

namespace Platform.Tests.Synthetic;

/// <summary>A province shared by the tests, and short ways to look into its rows.</summary>
internal static class Province
{
    public static readonly DateOnly Today = new(2026, 11, 1);

    private static readonly Lazy<ImportRow[]> Shared = new(() => [.. Of(20_000)]);

    public static ImportRow[] Rows => Shared.Value;

    public static IEnumerable<CitizenRecord> Living => Rows.Where(row => row.Record.Status == CitizenStatus.Active).Select(row => row.Record);

    /// <summary>Households without a planted error.</summary>
    public static IEnumerable<CitizenRecord[]> Sound => Rows.Where(row => row.Record.Status == CitizenStatus.Active)
        .GroupBy(row => row.Record.Attribute("household.code"))
        .Where(household => household.All(row => row.Label is null))
        .Select(household => household.Select(row => row.Record).ToArray());

    public static IEnumerable<ImportRow> Of(int citizens, long seed = 7) =>
        SyntheticProvince.Generate(new SyntheticOptions { Citizens = citizens, Seed = seed, AsOf = Today });

    public static CitizenRecord[] Planted(string label) => [.. Rows.Where(row => row.Label == label).Select(row => row.Record)];

    public static CitizenRecord[] Household(this CitizenRecord record) =>
        [.. Living.Where(other => other.Attribute("household.code") == record.Attribute("household.code"))];

    public static string Name(this CitizenRecord record) => record.Attribute("profile.fullName")!;

    public static string? Relation(this CitizenRecord record) => record.Attribute("household.relationToHead");

    public static PartialDate Born(this CitizenRecord record) => PartialDate.Parse(record.Attribute("profile.birthDate")!);

    public static Sex Sex(this CitizenRecord record) => record.Attribute("profile.sex") == "1" ? Platform.Domain.Citizens.Sex.Male : Platform.Domain.Citizens.Sex.Female;

    public static Member[] Members(this CitizenRecord record) => JsonSerializer.Deserialize<Member[]>(record.Attribute("household.members")!, JsonSerializerOptions.Web)!;

    public static double Share<T>(this IReadOnlyCollection<T> all, Func<T, bool> counts) => (double)all.Count(counts) / all.Count;

    internal sealed record Member(string PersonalId, string FullName, string Relation);
}
