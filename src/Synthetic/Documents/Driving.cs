using System.Globalization;
using Platform.Synthetic.Records;

namespace Platform.Synthetic.Documents;

/// <summary>Driving licences, registered vehicles and their inspection.</summary>
internal static class Driving
{
    private const string Police = "Công an tỉnh Đắk Nông";

    // Letters of series for a hundred thousand numbers each, without those that look like digits.
    private const string Series = "ABCDEFGHKL";

    private static readonly string[] Colours = ["Đen", "Trắng", "Đỏ", "Xanh", "Bạc", "Xám"];

    private static readonly string[] Motorcycles = ["Honda", "Yamaha", "Suzuki", "SYM"];

    private static readonly string[] Cars = ["Toyota", "Hyundai", "Kia", "Ford", "Mitsubishi", "Mazda"];

    private static readonly Weighted<(string Class, int Years)> Classes = new([(("A1", 0), 60), (("A1, B", 10), 24), (("A", 0), 6), (("A1, C1", 10), 5), (("A1, C", 5), 5)]);

    public static void Write(Paper paper)
    {
        if (paper.Age < 18)
        {
            return;
        }

        if (paper.Age < 80 && paper.Dice.Chance(620))
        {
            Licence(paper);
        }

        if (paper.Dice.Chance(550))
        {
            Vehicle(paper, "Mô tô hai bánh", Motorcycles, Plate("48", 'B', paper.Person.Serial), "MM");
        }

        if (paper.Age >= 22 && paper.Dice.Chance(90))
        {
            var plate = Plate("48", 'A', paper.Person.Serial);
            Vehicle(paper, "Ô tô con", Cars, plate, "OT");
            Inspection(paper, plate);
        }
    }

    private static void Licence(Paper paper)
    {
        var (kind, years) = Classes.Draw(paper.Dice);
        var values = new Values().Set("class", kind).Set("points", paper.Dice.Chance(880) ? 12 : paper.Dice.Between(0, 11));
        var number = string.Create(CultureInfo.InvariantCulture, $"67{paper.Dice.Below(10)}{paper.Person.Born.Year % 100:00}{paper.Person.SerialText}{paper.Dice.Below(10)}");
        if (years == 0)
        {
            var since = paper.Since(18, 1995);
            paper.Write("drivingLicence", number, Police, since, values, since);
            return;
        }

        var (from, to) = paper.Term(years * 365);
        from = Households.Family.Later(from, paper.Person.Born.AddYears(18));
        if (to < from)
        {
            // The term ran out before the person was old enough for a licence: it begins only then.
            to = from.AddDays((years * 365) - 1);
        }

        paper.Write("drivingLicence", number, Police, from, values, from, to);
    }

    private static void Vehicle(Paper paper, string type, string[] brands, string plate, string series)
    {
        var values = new Values()
            .Set("plate", plate)
            .Set("vehicleType", type)
            .Set("brand", paper.Dice.Pick(brands))
            .Set("colour", paper.Dice.Pick(Colours))
            .Set("engineNumber", $"E{series}{paper.Person.SerialText}")
            .Set("chassisNumber", $"RL{series}{paper.Person.SerialText}");
        paper.Write("vehicleRegistration", $"48{series}{paper.Person.SerialText}", Police, paper.Since(18, 2004), values);
    }

    private static void Inspection(Paper paper, string plate)
    {
        var (from, to) = paper.Term(paper.Dice.Chance(500) ? 365 : 730);
        var values = new Values().Set("plate", plate).Set("warning", paper.Dice.Chance(30) ? "Chưa nộp phạt vi phạm hành chính" : null);
        paper.Write("vehicleInspection", "KD48" + paper.Person.SerialText, "Trung tâm Đăng kiểm xe cơ giới Đắk Nông", from, values, from, to);
    }

    private static string Plate(string province, char kind, int serial)
    {
        var number = (serial % 100_000).ToString("00000", CultureInfo.InvariantCulture);
        return $"{province}{kind}{Series[serial / 100_000]}-{number[..3]}.{number[3..]}";
    }
}
