using System.Text.Json;
using Platform.Domain.Citizens;
using Xunit;

namespace Platform.EndToEnd.Logins;

/// <summary>The first officer of a new installation, appointed by command.</summary>
[Collection(LoginsProvince.Collection)]
public sealed class AppointTests(LoginsProvince site)
{
    private static readonly string[] Appoint = ["appoint", "--role", "eid-officer", "--role", "identity-admin", "--checked-by", "Công an tỉnh", "--place", "Gia Nghĩa"];

    [Fact]
    public async Task A_person_of_the_record_gets_an_account_and_a_code_once_and_a_stranger_gets_nothing()
    {
        var province = site.Province;
        using var document = province.Province();
        var number = Newcomer(province, document);

        var (code, first) = await Run(province, number);
        Assert.Equal((0, true), (code, first.StartsWith("Appointed. Activation code, for the person only: ", StringComparison.Ordinal)));
        Assert.Equal((0, "Appointed; the person had an account already."), await Run(province, number));
        Assert.Equal((1, "Standard input is no personal number of twelve digits."), await Run(province, "12"));
        Assert.Equal((1, "Refused: citizen.inactive."), await Run(province, Stranger(province)));
    }

    private static Task<(int ExitCode, string Output)> Run(ProvinceProcess province, string number) =>
        ProvinceProcess.Run("Platform.Identity", province.Settings(), number, Appoint);

    private static string Newcomer(ProvinceProcess province, JsonDocument document)
    {
        var holders = File.ReadAllText(Path.Combine(province.Data, "people.json"));
        return document.RootElement.GetProperty("systems").EnumerateArray()
            .Select(system => system.GetProperty("example"))
            .Where(example => example.ValueKind == JsonValueKind.Object)
            .Select(example => example.GetProperty("subject").GetProperty("personalId").GetString()!)
            .First(number => !holders.Contains(number, StringComparison.Ordinal));
    }

    // A number as good as any, which the record does not know.
    private static string Stranger(ProvinceProcess province)
    {
        var people = File.ReadAllText(Path.Combine(province.Data, "people.json"));
        var known = JsonElement.Parse(people)[0].GetProperty("personalId").GetString()!;
        return Enumerable.Range(0, 1_000_000).Select(serial => $"{known[..6]}{serial:D6}").First(candidate => PersonalId.TryParse(candidate, out _) && !people.Contains(candidate, StringComparison.Ordinal));
    }
}
