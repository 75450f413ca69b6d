using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Platform.Portal.Api;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Accesses;

/// <summary>
/// The history as a table for spreadsheets, one line for each thing that was asked for. It is sent as it is read; where that breaks off, so does the
/// connection, so that no browser takes a part for the whole.
/// </summary>
sealed class AccessExport(Visit visit, Func<long?, Task<ApiResult<AccessPage>>> read, AccessPage first) : IResult
{
    public const int PageLength = 200;
    const int MostPauses = 15;
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    // Excel in Vietnamese, where the comma is in numbers, separates by semicolons.
    char Separator => visit.Words.IsEnglish ? ',' : ';';

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{visit.T("ai-da-xem", "who-looked")}-{Words.DayOf(visit.Now):yyyy-MM-dd}.csv\"";

        // The mark by which Excel knows UTF-8.
        var text = new StringBuilder("\uFEFF");
        Csv.Line(text, Separator, [.. Header()]);
        for (var page = first; ; page = (await Patiently(page.Next)).Require())
        {
            foreach (var access in page.Items)
            {
                Append(text, access);
            }
            Encoding.UTF8.GetBytes(text.ToString(), response.BodyWriter);
            text.Clear();
            await response.BodyWriter.FlushAsync(visit.Ct);
            if (page.Next is null)
            {
                return;
            }
        }
    }

    // A long history takes more calls than a person may make at once.
    async Task<ApiResult<AccessPage>> Patiently(long? before)
    {
        for (var pauses = 0; ; pauses++)
        {
            try
            {
                return await read(before);
            }
            catch (ApiFaultException fault) when (fault.Fault == ApiFault.Busy && pauses < MostPauses)
            {
                await Task.Delay(Pause, visit.Clock, visit.Ct);
            }
        }
    }

    ImmutableArray<string> Header() =>
    [
        visit.T("Số thứ tự trong sổ", "Position in the ledger"), visit.T("Lúc", "When"), visit.T("Cơ quan, tổ chức", "Organisation"), visit.T("Hệ thống", "System"),
        visit.T("Mục đích", "Purpose"), visit.T("Căn cứ", "Legal ground"), visit.T("Vai trò cán bộ", "Role of the official"), visit.T("Đơn vị", "Unit"),
        visit.T("Mã hồ sơ", "Case"), visit.T("Kết quả", "Outcome"), visit.T("Thông tin", "What was asked for"), visit.T("Đã cung cấp", "Released"), visit.T("Vì sao", "Why"),
    ];

    void Append(StringBuilder text, Access access)
    {
        foreach (var target in access.Targets.Select(target => (AccessTarget?)target).DefaultIfEmpty())
        {
            Csv.Line(
                text,
                Separator,
                access.Seq.ToString(CultureInfo.InvariantCulture),
                Words.Sortable(access.At),
                visit.Words.T(access.Organisation.Label),
                visit.Words.T(access.System.Label),
                access.Purpose is { } purpose ? visit.Words.T(purpose.Label) : null,
                access.Ground is { } ground ? visit.Words.T(ground) : null,
                access.Official is { } official ? RoleWords.Say(visit.Words, official.Role) : null,
                access.Official?.Unit,
                access.CaseReference,
                OutcomeWords.Say(visit.Words, access.Outcome),
                target is null ? null : visit.Words.T(target.Label),
                target is null ? null : target.Released ? visit.T("Có", "Yes") : visit.T("Không", "No"),
                target is null ? null : visit.Words.T(target.Explanation));
        }
    }
}
