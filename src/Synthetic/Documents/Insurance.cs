using System.Globalization;
using Platform.Synthetic.Households;
using Platform.Synthetic.People;
using Platform.Synthetic.Records;

namespace Platform.Synthetic.Documents;

/// <summary>Health insurance cards and social insurance books, under one code of the insurance for each person.</summary>
internal static class Insurance
{
    private const string Issuer = "Bảo hiểm xã hội tỉnh Đắk Nông";

    private static readonly string[] Facilities =
    [
        "Bệnh viện Đa khoa tỉnh Đắk Nông", "Trung tâm Y tế Cư Jút", "Trung tâm Y tế Đắk Mil", "Trung tâm Y tế Krông Nô", "Trung tâm Y tế Đắk Song",
        "Trung tâm Y tế Đắk R'Lấp", "Trung tâm Y tế Tuy Đức", "Trung tâm Y tế Đăk Glong",
    ];

    private static readonly string[] Employers =
    [
        "Công ty TNHH Nông sản Cao Nguyên Xanh", "Công ty Cổ phần Cà phê Bon Xanh", "Hợp tác xã Hồ tiêu Thuận Phát", "Công ty TNHH Vận tải Nam Tây Nguyên",
        "Công ty Cổ phần Gỗ Trường Thịnh", "Trường Tiểu học Nguyễn Du", "Trường THCS Trần Phú", "Công ty TNHH May Hoa Sen", "Công ty Cổ phần Xây dựng Tân Lập",
    ];

    public static void Write(Paper paper)
    {
        var book = paper.Age is >= 18 and < 62 && paper.Dice.Chance(300);
        if (paper.Dice.Chance(940))
        {
            Card(paper, book);
        }

        if (book)
        {
            Book(paper);
        }
    }

    private static string Code(Person person) => string.Create(CultureInfo.InvariantCulture, $"67{person.Born.Year % 100:00}{person.SerialText}");

    private static void Card(Paper paper, bool employed)
    {
        var (category, level) = Category(paper, employed);
        var (from, to) = paper.Term(365);
        if (paper.Age < 6)
        {
            (from, to) = (Family.Earlier(paper.Person.Born.AddDays(1), paper.Last), new DateOnly(paper.Person.Born.Year + 6, 9, 30));
        }

        from = Family.Later(from, paper.Person.Born);
        var values = new Values()
            .Set("category", category)
            .Set("benefitLevel", level)
            .Set("firstFacility", paper.Dice.Pick(Facilities));
        if (paper.Age > 12 && paper.Dice.Chance(600))
        {
            values.Set("fiveContinuousYearsFrom", from.AddDays(-paper.Dice.Below(1800)));
        }

        paper.Write("healthInsurance", $"{category}{level}67{Code(paper.Person)}", Issuer, from, values, from, to);
    }

    private static (string Category, string Level) Category(Paper paper, bool employed) => paper.Age switch
    {
        < 6 => ("TE", "1"),
        _ when paper.Household.Poor => ("HN", "2"),
        _ when paper.Person.Group.Code != "01" && paper.Dice.Chance(600) => ("DT", "2"),
        < 18 => ("HS", "4"),
        _ when employed => ("DN", "4"),
        >= 80 => ("BT", "2"),
        _ => ("GD", "4"),
    };

    private static void Book(Paper paper)
    {
        var months = paper.Dice.Between(1, Math.Max(1, (paper.Age - 17) * 10));
        var compulsory = paper.Dice.Chance(800);
        var issued = paper.Last.AddDays(-30 * months);
        var values = new Values()
            .Set("category", compulsory ? "BB" : "TN")
            .Set("employer", compulsory ? paper.Dice.Pick(Employers) : null)
            .Set("contributionMonths", months)
            .Set("unemploymentMonths", compulsory ? months - paper.Dice.Below(Math.Max(1, months / 3)) : 0)
            .Set("contributionBase", paper.Dice.Between(35, 180) * 100_000);
        paper.Write("socialInsurance", Code(paper.Person), Issuer, issued, values);
    }
}
