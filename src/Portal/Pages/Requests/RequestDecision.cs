using Platform.Portal.Api;
using Platform.Portal.Pages.Failures;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Requests;

/// <summary>The person's decision on a request: some of what is asked for, or nothing.</summary>
static class RequestDecision
{
    public static async Task<IResult> Decide(Visit visit, Guid id)
    {
        var form = RequestForm.Of(visit);
        if (form.Granted is not { } granted)
        {
            return new FailureResult(Failure.BadRequest);
        }
        if (granted && form.Targets.IsEmpty)
        {
            return await RequestRoutes.ShowOne(visit, id, form, NothingTicked(visit), StatusCodes.Status400BadRequest);
        }
        var body = new { granted, targets = granted ? form.Targets : [], language = form.Language, textHash = form.TextHash };
        return await visit.Api.Send(HttpMethod.Post, $"v1/me/requests/{id}/decision", body, visit.Operation) is { } problem
            ? await RequestRoutes.ShowOne(visit, id, form, Told(visit, problem), problem.Status)
            : Visit.Go($"{Addresses.Requests}/{id}?done=1");
    }

    public static FormProblem TextChanged(Visit visit) => new(
        visit.T("Lời văn đã thay đổi từ khi bạn mở trang", "The words have changed since you opened the page"),
        visit.T("Chưa có gì được ghi nhận. Hãy đọc lại lời văn mới rồi chọn lại.", "Nothing was recorded. Read the new words, then choose again."));

    static FormProblem NothingTicked(Visit visit) => new(
        visit.T("Bạn chưa chọn mục nào", "You have not ticked anything"),
        visit.T("Đánh dấu ít nhất một mục bạn cho phép, hoặc bấm “Từ chối tất cả”.", "Tick at least one thing that you allow, or press “Refuse everything”."),
        "target-0");

    static FormProblem Told(Visit visit, ApiProblem problem) => problem.Code switch
    {
        // Sent before with other boxes: what was decided then counts, and is shown.
        "request.decided" or "operation.key-reused" => new(
            visit.T("Yêu cầu này không còn chờ nữa", "This request no longer waits"),
            visit.T("Nó đã được quyết định ở nơi khác, đã được rút, hoặc đã hết hạn. Kết quả ở dưới; lần bấm vừa rồi không thay đổi gì.", "It was decided elsewhere, taken back, or has expired. The outcome is below; what you just pressed changed nothing.")),
        "request.text-changed" => TextChanged(visit),
        "representative.needed" => new(
            visit.T("Cần người đại diện cùng đồng ý", "Your representative must agree too"),
            visit.T("Bạn chưa thể tự mình cho phép. Hãy cùng cha mẹ hoặc người giám hộ đến bộ phận một cửa, hoặc đăng nhập từ trang của nơi hỏi để người đại diện được mời xác nhận. Từ chối thì bạn tự làm được.", "You cannot allow this alone yet. Go to the one-stop counter with your parent or guardian, or log in from the page of whoever asks, where your representative is invited to confirm. You can refuse by yourself.")),
        _ => FormProblem.Of(problem, visit.Words),
    };
}
