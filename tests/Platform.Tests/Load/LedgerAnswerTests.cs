using Platform.Domain.Consents;
using Platform.Load.Histories;
using Xunit;

namespace Platform.Tests.Load;

/// <summary>Answers beside ledgers; each "no" is the same honest story with one thing changed.</summary>
public sealed class LedgerAnswerTests
{
    private readonly ToldLedger _told = new();

    [Fact]
    public void What_an_honest_silo_did_is_accepted()
    {
        var limited = _told.Grant(uses: 2);
        _told.Ask();
        _told.Push(1);
        _told.Ask();
        _told.Ask();
        var consent = _told.Grant();
        _told.Ask();
        _told.Withdraw(consent);
        _told.Withdraw(limited);
        _told.Ask();

        _told.IsAccepted();
    }

    [Fact]
    public void An_answer_whose_entry_is_not_there_is_found()
    {
        _told.Grant();
        _told.Ask();
        _told.Entries.RemoveAt(1);

        _told.IsRejected("entry.missing");
    }

    [Fact]
    public void A_removed_entry_leaves_a_gap()
    {
        _told.Grant();
        _told.Ask();
        _told.Ask();
        _told.Entries.RemoveAt(1);

        _told.IsRejected("chain.gap");
    }

    [Fact]
    public void An_entry_that_was_changed_afterwards_is_found()
    {
        _told.Grant();
        var entry = _told.Ask();
        _told.Entries[1] = entry with { At = entry.At.AddMicroseconds(1) };

        _told.IsRejected("chain.hash");
    }

    [Fact]
    public void An_entry_that_follows_another_than_stands_before_it_is_found()
    {
        var other = new ToldLedger();
        other.Ask();
        other.Ask();
        _told.Ask();
        _told.Ask();
        _told.Entries[1] = other.Entries[1];

        _told.IsRejected("chain.fork");
    }

    [Theory]
    [InlineData("its hash")]
    [InlineData("its position")]
    [InlineData("what was asked")]
    [InlineData("what was released")]
    [InlineData("the consents it rests on")]
    public void An_answer_that_differs_from_its_entry_is_found(string inWhat)
    {
        _told.Grant();
        _told.Ask();
        _told.Answer(answer => inWhat switch
        {
            "its hash" => answer with { Hash = new string('0', 64) },
            "its position" => answer with { Seq = 3 },
            "what was asked" => answer with { Targets = [.. answer.Targets, Told.Born] },
            "what was released" => answer with { Released = [] },
            _ => answer with { ConsentsUsed = [Told.A] },
        });

        var report = _told.Check();

        Assert.Contains(report.Violations, violation => violation.Rule == "entry.differs" && violation.What.EndsWith($"differ in {inWhat}.", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_answers_never_share_an_entry()
    {
        _told.Ask();
        _told.Ask();
        _told.Answer(answer => answer with { Entry = _told.Operations[0].Entry, Seq = _told.Operations[0].Seq, Hash = _told.Operations[0].Hash });

        _told.IsRejected("entry.shared");
    }

    [Theory]
    [InlineData("consent.granted")]
    [InlineData("consent.withdrawn")]
    [InlineData("document.put")]
    public void An_acknowledged_change_that_the_ledger_does_not_have_is_found(string kind)
    {
        var consent = _told.Grant();
        _told.Withdraw(consent);
        _told.Push(1);
        _told.IsAccepted();

        _told.Entries.RemoveAll(entry => entry.Kind == kind);

        _told.IsRejected("entry.lost");
    }

    [Fact]
    public void An_entry_that_nobody_asked_for_is_found()
    {
        _told.Ask();
        _told.Ask();
        _told.Operations.RemoveAt(1);

        _told.IsRejected("entry.unasked");
    }

    [Fact]
    public void An_attempt_without_an_answer_explains_an_entry_but_only_one_that_it_asked_for()
    {
        _told.Ask();
        _told.Ask();
        _told.Answer(Unanswered);
        _told.IsAccepted();

        _told.Answer(attempt => attempt with { Targets = [Told.Born] });

        _told.IsRejected("entry.unasked");
    }

    [Fact]
    public void An_attempt_explains_no_entry_that_was_answered_after_before_it_was_made()
    {
        _told.Ask();
        _told.Ask();
        _told.Ask();
        _told.Operations[1] = Unanswered(_told.Operations[1]);
        _told.IsAccepted();

        _told.Operations[1] = _told.Operations[1] with { Called = _told.Operations[2].Answered!.Value + 1 };

        _told.IsRejected("entry.unasked");
    }

    [Fact]
    public void The_order_of_the_ledger_is_that_of_time()
    {
        _told.Grant();
        _told.Ask();
        var (grant, ask) = (_told.Operations[0], _told.Operations[1]);
        _told.Operations[0] = grant with { Called = ask.Answered!.Value + 1, Answered = ask.Answered + 2 };

        _told.IsRejected("order.time");
    }

    [Fact]
    public void A_reading_stands_where_it_saw_the_ledger_end()
    {
        _told.Grant();
        _told.Push(1);
        var read = new Told().Read(2, 9).Operations[0] with { Id = 9 };

        Assert.Empty(_told.Check(read).Violations);
        Assert.Equal("order.time", Assert.Single(_told.Check(read with { Version = 1 }).Violations).Rule);
        Assert.Equal("entry.missing", Assert.Single(_told.Check(read with { Version = 3 }).Violations).Rule);
    }

    [Fact]
    public void A_decision_on_a_withdrawn_consent_is_found_from_the_ledger_alone()
    {
        var consent = _told.Grant();
        _told.Withdraw(consent);
        _told.Ask(facts => facts with { Consents = [.. facts.Consents.Select(fact => fact with { State = ConsentState.Granted })] });

        _told.IsRejected("replay.consent");
    }

    [Fact]
    public void A_decision_on_a_used_up_consent_is_found_from_the_ledger_alone()
    {
        _told.Grant(uses: 1);
        _told.Ask();
        _told.Ask(facts => facts with { Consents = [.. facts.Consents.Select(fact => fact with { Used = 0 })] });

        _told.IsRejected("replay.uses");
    }

    [Fact]
    public void A_decision_that_overlooks_a_consent_is_found_from_the_ledger_alone()
    {
        _told.Grant();
        _told.Ask(facts => facts with { Consents = [] });

        _told.IsRejected("replay.facts");
    }

    [Fact]
    public void A_ledger_that_was_extended_and_that_no_operation_is_about_is_found()
    {
        _told.Ask();
        _told.Operations.Clear();
        var report = _told.Check(new Told { Citizen = 3 }.Grant(Told.A, 1).Operations[0] with { Outcome = OperationOutcome.Refused });

        Assert.Contains(report.Violations, violation => violation.Rule == "entry.unasked");
    }

    private static Operation Unanswered(Operation answer) => answer with
    {
        Answered = null,
        Outcome = OperationOutcome.Unknown,
        Code = "timeout",
        Released = [],
        ConsentsUsed = [],
        Entry = null,
        Seq = null,
        Hash = null,
    };
}
