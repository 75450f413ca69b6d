using System.Text;

namespace Platform.Portal.Pages.Accesses;

/// <summary>Lines of a table that spreadsheets open and never calculate with.</summary>
static class Csv
{
    // What Excel and LibreOffice begin a formula with, full-width forms included.
    const string Formulas = "=+-@＝＋－＠";

    public static void Line(StringBuilder text, char separator, params ReadOnlySpan<string?> cells)
    {
        for (var index = 0; index < cells.Length; index++)
        {
            if (index > 0)
            {
                text.Append(separator);
            }
            var cell = cells[index] ?? "";
            text.Append('"').Append(IsFormula(cell) ? "'" : "").Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        text.Append("\r\n");
    }

    static bool IsFormula(string cell) => cell is ['\t' or '\r' or '\n', ..] || (cell.TrimStart() is [var first, ..] && Formulas.Contains(first, StringComparison.Ordinal));
}
