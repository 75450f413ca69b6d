using Platform.Api.Input;
using Platform.Api.Problems;

namespace Platform.Api.Reports;

/// <summary>The words of citizens and officials about a report: a text of several lines.</summary>
static class ReportTexts
{
    public const string Pointer = "/text";
    public const int Longest = 2000;

    public static void Check(string text, InputCheck check)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            check.Refuse(ErrorCodes.TextEmpty, Pointer);
        }
        else if (text.Length > Longest)
        {
            check.Refuse(ErrorCodes.TextTooLong, Pointer);
        }
    }
}
