using System.Collections.Immutable;
using Platform.Load.Checking;
using Platform.Load.Checking.Answers;
using Platform.Load.Histories;
using Xunit;

namespace Platform.Tests.Load;

/// <summary>Operations of one citizen in short words; times are milliseconds and a call takes one unless told otherwise.</summary>
internal sealed class Told
{
    public const string Name = "profile.fullName";
    public const string Born = "profile.birthDate";
    public const string Months = "document.socialInsurance.contributionMonths";

    private readonly List<Operation> _operations = [];

    public static Guid A { get; } = new("00000000-0000-7000-8000-00000000000a");

    public static Guid B { get; } = new("00000000-0000-7000-8000-00000000000b");

    public int Citizen { get; init; }

    public IReadOnlyList<Operation> Operations => _operations;

    public static History History(params IEnumerable<Operation> operations) =>
        new(new HistoryHeader { Seed = 7, StartedAt = DateTimeOffset.UnixEpoch, Citizens = 100, Instances = 2 }, [.. operations]);

    public Told Grant(Guid? consent, int called, int? answered = null, int? uses = null, params ImmutableArray<string> targets) =>
        Add(OperationKind.Grant, called, answered ?? called + 1, operation => operation with
        {
            Consent = consent,
            Recipient = "dien-luc",
            Purpose = "electricity.contract",
            Targets = targets.IsEmpty ? [Name] : targets,
            Uses = uses,
        });

    public Told Withdraw(Guid consent, int called, int? answered = null) =>
        Add(OperationKind.Withdraw, called, answered ?? called + 1, operation => operation with { Consent = consent });

    /// <summary>Released on consents, or denied if none is given.</summary>
    public Told Ask(int called, int? answered = null, long? seq = null, params ImmutableArray<Guid> on) => AskFor([Name], called, answered, seq, on.IsEmpty ? [] : [Name], on);

    public Told AskFor(ImmutableArray<string> targets, int called, int? answered, long? seq, ImmutableArray<string> released, ImmutableArray<Guid> on) =>
        Add(OperationKind.Disclose, called, answered ?? called + 1, operation => operation with
        {
            Recipient = "dien-luc",
            Purpose = "electricity.contract",
            Targets = targets,
            Outcome = released.IsEmpty ? OperationOutcome.Refused : OperationOutcome.Done,
            Code = released.IsEmpty ? "disclosure.denied" : null,
            Released = released,
            ConsentsUsed = on,
            Seq = seq,
            Entry = seq is null ? null : Guid.NewGuid(),
            Hash = seq is null ? null : new string('a', 64),
        });

    public Told Push(int version, int called, int? answered = null) =>
        Add(OperationKind.Push, called, answered ?? called + 1, operation => operation with { Version = version, Targets = [Months] });

    public Told See(int version, int called, int? answered = null, long? seq = null) =>
        Add(OperationKind.Disclose, called, answered ?? called + 1, operation => operation with
        {
            Recipient = "bhxh-tinh",
            Purpose = "unemployment-benefit.payment",
            Targets = [Months],
            Released = [Months],
            Version = version,
            Seq = seq,
        });

    public Told Read(int head, int called, int? answered = null, string purpose = "ledger") =>
        Add(OperationKind.Read, called, answered ?? called + 1, operation => operation with { Purpose = purpose, Version = head });

    /// <summary>The last operation got no answer.</summary>
    public Told Unanswered() => Last(operation => operation with
    {
        Answered = null,
        Outcome = OperationOutcome.Unknown,
        Code = "timeout",
        Consent = operation.Kind == OperationKind.Grant ? null : operation.Consent,
        Released = [],
        ConsentsUsed = [],
        Entry = null,
        Seq = null,
        Hash = null,
    });

    public Told Refused(string code) => Last(operation => operation with { Outcome = OperationOutcome.Refused, Code = code });

    public Told Last(Func<Operation, Operation> change)
    {
        _operations[^1] = change(_operations[^1]);
        return this;
    }

    public CheckReport Check(SearchBounds? bounds = null) => HistoryCheck.AnswersAlone(History(_operations), bounds);

    public void IsAccepted()
    {
        var report = Check();
        Assert.True(report.ExitCode == CheckReport.Clean, Text(report));
    }

    /// <summary>Rejected for this reason, shown by exactly these operations (by their order of telling).</summary>
    public void IsRejected(string rule, params int[] shownBy)
    {
        var report = Check();
        Assert.Equal(CheckReport.Violated, report.ExitCode);
        var violation = Assert.Single(report.Violations);
        Assert.Equal(rule, violation.Rule);
        Assert.Equal(shownBy.Select(index => (long)index).Order(), violation.Operations.Select(operation => operation.Id).Order());
    }

    public static string Text(CheckReport report)
    {
        using var text = new StringWriter();
        ReportText.Write(text, report, most: 5);
        return text.ToString();
    }

    private Told Add(OperationKind kind, int called, int answered, Func<Operation, Operation> more)
    {
        _operations.Add(more(new Operation
        {
            Id = _operations.Count,
            Citizen = Citizen,
            Kind = kind,
            Instance = 0,
            Called = called * 1000,
            Answered = answered * 1000,
            Outcome = OperationOutcome.Done,
        }));
        return this;
    }
}
