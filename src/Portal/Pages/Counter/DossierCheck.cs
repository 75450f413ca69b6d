using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Counter;

/// <summary>Finds what is wrong with a dossier before anybody is asked, all of it at once.</summary>
static partial class DossierCheck
{
    const int LongestUnit = 200;
    const int LongestName = 150;
    const int HighestAge = 200;

    public static List<FormProblem> Of(DossierForm form, Words words)
    {
        var problems = new List<FormProblem>();
        void Add(bool isWrong, string field, string vi, string en, string nextVi, string nextEn)
        {
            if (isWrong)
            {
                problems.Add(new FormProblem(words.T(vi, en), words.T(nextVi, nextEn), field));
            }
        }
        Add(!Procedure.CaseNumber().IsMatch(form.Case), DossierForm.CaseField,
            "Mã hồ sơ chưa đúng mẫu", "The case number does not have the right form",
            $"Chép đúng từ phiếu tiếp nhận, ví dụ {Procedure.CaseExample}.", $"Copy it from the receipt, for instance {Procedure.CaseExample}.");
        Add(!TwelveDigits().IsMatch(form.Number), DossierForm.NumberField,
            form.Number.Length == 0 ? "Thiếu số định danh" : "Số định danh phải đúng 12 chữ số", form.Number.Length == 0 ? "The personal number is missing" : "A personal number has exactly 12 digits",
            "Nhập số trên thẻ căn cước của người có hồ sơ.", "Type the number on the identity card of the person whose dossier it is.");
        Add(form.Unit.Length is 0 or > LongestUnit || IsUnclean(form.Unit), DossierForm.UnitField,
            form.Unit.Length == 0 ? "Thiếu đơn vị của bạn" : "Tên đơn vị không dùng được", form.Unit.Length == 0 ? "Your unit is missing" : "This name of a unit cannot be used",
            "Ghi nơi bạn đang làm việc, không ghi số định danh.", "Say where you work, without anybody's personal number.");
        Add(form.Wanted.IsEmpty, "wanted",
            "Chưa chọn thông tin nào", "Nothing is chosen",
            "Chỉ chọn những gì thủ tục này cần.", "Choose only what this procedure needs.");
        Add(form.Wants(Procedure.Age) && !(int.TryParse(form.Age, NumberStyles.None, CultureInfo.InvariantCulture, out var age) && age <= HighestAge), DossierForm.AgeField,
            "Thiếu số tuổi để hỏi", "The age to ask about is missing",
            "Ghi số từ 0 đến 200, hoặc bỏ chọn câu hỏi về tuổi.", "Give a number from 0 to 200, or do not ask about the age.");
        Add(form.Wants(Procedure.Matches) && (form.Name.Length is 0 or > LongestName || IsUnclean(form.Name)), DossierForm.NameField,
            "Thiếu họ tên để đối chiếu", "The name to compare is missing",
            "Ghi họ tên trên giấy tờ người dân đưa, hoặc bỏ chọn câu hỏi đối chiếu.", "Type the name on the paper that was shown, or do not ask whether it matches.");
        Add(form.Wants(Procedure.Matches) && Born(form.Born) is null, DossierForm.BornField,
            "Ngày sinh để đối chiếu chưa đúng", "The date of birth to compare is not right",
            "Ghi ngày/tháng/năm, tháng/năm, hoặc chỉ năm; ví dụ 19/05/1990.", "Give day/month/year, month/year, or the year alone; for instance 19/05/1990.");
        Add(form.Wanted.Any(target => target.EndsWith(".validOn", StringComparison.Ordinal)) && !IsDay(form.Day), DossierForm.DayField,
            "Ngày cần kiểm tra chưa đúng", "The day to check is not right",
            "Chọn một ngày có thật.", "Choose a day that exists.");
        return problems;
    }

    /// <summary>A date of birth as people write it, as the API reads it; parts that are not known are left out. Null if it is none.</summary>
    public static string? Born(string text) =>
        Read(text, "yyyy-MM-dd", "d/M/yyyy") ?? Read(text, "yyyy-MM", "M/yyyy") ?? Read(text, "yyyy", "yyyy");

    static string? Read(string text, string form, string written) =>
        DateOnly.TryParseExact(text, [form, written], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString(form, CultureInfo.InvariantCulture) : null;

    static bool IsDay(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var _);

    // What is written into a citizen's ledger as somebody's place of work must not carry a number of a person.
    static bool IsUnclean(string text) => text.Any(char.IsControl) || Number().IsMatch(text);

    [GeneratedRegex(@"^[0-9]{12}\z")]
    private static partial Regex TwelveDigits();

    [GeneratedRegex("[0-9]{12}")]
    private static partial Regex Number();
}
