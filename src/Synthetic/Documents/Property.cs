using System.Globalization;
using Platform.Synthetic.Records;

namespace Platform.Synthetic.Documents;

/// <summary>Land-use certificates and social assistance decisions.</summary>
internal static class Property
{
    private static readonly Weighted<(string Purpose, string Term, int Least, int Most)> Uses = new(
    [
        (("Đất ở tại nông thôn", "Lâu dài", 100, 600), 35),
        (("Đất trồng cây lâu năm", "50 năm", 2_000, 40_000), 50),
        (("Đất trồng cây hằng năm khác", "50 năm", 1_000, 20_000), 15),
    ]);

    public static void Write(Paper paper)
    {
        if (paper.Person.Died is not null)
        {
            return;
        }

        if (paper.Person.Relation == "head" && paper.Age >= 20 && paper.Dice.Chance(720))
        {
            Land(paper);
        }

        if (Category(paper) is { } category)
        {
            Assistance(paper, category);
        }
    }

    private static void Land(Paper paper)
    {
        var (purpose, term, least, most) = Uses.Draw(paper.Dice);
        ListedPerson[] holders = paper.Person.Spouse is { } spouse
            ? [new ListedPerson(paper.Person.Id.Reveal(), paper.Person.Name.Full, "self"), new ListedPerson(spouse.Id.Reveal(), spouse.Name.Full, "spouse")]
            : [new ListedPerson(paper.Person.Id.Reveal(), paper.Person.Name.Full, "self")];
        var values = new Values()
            .Set("commune", paper.Household.Commune.Code)
            .Set("sheet", paper.Dice.Between(1, 180))
            .Set("parcel", paper.Dice.Between(1, 950))
            .Set("areaSquareMetres", string.Create(CultureInfo.InvariantCulture, $"{paper.Dice.Between(least, most)}.{paper.Dice.Between(1, 9)}"))
            .Set("purpose", purpose)
            .Set("term", term)
            .Set("holders", holders)
            .Set("mortgaged", paper.Dice.Chance(250))
            .Set("restriction", paper.Dice.Chance(30) ? "Thuộc quy hoạch đường giao thông" : null);
        paper.Write("landUseCertificate", "DA " + paper.Person.SerialText, "Sở Nông nghiệp và Môi trường", paper.Since(20, 2004), values);
    }

    private static string? Category(Paper paper) => paper.Age switch
    {
        >= 80 when paper.Dice.Chance(700) => "Người cao tuổi từ đủ 80 tuổi",
        >= 75 when paper.Household.Poor => "Người cao tuổi thuộc hộ nghèo",
        < 16 when paper.Person.FatherName.Length == 0 && paper.Household.Poor => "Trẻ em không có nguồn nuôi dưỡng",
        _ when paper.Dice.Chance(15) => "Người khuyết tật",
        _ => null,
    };

    private static void Assistance(Paper paper, string category)
    {
        var issued = paper.Dice.Day(paper.Person.Born.AddDays(30) > paper.Today.AddYears(-6) ? paper.Person.Born : paper.Today.AddYears(-6), paper.Today);
        var values = new Values()
            .Set("category", category)
            .Set("disabilityLevel", category == "Người khuyết tật" ? paper.Dice.Chance(300) ? "Đặc biệt nặng" : "Nặng" : null)
            .Set("householdClass", paper.Household.Poor ? paper.Dice.Chance(600) ? "Hộ nghèo" : "Hộ cận nghèo" : null)
            .Set("monthlyAmount", 500_000 * paper.Dice.Between(2, 5) / 2)
            .Set("paymentAccount", paper.Dice.Chance(600) ? "19" + paper.Person.SerialText : null);
        paper.Write("socialAssistance", Paper.Numbered("TG" + paper.Person.SerialText, issued), "Ủy ban nhân dân " + paper.Household.Commune.Type + " " + paper.Household.Commune.Name, issued, values);
    }
}
