using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Ledger;

namespace Platform.Silo.Reports;

/// <summary>A report put together from its entries in the ledger.</summary>
internal sealed record KnownReport(Guid Id, DateTimeOffset At, ReportOpenedBody Opened)
{
    /// <summary>Digests of the officials who read it.</summary>
    public ImmutableHashSet<string> Readers { get; init; } = [];

    public ReportAnsweredBody? Answer { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>All reports in the entries of one citizen, oldest first.</summary>
    public static ImmutableArray<KnownReport> In(ImmutableArray<LedgerEntry> entries)
    {
        var order = new List<Guid>();
        var known = new Dictionary<Guid, KnownReport>();
        foreach (var entry in entries)
        {
            switch (entry.Kind)
            {
                case LedgerKinds.ReportOpened:
                    order.Add(entry.Id);
                    known[entry.Id] = new KnownReport(entry.Id, entry.At, DomainJson.Read<ReportOpenedBody>(entry.Body));
                    break;
                case LedgerKinds.ReportRead:
                    var read = DomainJson.Read<ReportReadBody>(entry.Body);
                    known[read.Report] = known[read.Report] with { Readers = known[read.Report].Readers.Add(read.Reader) };
                    break;
                case LedgerKinds.ReportAnswered:
                    var answer = DomainJson.Read<ReportAnsweredBody>(entry.Body);
                    known[answer.Report] = known[answer.Report] with { Answer = answer, AnsweredAt = entry.At };
                    break;
            }
        }

        return [.. order.Select(id => known[id])];
    }

    public ReportView View() => new()
    {
        Id = Id,
        Kind = Opened.Kind,
        OpenedAt = At,
        Attribute = Opened.Attribute,
        DocumentKind = Opened.Document?.Kind,
        DocumentNumber = Opened.Document?.Number,
        Access = Opened.Access is not { } access ? null : new ReportedAccess
        {
            Id = access.Id,
            At = access.At,
            Source = new AccessSource { Kind = access.Kind, Id = access.Source },
            SourceName = access.SourceName,
        },
        Text = Opened.Text,
        Proposed = Opened.Proposed,
        Reply = Answer is null ? null : new ReportReply { At = AnsweredAt!.Value, Text = Answer.Text, Role = Answer.Role, Outcome = Answer.Outcome },
    };
}
