using Platform.Load.Checking;
using Platform.Load.Checking.Answers;
using static Platform.Tests.Load.Told;
using Xunit;

namespace Platform.Tests.Load;

/// <summary>What answers about places in the ledger and versions of a document can and cannot be.</summary>
public sealed class PlaceAnswerTests
{
    [Fact]
    public void Two_answers_never_name_one_place()
    {
        new Told().Ask(1, 5, seq: 4).Ask(2, 6, seq: 3).IsAccepted();
        new Told().Ask(1, 5, seq: 4).Ask(2, 6, seq: 4).IsRejected("place.shared", 0, 1);
    }

    [Fact]
    public void Places_grow_with_time()
    {
        new Told().Ask(1, seq: 3).Ask(5, seq: 4).IsAccepted();
        new Told().Ask(1, seq: 4).Ask(5, seq: 3).IsRejected("place.order", 0, 1);
    }

    [Fact]
    public void A_reading_shows_what_was_answered_before_it_and_nothing_that_was_asked_after_it()
    {
        new Told().Ask(1, seq: 3).Read(3, 5).Ask(9, seq: 4).IsAccepted();
        new Told().Ask(1, seq: 3).Read(2, 5).IsRejected("read.old", 0, 1);
        new Told().Read(4, 5).Ask(9, seq: 4).IsRejected("place.order", 0, 1);
        new Told().Read(4, 5).Read(3, 9).IsRejected("read.old", 0, 1);
    }

    [Fact]
    public void A_list_of_accesses_need_not_know_of_changes_but_of_accesses()
    {
        new Told().Ask(1, seq: 3).Grant(A, 5).Read(3, 9, purpose: "accesses").IsAccepted();
        new Told().Ask(1, seq: 3).Ask(5, seq: 4).Read(3, 9, purpose: "accesses").IsRejected("read.old", 1, 2);
    }

    [Fact]
    public void The_version_released_is_the_one_held()
    {
        new Told().See(0, 1).Push(1, 3).See(1, 5).Push(2, 7, 20).See(1, 9).See(2, 12).IsAccepted();
        new Told().Push(1, 3).Push(2, 5).See(1, 9).IsRejected("version.old", 1, 2);
        new Told().Push(1, 3).See(0, 9).IsRejected("version.old", 0, 1);
        new Told().Push(1, 3).See(2, 9).IsRejected("version.unknown", 1);
        new Told().Push(2, 7, 20).See(2, 9).See(0, 12).IsRejected("version.old", 1, 2);
    }

    [Fact]
    public void A_push_without_an_answer_may_have_been_taken_in()
    {
        new Told().Push(1, 3).Unanswered().See(0, 5).See(1, 9).IsAccepted();
        new Told().Push(1, 3).Unanswered().See(1, 5).See(0, 9).IsRejected("version.old", 1, 2);
    }

    [Fact]
    public void A_push_is_refused_as_old_only_beside_a_newer_one()
    {
        new Told().Push(2, 1).Push(1, 3).Refused("document.version-old").See(2, 5).IsAccepted();
        new Told().Push(1, 1).Push(2, 3).Refused("document.version-old").See(1, 5).IsRejected("order.none", 1);
        new Told().Push(2, 1).Push(1, 3).IsRejected("version.old", 0, 1);
    }

    [Fact]
    public void A_push_that_was_asked_again_may_have_been_taken_in_before_it_was_refused_as_old() =>
        new Told().Push(1, 1, 30).Refused("document.version-old").See(1, 3).Push(2, 5).See(2, 7).IsAccepted();

    [Fact]
    public void One_entry_does_not_answer_two_citizens()
    {
        var ask = new Told().Ask(1, seq: 3).Operations[0];

        Assert.Empty(HistoryCheck.AnswersAlone(History(ask, ask with { Id = 1, Citizen = 1, Entry = Guid.NewGuid() })).Violations);
        Assert.Equal("entry.shared", Assert.Single(HistoryCheck.AnswersAlone(History(ask, ask with { Id = 1, Citizen = 1 })).Violations).Rule);
    }

    [Fact]
    public void Who_runs_into_a_bound_says_so_and_claims_nothing()
    {
        var told = new Told();
        for (var open = 0; open < 12; open++)
        {
            told.Grant(Guid.NewGuid(), open, 100);
        }

        var report = told.Check(new SearchBounds(50, 10));

        Assert.Equal(CheckReport.NotDecided, report.ExitCode);
        Assert.Contains("more than 50 steps", Assert.Single(report.Undecided).Why, StringComparison.Ordinal);
        Assert.Empty(report.Violations);
    }
}
