using static Platform.Tests.Load.Told;
using Xunit;

namespace Platform.Tests.Load;

/// <summary>What answers about consents can and cannot be; each "no" stands beside a "yes" that differs in one thing.</summary>
public sealed class ConsentAnswerTests
{
    [Fact]
    public void A_release_on_a_consent_that_was_given_is_accepted_and_on_one_that_nobody_gave_rejected()
    {
        new Told().Grant(A, 1).Ask(5, on: A).IsAccepted();
        new Told().Grant(A, 1).Ask(5, on: B).IsRejected("consent.unknown", 1);
    }

    [Fact]
    public void A_release_may_come_before_the_grants_answer_but_not_before_its_call()
    {
        new Told().Grant(A, 4, 8).Ask(5, on: A).IsAccepted();
        new Told().Grant(A, 7, 8).Ask(5, on: A).IsRejected("consent.unknown", 1);
    }

    [Fact]
    public void A_release_after_an_acknowledged_withdrawal_is_rejected_and_during_it_accepted()
    {
        new Told().Grant(A, 1).Withdraw(A, 10, 14).Ask(12, 20, on: A).IsAccepted();
        new Told().Grant(A, 1).Withdraw(A, 10, 14).Ask(15, 20, on: A).IsRejected("consent.withdrawn", 1, 2);
    }

    [Fact]
    public void After_a_release_saw_a_consent_still_in_force_a_denial_that_began_later_may_still_come_but_not_the_other_way_round()
    {
        new Told().Grant(A, 1).Withdraw(A, 10, 30).Ask(12, on: A).Ask(15).IsAccepted();
        new Told().Grant(A, 1).Withdraw(A, 10, 30).Ask(12).Ask(15, on: A).IsRejected("order.none", 0, 2, 3);
    }

    [Fact]
    public void A_denial_beside_a_standing_consent_is_rejected_and_while_it_is_being_given_or_withdrawn_accepted()
    {
        new Told().Grant(A, 1, 6).Ask(5).IsAccepted();
        new Told().Grant(A, 1).Withdraw(A, 5, 9).Ask(5, 9).IsAccepted();
        new Told().Grant(A, 1).Ask(5).IsRejected("consent.ignored", 0, 1);
    }

    [Fact]
    public void A_consent_for_two_uses_is_used_twice_and_not_a_third_time()
    {
        new Told().Grant(A, 1, uses: 2).Ask(5, on: A).Ask(7, on: A).Ask(9).IsAccepted();
        new Told().Grant(A, 1, uses: 2).Ask(5, on: A).Ask(7, on: A).Ask(9, on: A).IsRejected("consent.used-up", 0, 1, 2, 3);
    }

    [Fact]
    public void A_consent_with_a_use_left_is_not_ignored()
    {
        new Told().Grant(A, 1, uses: 1).Ask(5, on: A).Ask(9).IsAccepted();
        new Told().Grant(A, 1, uses: 2).Ask(5, on: A).Ask(9).IsRejected("consent.ignored", 0, 2);
    }

    [Fact]
    public void An_unanswered_attempt_may_have_used_a_consent_up_but_only_after_its_call()
    {
        new Told().Grant(A, 1, uses: 1).Ask(5).Unanswered().Ask(9).IsAccepted();
        new Told().Grant(A, 1, uses: 1).Ask(5).Unanswered().Ask(9, on: A).IsAccepted();
        new Told().Grant(A, 1, uses: 1).Ask(5).Ask(9).Unanswered().IsRejected("consent.ignored", 0, 1);
    }

    [Fact]
    public void An_attempt_that_took_long_may_have_been_made_more_than_once()
    {
        new Told().Grant(A, 1, uses: 2).Ask(5, 40, on: A).Ask(50).IsAccepted();
        new Told().Grant(A, 1, uses: 2).Ask(5, 25, on: A).Ask(50).IsRejected("consent.ignored", 0, 2);
        new Told().Grant(A, 1, uses: 4).Ask(5, 40, on: A).Ask(50).IsRejected("consent.ignored", 0, 2);
    }

    [Fact]
    public void What_an_unseen_attempt_used_up_may_show_in_any_of_several_slow_denials()
    {
        new Told().Grant(A, 1, uses: 2).Ask(3, 70, seq: 24).Ask(4, 60, seq: 23).Ask(5, 10, seq: 22, on: A).IsAccepted();
        new Told().Grant(A, 1, uses: 2).Ask(3, 20, seq: 24).Ask(4, 19, seq: 23).Ask(5, 10, seq: 22, on: A).IsRejected("consent.ignored", 0, 2);
    }

    [Fact]
    public void Of_two_consents_the_first_one_is_used()
    {
        new Told().Grant(A, 1).Grant(B, 3).Ask(5, on: A).IsAccepted();
        new Told().Grant(A, 1, 4).Grant(B, 2, 4).Ask(5, on: B).IsAccepted();
        new Told().Grant(A, 1, uses: 1).Grant(B, 3).Ask(5, on: A).Ask(7, on: B).IsAccepted();
        new Told().Grant(A, 1).Grant(B, 3).Ask(5, on: B).IsRejected("order.none", 0, 1, 2);
    }

    [Fact]
    public void Each_target_rests_on_a_consent_that_covers_it()
    {
        new Told().Grant(A, 1, targets: [Name]).Grant(B, 3, targets: [Born]).AskFor([Name, Born], 5, 6, null, [Name, Born], [A, B]).IsAccepted();
        new Told().Grant(A, 1, targets: [Name]).AskFor([Name, Born], 5, 6, null, [Name], [A]).IsAccepted();
        new Told().Grant(A, 1, targets: [Name]).AskFor([Name, Born], 5, 6, null, [Name, Born], [A]).IsRejected("consent.mismatch", 0, 1);
        new Told().Grant(A, 1, targets: [Born]).Ask(5, on: A).IsRejected("consent.mismatch", 0, 1);
    }

    [Fact]
    public void Nothing_is_released_without_a_ground()
    {
        new Told().Grant(A, 1).AskFor([Name], 5, 6, null, [Name], [A]).IsAccepted();
        new Told().Grant(A, 1).AskFor([Name], 5, 6, null, [Name], []).IsRejected("release.groundless", 1);
        new Told().Grant(A, 1).AskFor(["profile.religion"], 5, 6, null, ["profile.religion"], []).IsRejected("release.groundless", 1);
    }

    [Fact]
    public void A_consent_that_covers_what_is_named_but_for_another_organisation_is_no_ground()
    {
        new Told().Grant(A, 1).Last(grant => grant with { Recipient = "cap-nuoc" }).Ask(5).IsAccepted();
        new Told().Grant(A, 1).Last(grant => grant with { Recipient = "cap-nuoc" }).Ask(5, on: A).IsRejected("consent.mismatch", 0, 1);
    }

    [Fact]
    public void A_grant_without_an_answer_may_stand_behind_a_name_that_nobody_told()
    {
        new Told().Grant(null, 1).Unanswered().Ask(5, on: B).Ask(7, on: B).IsAccepted();
        new Told().Grant(null, 1).Unanswered().Ask(5).Ask(7, on: B).IsAccepted();
        new Told().Grant(null, 8).Unanswered().Ask(5, on: B).IsRejected("consent.unknown", 1);
        new Told().Grant(null, 1).Unanswered().Ask(5, on: A).Ask(7, on: B).IsRejected("order.none", 1, 2);
    }

    [Fact]
    public void A_grant_without_an_answer_is_still_for_so_many_uses()
    {
        new Told().Grant(null, 1, uses: 1).Unanswered().Ask(5, on: B).Ask(7).IsAccepted();
        new Told().Grant(null, 1, uses: 1).Unanswered().Ask(5, on: B).Ask(7, on: B).IsRejected("order.none", 1, 2);
    }

    [Fact]
    public void A_withdrawal_without_an_answer_may_come_at_any_time_once()
    {
        new Told().Grant(A, 1).Withdraw(A, 3).Unanswered().Ask(5, on: A).Ask(7).Ask(9).IsAccepted();
        new Told().Grant(A, 1).Withdraw(A, 3).Unanswered().Ask(5, on: A).Ask(7).Ask(9, on: A).IsRejected("order.none", 2, 3, 4);
    }

    [Fact]
    public void A_consent_is_withdrawn_that_was_given_and_again_without_effect()
    {
        new Told().Grant(A, 1).Withdraw(A, 3).Withdraw(A, 5).IsAccepted();
        new Told().Withdraw(A, 3).IsRejected("consent.unknown", 0);
        new Told().Grant(A, 5).Withdraw(A, 3).IsRejected("consent.unknown", 1);
    }

    [Fact]
    public void A_consent_in_force_is_not_unknown_to_who_withdraws_it()
    {
        new Told().Withdraw(A, 3).Refused("consent.unknown").Grant(A, 5).IsAccepted();
        new Told().Grant(A, 1).Withdraw(A, 3).Refused("consent.unknown").IsRejected("consent.ignored", 0, 1);
    }

    [Fact]
    public void Another_citizens_consent_is_no_ground()
    {
        var grant = new Told { Citizen = 1 }.Grant(A, 1).Operations[0] with { Id = 10 };

        Assert.Empty(Platform.Load.Checking.HistoryCheck.AnswersAlone(History(grant, new Told { Citizen = 1 }.Ask(5, on: A).Operations[0])).Violations);
        Assert.Equal("consent.unknown", Assert.Single(Platform.Load.Checking.HistoryCheck.AnswersAlone(History(grant, new Told { Citizen = 2 }.Ask(5, on: A).Operations[0])).Violations).Rule);
    }

    [Fact]
    public void What_was_refused_for_another_reason_says_nothing()
    {
        new Told().Grant(A, 1).Ask(5).Refused("rate.exceeded").Ask(7, on: A).IsAccepted();
        new Told().Grant(A, 1).Refused("consents.too-many").Ask(7).IsAccepted();
    }
}
