using Platform.Synthetic.People;
using Platform.Synthetic.Records;

namespace Platform.Synthetic.Documents;

/// <summary>Degrees, professional practice certificates, civil servant cards and tax codes.</summary>
internal static class Work
{
    private static readonly Weighted<(string Level, int Age)> Levels = new(
        [(("Trung học phổ thông", 18), 50), (("Trung cấp", 20), 18), (("Cao đẳng", 21), 14), (("Đại học", 22), 16), (("Thạc sĩ", 25), 2)]);

    private static readonly (string Field, string Institution, string? Profession, string? Scope)[] Fields =
    [
        ("Sư phạm Toán học", "Trường Đại học Tây Nguyên", null, null),
        ("Y khoa", "Trường Đại học Tây Nguyên", "Bác sĩ", "Khám bệnh, chữa bệnh đa khoa"),
        ("Điều dưỡng", "Trường Cao đẳng Y tế Đắk Lắk", "Điều dưỡng", "Chăm sóc người bệnh"),
        ("Luật", "Trường Đại học Luật Thành phố Hồ Chí Minh", "Luật sư", "Tư vấn và tranh tụng"),
        ("Kế toán", "Trường Đại học Kinh tế Thành phố Hồ Chí Minh", null, null),
        ("Khoa học cây trồng", "Trường Đại học Nông Lâm Thành phố Hồ Chí Minh", null, null),
        ("Kỹ thuật xây dựng", "Trường Đại học Bách khoa Đà Nẵng", "Kỹ sư xây dựng", "Giám sát thi công"),
        ("Công nghệ thông tin", "Trường Đại học Đà Lạt", null, null),
    ];

    private static readonly string[] Agencies =
    [
        "Sở Nông nghiệp và Môi trường", "Sở Nội vụ", "Sở Tài chính", "Ủy ban nhân dân phường Bắc Gia Nghĩa", "Ủy ban nhân dân xã Cư Jút", "Ủy ban nhân dân xã Đức Lập",
    ];

    private static readonly string[] Trades = ["Mua bán nông sản", "Bán tạp hóa", "Sửa chữa xe máy", "Dịch vụ ăn uống", "Vận tải hàng hóa"];

    public static void Write(Paper paper)
    {
        if (paper.Age < 18)
        {
            return;
        }

        if (paper.Dice.Chance(380))
        {
            Degree(paper);
        }

        if (paper.Age is >= 23 and < 62 && paper.Dice.Chance(35))
        {
            Card(paper);
        }

        if (paper.Dice.Chance(600))
        {
            TaxCode(paper);
        }
    }

    private static void Degree(Paper paper)
    {
        var (level, age) = Levels.Draw(paper.Dice);
        var graduated = paper.Person.Born.AddYears(age + paper.Dice.Below(3));
        if (graduated >= paper.Last)
        {
            return;
        }

        var school = age == 18;
        var (field, institution, profession, scope) = paper.Dice.Pick(Fields);
        var values = new Values()
            .Set("level", level)
            .Set("field", school ? null : field)
            .Set("institution", school ? "Trường Trung học phổ thông Chu Văn An" : institution)
            .Set("graduationYear", graduated.Year);
        paper.Write("degree", "VB" + paper.Person.SerialText, school ? "Sở Giáo dục và Đào tạo tỉnh Đắk Nông" : institution, graduated, values);
        if (!school && profession is not null && paper.Dice.Chance(600))
        {
            var (from, to) = paper.Term(5 * 365);
            paper.Write(
                "practiceCertificate",
                "HN" + paper.Person.SerialText,
                profession == "Luật sư" ? "Sở Tư pháp tỉnh Lâm Đồng" : profession == "Kỹ sư xây dựng" ? "Sở Xây dựng tỉnh Lâm Đồng" : "Sở Y tế tỉnh Lâm Đồng",
                from,
                new Values().Set("profession", profession).Set("scope", scope),
                from,
                to);
        }
    }

    private static void Card(Paper paper)
    {
        var agency = paper.Dice.Pick(Agencies);
        var (post, rank) = paper.Dice.Chance(850) ? ("Chuyên viên", "01.003") : ("Trưởng phòng", "01.002");
        var values = new Values().Set("agency", agency).Set("post", post).Set("rank", rank);
        paper.Write("civilServantCard", "CB" + paper.Person.SerialText, agency, paper.Since(22, 2015), values);
    }

    // The tax code of an individual is the personal ID since 1 July 2025; a few still wait to be matched under an older code.
    private static void TaxCode(Paper paper)
    {
        var waiting = paper.Dice.Chance(40);
        var values = new Values()
            .Set("taxpayerStatus", waiting ? "Chờ cập nhật số định danh cá nhân" : paper.Person.Died is null ? "Đang hoạt động" : "Ngừng hoạt động")
            .Set("managingOffice", "Thuế tỉnh Lâm Đồng")
            .Set("business", paper.Dice.Chance(150) ? paper.Dice.Pick(Trades) : null);
        var dependants = Dependants(paper);
        if (dependants.Length > 0)
        {
            values.Set("dependants", dependants);
        }

        paper.Write("taxCode", waiting ? "8067" + paper.Person.SerialText : paper.Person.Id.Reveal(), "Thuế tỉnh Lâm Đồng", paper.Since(18, 2009), values);
    }

    private static ListedPerson[] Dependants(Paper paper) => paper.Person.Relation == "head" && paper.Person.Died is null
        ? [.. paper.Household.Members.Where(member => IsDependant(member, paper.Today)).Select(child => new ListedPerson(child.Id.Reveal(), child.Name.Full, "child"))]
        : [];

    private static bool IsDependant(Person member, DateOnly today) => member.Relation == "child" && member.Age(today) < 18;
}
