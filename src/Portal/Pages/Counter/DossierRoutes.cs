using Platform.Portal.Api;
using Platform.Portal.Login;
using Platform.Portal.Pages.Shell;
using Platform.Portal.Sessions;

namespace Platform.Portal.Pages.Counter;

/// <summary>The form for a dossier, and the answer to it, which is shown once.</summary>
static class DossierRoutes
{
    const string UnitCookie = "portal-unit";

    public static IResult Show(Visit visit, SafeCookies cookies) =>
        visit.Page<DossierPage, DossierView>(new(DossierForm.Read(visit, cookies.Read<string>(visit.Http, UnitCookie) ?? ""), []));

    public static async Task<IResult> Ask(Visit visit, OneTimeForms once, DossierDesk desk, SafeCookies cookies)
    {
        var form = DossierForm.Read(visit, "");
        if (DossierCheck.Of(form, visit.Words) is { Count: > 0 } problems)
        {
            return Again(visit, form, problems, StatusCodes.Status400BadRequest);
        }
        cookies.Write(visit.Http, UnitCookie, form.Unit);
        try
        {
            return await once.Once(visit.Http, visit.Session, visit.Operation, form.Content, proof => desk.Ask(visit.Session, form, proof)) is { } asked
                ? Answer(visit, form, asked)
                : Used(visit, form);
        }
        catch (ApiFaultException fault) when (fault.Fault == ApiFault.Repeated)
        {
            return Used(visit, form);
        }
        // Here the form itself comes back, so that not even the number has to be typed again.
        catch (ApiFaultException fault) when (fault.Fault is ApiFault.Unavailable or ApiFault.Busy or ApiFault.Malformed)
        {
            return Unanswered(visit, form);
        }
        catch (IdentityUnavailableException)
        {
            return Unanswered(visit, form);
        }
    }

    static IResult Answer(Visit visit, DossierForm form, Asked asked) => asked switch
    {
        { Disclosure: { } disclosure } => visit.Page<DossierResultPage, DossierResult>(
            new(form, disclosure), disclosure.Outcome == "denied" ? StatusCodes.Status403Forbidden : StatusCodes.Status200OK),
        { Problem: { } problem } => Again(visit, form, [DossierWords.Of(problem, visit.Words)], problem.Status),
        _ => OfficerGate.Refuse(visit, asked.Standing),
    };

    static IResult Used(Visit visit, DossierForm form) => Again(visit, form, [new FormProblem(
        visit.T("Phiếu này đã được gửi rồi", "This form was sent already"),
        visit.T("Kết quả chỉ hiện một lần và đã được ghi vào sổ của công dân. Nếu gửi lại, đó là một lần khai thác mới và được ghi thêm một lần nữa.",
            "Its answer was shown once and is in the citizen's ledger. If you send it again, that is a new request and is recorded once more."))], StatusCodes.Status409Conflict);

    static IResult Unanswered(Visit visit, DossierForm form)
    {
        visit.Http.Response.Headers.RetryAfter = "30";
        return Again(visit, form, [new FormProblem(
            visit.T("Hệ thống chưa trả lời", "The system gave no answer"),
            visit.T("Bạn chưa nhận được thông tin nào. Chờ một phút rồi gửi lại; những gì bạn đã nhập vẫn còn đây.",
                "You received nothing. Wait a minute, then send it again; what you typed is still here."))], StatusCodes.Status503ServiceUnavailable);
    }

    static IResult Again(Visit visit, DossierForm form, IReadOnlyList<FormProblem> problems, int status)
    {
        visit.RenewOperation();
        return visit.Page<DossierPage, DossierView>(new(form, problems), status);
    }
}

/// <summary>The form for a dossier, with what is wrong with it.</summary>
public sealed record DossierView(DossierForm Form, IReadOnlyList<FormProblem> Problems);

/// <summary>What was decided, for the officer who asked.</summary>
public sealed record DossierResult(DossierForm Form, Api.Shapes.Disclosure Disclosure);
