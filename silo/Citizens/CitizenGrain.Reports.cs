using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Domain.Ledger;
using Platform.Domain.Reports;
using Platform.Domain.Sharing;
using Platform.Silo.Ledger;
using Platform.Silo.Reports;

namespace Platform.Silo.Citizens;

// What is decided here rests on the ledger as it stands in the database: if that is ahead of this activation, the append loses and nothing was done.
internal sealed partial class CitizenGrain
{
    private static readonly string[] DocumentFields = ["number", "issuer", "issuedOn", "validFrom", "validTo", "state"];

    public async Task<ReportAnswer> OpenReport(ReportCall call)
    {
        Guard();
        var known = await KnownReports();
        if (known.FirstOrDefault(report => report.Opened.OperationKey == call.OperationKey) is { } earlier)
        {
            return IsSame(earlier.Opened, call) ? new ReportAnswer { Report = earlier.View() } : RefusedReport(Refusals.OperationKeyReused);
        }

        if (IsAmbiguous(call))
        {
            return RefusedReport(Refusals.ReportSubjectAmbiguous);
        }

        var access = call.Access is { } id ? await Reported(id) : null;
        if (access is null && !Holds(call))
        {
            await ConfirmNewest();
            return RefusedReport(Record is null ? Refusals.CitizenUnknown : Refusals.ReportSubjectUnknown);
        }

        if (known.Count(report => report.Answer is null) >= ReportTerms.MostOpen)
        {
            return RefusedReport(Refusals.ReportsTooMany);
        }

        var body = new ReportOpenedBody(call.Kind, call.Text, call.OperationKey)
        {
            Attribute = call.Attribute,
            Document = call is { DocumentKind: { } kind, DocumentNumber: { } number } ? new ReportedDocument(kind, number) : null,
            Access = access,
            Proposed = call.Proposed,
        };
        var entry = await AppendOrAbandon(Draft(LedgerKinds.ReportOpened, Now, body));
        return new ReportAnswer { Report = new KnownReport(entry.Id, entry.At, body).View() };
    }

    public async Task<OpenReport?> ReadReport(Guid report, ReportOfficial official)
    {
        Guard();
        if ((await KnownReports()).FirstOrDefault(known => known.Id == report && known.Answer is null) is not { } found)
        {
            return null;
        }

        var reader = ReaderOf(report, official);
        if (found.Readers.Contains(reader))
        {
            await ConfirmNewest();
        }
        else
        {
            await AppendOrAbandon(Draft(LedgerKinds.ReportRead, Now, new ReportReadBody(report, Masked(official), official.Role, reader)));
        }

        var view = found.View();
        return new OpenReport
        {
            Report = view with
            {
                Text = PersonalIdMask.Apply(view.Text),
                Proposed = view.Proposed is null ? null : PersonalIdMask.Apply(view.Proposed),
                DocumentNumber = view.DocumentNumber is null ? null : PersonalIdMask.Apply(view.DocumentNumber),
            },
            Masked = _citizen.ToString(),
            Held = HeldNow(view),
        };
    }

    public async Task<ReportAnswer> AnswerReport(AnswerReportCall call)
    {
        Guard();
        if (call.Official.PersonalId == _citizen.Reveal())
        {
            return RefusedReport(Refusals.ReportOwn);
        }

        if ((await KnownReports()).FirstOrDefault(known => known.Id == call.Report) is not { } found)
        {
            return RefusedReport(Refusals.ReportUnknown);
        }

        var body = new ReportAnsweredBody(call.Report, call.Outcome, call.Text, Masked(call.Official), call.Official.Role, call.OperationKey);
        if (found.Answer is { } earlier)
        {
            return earlier == body ? new ReportAnswer { Report = found.View() } : RefusedReport(Refusals.ReportAnswered);
        }

        if (!ReportTerms.Fits(found.Opened.Kind, call.Outcome))
        {
            return RefusedReport(Refusals.ReportOutcomeUnfit);
        }

        var entry = await AppendOrAbandon(Draft(LedgerKinds.ReportAnswered, Now, body));
        return new ReportAnswer { Report = (found with { Answer = body, AnsweredAt = entry.At }).View() };
    }

    private async Task<ImmutableArray<KnownReport>> KnownReports() => KnownReport.In(await LedgerReading.OrTryAgain(async () =>
    {
        var known = await reports.Of(_citizen.Reveal());
        await store.Settle();
        return known;
    }));

    private async Task<ReportedEntry?> Reported(Guid id)
    {
        var (row, _) = await LedgerReading.OrTryAgain(() => accesses.Find(_citizen.Reveal(), id));
        return row is null ? null : new ReportedEntry(row.Id, row.At, row.Source.Kind, row.Source.Id, row.SourceName);
    }

    private static bool IsAmbiguous(ReportCall call)
    {
        var isDocument = call.DocumentKind is not null && call.DocumentNumber is not null;
        var subjects = (call.Attribute is null ? 0 : 1) + (isDocument ? 1 : 0) + (call.Access is null ? 0 : 1);
        return subjects != 1 || (call.Access is not null) != (call.Kind == ReportKind.AccessQuestion);
    }

    private bool Holds(ReportCall call) => Record is not null && (call.Attribute is { } path
        ? !Release.Values(Record, path, CivilTime.Day(Now)).IsEmpty
        : call is { DocumentKind: { } kind, DocumentNumber: { } number } && Record.Find(kind, number) is not null);

    private ImmutableArray<ReportedValue> HeldNow(ReportView report)
    {
        var today = CivilTime.Day(Now);
        if (Record is not null && report.Attribute is { } path)
        {
            return [.. Release.Values(Record, path, today).Select(value => Value(path, value.Text))];
        }

        if (report is not { DocumentKind: { } kind, DocumentNumber: { } number } || Record?.Find(kind, number) is not { } document)
        {
            return [];
        }

        return
        [
            .. from field in DocumentFields.Concat(document.Values.Select(pair => pair.Key))
               let text = document.Attribute(field, today)
               where text is not null
               select Value($"document.{kind}.{field}", text),
        ];
    }

    private static ReportedValue Value(string path, string text) => new() { Path = path, Text = PersonalIdMask.Apply(text) };

    private static bool IsSame(ReportOpenedBody opened, ReportCall call) =>
        (opened.Kind, opened.Text, opened.Attribute, opened.Document?.Kind, opened.Document?.Number, opened.Access?.Id, opened.Proposed)
        == (call.Kind, call.Text, call.Attribute, call.DocumentKind, call.DocumentNumber, call.Access, call.Proposed);

    private static string Masked(ReportOfficial official) => PersonalId.Parse(official.PersonalId).ToString();

    private static string ReaderOf(Guid report, ReportOfficial official) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{report:N} {official.Subject}")));

    private static ReportAnswer RefusedReport(string code) => new() { Refusal = code };

    private async Task<LedgerEntry> AppendOrAbandon(EntryDraft draft)
    {
        try
        {
            return await Append(draft);
        }
        catch (TryAgainException fault) when (fault.Code != TryAgainException.LedgerBusy)
        {
            Abandon();
            throw;
        }
    }
}
