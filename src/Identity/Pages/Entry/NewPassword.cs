using Platform.Domain.Citizens;
using Platform.Identity.Factors;
using Platform.Identity.Pages.Shell;

namespace Platform.Identity.Pages.Entry;

/// <summary>The two fields in which a new password is typed.</summary>
static class NewPassword
{
    const string Field = "new-password";
    const string Again = "new-password-again";

    public static IEnumerable<Problem> Check(Visit visit, PersonalId number, string name)
    {
        var typed = visit.Field(Field);
        if (Text(visit, PasswordRules.Check(typed, number, name)) is { } problem)
        {
            yield return problem;
        }
        else if (typed != visit.Field(Again))
        {
            yield return new Problem(
                visit.T("Hai mật khẩu không giống nhau.", "The two passwords differ."), visit.T("Nhập lại cùng một mật khẩu.", "Type the same password twice."), Again);
        }
    }

    static Problem? Text(Visit visit, PasswordDoubt doubt)
    {
        Problem Say(string vi, string en, string nextVi, string nextEn) => new(visit.T(vi, en), visit.T(nextVi, nextEn), Field);
        return doubt switch
        {
            PasswordDoubt.None => null,
            PasswordDoubt.TooShort => Say(
                "Mật khẩu quá ngắn.", "The password is too short.", "Dùng ít nhất 12 ký tự; vài từ không liên quan là tốt.", "Use at least 12 characters; a few unrelated words do well."),
            PasswordDoubt.TooLong => Say("Mật khẩu quá dài.", "The password is too long.", "Dùng nhiều nhất 256 ký tự.", "Use at most 256 characters."),
            PasswordDoubt.NotText => Say(
                "Mật khẩu có ký tự không dùng được.", "The password has characters that cannot be used.", "Bỏ ký tự điều khiển và ký tự hỏng.", "Leave out control characters and broken ones."),
            PasswordDoubt.Personal => Say(
                "Mật khẩu chứa thông tin của bạn.", "The password contains what others know of you.", "Đừng dùng số định danh hay họ tên.", "Do not use your number or name."),
            _ => Say(
                "Mật khẩu quá dễ đoán.", "The password is too easy to guess.", "Tránh từ phổ biến, dãy phím, dãy số, ngày tháng; ghép nhiều từ không liên quan.",
                "Avoid common words, runs of keys or digits, and dates; put several unrelated words together."),
        };
    }
}
