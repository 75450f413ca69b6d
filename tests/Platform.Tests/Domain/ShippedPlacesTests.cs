using System.Text.Json;
using Xunit;

namespace Platform.Tests.Domain;

public sealed class ShippedPlacesTests
{
    private static readonly JsonElement[] Communes = ShippedJson.Places.Items("communes");

    private static readonly JsonElement[] Successors = ShippedJson.Places.Items("successors");

    [Fact]
    public void The_province_had_71_communes_in_8_districts()
    {
        Assert.Equal(71, Communes.Select(commune => commune.Text("code")).Distinct().Count());
        Assert.Equal(71, Communes.Length);
        Assert.Equal(
            ["660:8", "661:7", "662:8", "663:10", "664:12", "665:9", "666:11", "667:6"],
            Communes.CountBy(commune => commune.Text("district")).Select(count => $"{count.Key}:{count.Value}").Order());
        Assert.Equal(8, ShippedJson.Places.Items("districts").Length);
        Assert.Empty(Communes.Select(commune => commune.Text("district")).Except(ShippedJson.Places.Items("districts").Select(item => item.Text("code"))));
    }

    [Fact]
    public void It_became_28_units_without_townships()
    {
        Assert.Equal(28, Successors.Select(unit => unit.Text("code")).Distinct().Count());
        Assert.Equal(28, Successors.Length);
        Assert.Equal([("phường", 6), ("thị trấn", 5), ("xã", 60)], ByType(Communes));
        Assert.Equal([("phường", 3), ("xã", 25)], ByType(Successors));
    }

    [Fact]
    public void Every_commune_has_a_successor_and_every_successor_comes_from_a_commune()
    {
        var to = Communes.Select(commune => commune.Text("successor")).Distinct().Order();

        Assert.Equal(Successors.Select(unit => unit.Text("code")).Order(), to);
    }

    [Fact]
    public void The_old_units_end_the_day_before_the_new_ones_begin()
    {
        Assert.All(Communes, commune => Assert.Equal("2025-06-30", commune.Text("validTo")));
        Assert.All(Successors, unit => Assert.Equal("2025-07-01", unit.Text("validFrom")));
    }

    [Fact]
    public void A_printed_name_is_the_type_and_the_name() => Assert.All(Communes, commune =>
    {
        Assert.Equal($"{commune.Text("type")} {commune.Text("name")}", commune.Text("printed"), ignoreCase: true);
        Assert.DoesNotContain("  ", commune.Text("printed"), StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("24640", "Ea T'Ling", "Cư Jút")]
    [InlineData("24664", "Đắk Mil", "Đức Lập")]
    [InlineData("24670", "Đắk R'La", "Đắk Mil")]
    [InlineData("24688", "Đắk Mâm", "Krông Nô")]
    [InlineData("24718", "Đắk Môl", "Đắk Song")]
    [InlineData("24739", "Đắk Búk So", "Tuy Đức")]
    public void One_code_can_name_two_places_in_turn(string code, string before, string after)
    {
        Assert.Equal(before, Assert.Single(Communes, commune => commune.Text("code") == code).Text("name"));
        Assert.Equal(after, Assert.Single(Successors, unit => unit.Text("code") == code).Text("name"));
    }

    [Theory]
    [InlineData("24622", "661", "24611")]
    [InlineData("24692", "664", "24678")]
    [InlineData("24643", "662", "24646")]
    public void A_commune_can_join_a_unit_of_another_code_or_district(string code, string district, string successor)
    {
        var commune = Assert.Single(Communes, commune => commune.Text("code") == code);

        Assert.Equal((district, successor), (commune.Text("district"), commune.Text("successor")));
    }

    [Fact]
    public void Populations_are_whole_and_add_up()
    {
        var known = Successors.Where(unit => unit.GetProperty("population").ValueKind == JsonValueKind.Number).ToArray();

        Assert.Equal(["24718"], Successors.Except(known).Select(unit => unit.Text("code")));
        Assert.Equal(726_151, known.Sum(unit => unit.GetProperty("population").GetInt32()));
        Assert.All(known, unit => Assert.InRange(unit.GetProperty("population").GetInt32(), 8_000, 60_000));
        Assert.InRange(Successors.Sum(unit => unit.GetProperty("areaKm2").GetDecimal()), 5_500, 6_510);
    }

    [Fact]
    public void A_spelling_variant_means_exactly_one_unit_of_its_level()
    {
        var names = new Dictionary<string, Dictionary<string, string>>
        {
            ["district"] = ShippedJson.Places.Items("districts").ToDictionary(district => district.Text("code"), district => district.Text("name")),
            ["commune"] = Communes.ToDictionary(commune => commune.Text("code"), commune => commune.Text("name")),
            ["successor"] = Successors.ToDictionary(unit => unit.Text("code"), unit => unit.Text("name")),
        };
        var aliases = ShippedJson.Places.Items("aliases");

        Assert.All(aliases, alias => Assert.Contains(alias.Text("code"), names[alias.Text("level")].Keys));
        Assert.All(aliases, alias => Assert.DoesNotContain(alias.Text("text"), names[alias.Text("level")].Values));
        Assert.Equal(aliases.Length, aliases.DistinctBy(alias => (alias.Text("level"), alias.Text("text"))).Count());
    }

    [Theory]
    [InlineData("district", "Đắk Glong", "661")]
    [InlineData("district", "Đắk RLấp", "666")]
    [InlineData("commune", "Đắk R'Moan", "24618")]
    [InlineData("commune", "Quảng Hòa", "24620")]
    [InlineData("successor", "Quảng Hoà", "24620")]
    [InlineData("commune", "Cư K'Nia", "24658")]
    [InlineData("commune", "Đắk N'Drung", "24727")]
    [InlineData("commune", "Đắk D'Rông", "24652")]
    [InlineData("commune", "Buôn Choáh", "24694")]
    [InlineData("commune", "Ea T’Ling", "24640")]
    public void A_known_spelling_variant_is_found(string level, string text, string code) => Assert.Contains(
        ShippedJson.Places.Items("aliases"),
        alias => alias.Text("level") == level && alias.Text("text") == text && alias.Text("code") == code);

    [Theory]
    [InlineData("provinces", 63)]
    [InlineData("ethnicGroups", 55)]
    [InlineData("religions", 17)]
    [InlineData("maritalStatus", 5)]
    [InlineData("relationsToHead", 18)]
    [InlineData("sexes", 3)]
    public void A_code_list_is_complete_and_has_each_code_once(string list, int count)
    {
        var codes = ShippedJson.Codes.Items(list).Select(item => item.Text("code")).ToArray();

        Assert.Equal(count, codes.Length);
        Assert.Equal(codes.Distinct(), codes);
    }

    [Theory]
    [InlineData("provinces", "067", "Đắk Nông")]
    [InlineData("provinces", "001", "Hà Nội")]
    [InlineData("provinces", "096", "Cà Mau")]
    [InlineData("ethnicGroups", "20", "Mnông")]
    [InlineData("ethnicGroups", "48", "Cống")]
    [InlineData("ethnicGroups", "49", "Bố Y")]
    [InlineData("ethnicGroups", "52", "Brâu")]
    [InlineData("ethnicGroups", "54", "Rơ-măm")]
    [InlineData("religions", "08", "Tin Lành")]
    [InlineData("sexes", "2", "Nữ")]
    public void A_code_means_what_the_official_list_says(string list, string code, string name)
    {
        var item = Assert.Single(ShippedJson.Codes.Items(list), item => item.Text("code") == code);

        Assert.Equal(name, item.TryGetProperty("vi", out var label) ? label.GetString() : item.Text("name"));
    }

    [Fact]
    public void Province_codes_are_the_three_digits_of_a_personal_ID() =>
        Assert.All(ShippedJson.Codes.Items("provinces"), province => Assert.Matches("^0[0-9]{2}$", province.Text("code")));

    private static IEnumerable<(string Type, int Count)> ByType(JsonElement[] units) =>
        units.CountBy(unit => unit.Text("type")).Select(count => (count.Key, count.Value)).OrderBy(count => count.Key, StringComparer.Ordinal);
}
