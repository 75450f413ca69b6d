using Platform.Synthetic.Records;

namespace Platform.Synthetic.Documents;

/// <summary>Vaccinations and the summary of the electronic health record.</summary>
internal static class Health
{
    private static readonly string[] ForChildren = ["BCG", "Viêm gan B", "DPT-VGB-Hib", "Bại liệt", "Sởi", "Sởi - Rubella", "Viêm não Nhật Bản"];

    private static readonly string[] ForAdults = ["COVID-19", "Uốn ván", "Cúm mùa", "Viêm gan B"];

    private static readonly string[] Diagnoses = ["I10", "E11.9", "J06.9", "K29.7", "M54.5", "B18.1", "J45.9", "K21.9", "H52.1", "N39.0", "A09", "E78.5"];

    private static readonly string[] Allergies = ["Penicillin", "Hải sản", "Phấn hoa", "Aspirin", "Đậu phộng"];

    public static void Write(Paper paper)
    {
        if (paper.Dice.Chance(paper.Age < 16 ? 900 : 650))
        {
            Vaccination(paper);
        }

        if (paper.Age >= 1 && paper.Dice.Chance(450))
        {
            Record(paper);
        }
    }

    private static void Vaccination(Paper paper)
    {
        var list = paper.Age < 16 ? ForChildren : ForAdults;
        var vaccines = list[..paper.Dice.Between(1, list.Length)];
        var earliest = paper.Age < 16 ? paper.Person.Born : paper.Last.AddYears(-5);
        var last = paper.Dice.Day(earliest, paper.Last);
        var values = new Values()
            .Set("vaccines", vaccines)
            .Set("doses", vaccines.Length + paper.Dice.Below(3))
            .Set("lastDoseOn", last);
        paper.Write("vaccination", "TC67" + paper.Person.SerialText, "Trung tâm Kiểm soát bệnh tật tỉnh Đắk Nông", last, values);
    }

    private static void Record(Paper paper)
    {
        var visit = paper.Dice.Day(paper.Last.AddDays(-360), paper.Last);
        var values = new Values().Set("lastVisitOn", visit).Set("diagnoses", Some(paper.Dice, Diagnoses, paper.Age > 50 ? 3 : 2));
        if (paper.Dice.Chance(80))
        {
            values.Set("allergies", Some(paper.Dice, Allergies, 2));
        }

        if (paper.Age >= 18 && paper.Dice.Chance(150))
        {
            values.Set("driverCheckOn", visit).Set("driverCheckPassed", paper.Dice.Chance(970));
        }

        paper.Write("healthRecord", "SK67" + paper.Person.SerialText, "Sở Y tế tỉnh Đắk Nông", visit, values);
    }

    private static string[] Some(Dice dice, string[] list, int most) =>
        [.. Enumerable.Range(0, dice.Between(1, most)).Select(_ => dice.Pick(list)).Distinct(StringComparer.Ordinal)];
}
