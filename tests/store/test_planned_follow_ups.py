"""What a follow-up plan makes of a campaign's numbers: each is accounted for, over the rounds that there have been."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.store.results import begun, calling, ingest, phone, told
from tests.store.support import bad, good
from tui.campaign.follow_up_grammar import read_plan
from tui.campaign.follow_up_plan import DEFAULT_PLAN, Again, Plan, Why, decide
from tui.campaign.follow_up_times import Half
from tui.campaign.lifecycle import Action, AskedBy, Created, State
from tui.store import ChangeRefused, NoSuchCampaign, Store, planned_follow_ups
from tui.store.lists import make_table
from tui.store.planned_follow_ups import NewDraft, WeighedGroup, Weighing
from tui.store.sql import numbers, sql
from tui.store.values import PlanOrigin

NOON = dt.datetime(2026, 9, 12, 9, 0, tzinfo=dt.UTC)
MIDDLE = 14 * 60 + 30
NOBODY = 404
ORIGIN = PlanOrigin("default", "busy: at most 1", {"busy": 1}, NOON)
_IDS = iter(range(30_000, 40_000))


def weighing(plan: Plan = DEFAULT_PLAN, still: Sequence[int] = ()) -> Weighing:
    return Weighing(plan, still, MIDDLE)


def fates(groups: Sequence[WeighedGroup], plan: Plan = DEFAULT_PLAN) -> dict[str, int]:
    """Outcome and what becomes of it → numbers."""
    found: Counter[str] = Counter()
    for group in groups:
        fate = decide(plan, group.facts)
        found[f"{group.facts.outcome}: {fate if isinstance(fate, Why) else 'again'}"] += group.numbers
    return dict(found)


def one_draft(plan: Plan = DEFAULT_PLAN) -> Callable[[Sequence[WeighedGroup]], list[NewDraft]]:
    """All that are called again, in one draft."""
    def divide(groups: Sequence[WeighedGroup]) -> list[NewDraft]:
        again = [group for group in groups if isinstance(decide(plan, group.facts), Again)]
        return [NewDraft({"name": "Takip", "call_retries": "0"}, ORIGIN, again)] if again else []
    return divide


def make(store: Store, campaign: int, plan: Plan = DEFAULT_PLAN, still: Sequence[int] = ()) -> int:
    _, (draft,) = store.planned_follow_ups.make(campaign, weighing(plan, still), one_draft(plan))
    return draft


def launch(store: Store, campaign: int) -> tuple[str, int]:
    """The token and the ID under which its results come."""
    token, provider_id = f"token-of-{campaign}", next(_IDS)
    store.ledger.resolve(begun(store, campaign, token), Created(provider_id))
    return token, provider_id


def hear(store: Store, campaign: int, *results: tuple[int, str], minute: float = 60) -> None:
    token, provider_id = launch(store, campaign)
    ingest(store, *(told(number, status, minute=minute, campaign_id=provider_id) for number, status in results),
           token=token)


def phones(store: Store, campaign: int) -> list[str | None]:
    return [row.phone for row in store.numbers.page(campaign, 0, 100)]


@pytest.fixture
def campaign(store: Store) -> int:
    """1 answered with 1, 2 and 3 busy, 4 no answer in the morning, 5 in the evening, 6 refused, 7 not called, 8 not in
    the list and busy."""
    made = calling(store, 7, fields={"opt_out_key": "9"})
    ingest(store, told(1, digit="1"), told(2, "Meşgul"), told(3, "Meşgul"), told(4, "Cevapsız"),
           told(5, "Cevapsız", minute=8 * 60), told(6, "Reddedildi"), told(8, "Meşgul"), told("gizli", "Meşgul"))
    return made


def test_every_number_is_weighed_once_and_in_its_half_of_the_day(store: Store, campaign: int) -> None:
    groups = store.planned_follow_ups.weigh(campaign, weighing())
    assert fates(groups) == {"key:1: answered": 1, "busy: again": 3, "busy: not_callable": 1, "no-answer: again": 2,
                             "refused: never": 1, "not-called: again": 1}
    assert {(group.half, group.numbers) for group in groups if group.facts.outcome == "no-answer"} == {
        (Half.FIRST, 1), (Half.SECOND, 1)}
    assert sum(group.numbers for group in groups) == store.results.count(campaign)
    (uncalled,) = (group for group in groups if group.facts.outcome == "not-called")
    assert (uncalled.last_at, uncalled.half) == (None, None)
    assert store.campaigns.count("acme") == 1


def test_the_draft_has_the_numbers_as_they_stand_in_the_list(store: Store) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(campaign, [bad(), replace(good(phone(1), "#456"), reference="Ayşe"), good(phone(1)),
                                 good(phone(2), "#457")])
    launch(store, campaign)
    draft = make(store, campaign)
    assert [(row.position, row.phone, row.phrase, row.reference) for row in store.numbers.page(draft, 0, 9)] == [
        (1, phone(1), "#456", "Ayşe"), (2, phone(2), "#457", "")]
    made = store.campaigns.get(draft)
    assert (made.state, made.follows, made.follows_plan, made.numbers, made.callable_with_phrase) == (
        State.DRAFT, campaign, ORIGIN, 2, 2)
    (line,) = store.follow_ups.of(campaign)
    assert (line.campaign, line.plan) == (draft, ORIGIN)
    store.numbers.add(draft, [good(phone(3))])
    assert [row.position for row in store.numbers.page(draft, 0, 9)] == [1, 2, 3]


def test_several_drafts_share_the_numbers(store: Store, campaign: int) -> None:
    def divide(groups: Sequence[WeighedGroup]) -> list[NewDraft]:
        again = [group for group in groups if isinstance(decide(DEFAULT_PLAN, group.facts), Again)]
        return [NewDraft({"name": name}, ORIGIN, [group for group in again if (group.facts.outcome == "busy") is busy])
                for name, busy in (("Meşgul", True), ("Diğer", False))]
    _, (busy, others) = store.planned_follow_ups.make(campaign, weighing(), divide)
    assert phones(store, busy) == [phone(2), phone(3), phone(8)]
    assert phones(store, others) == [phone(4), phone(5), phone(7)]


def test_the_same_plan_puts_nobody_into_a_second_draft(store: Store, campaign: int) -> None:
    draft = make(store, campaign)
    groups, made = store.planned_follow_ups.make(campaign, weighing(), one_draft())
    assert made == []
    assert fates(groups)["busy: in_follow_up"] == 3
    assert {group.follow_up for group in groups if group.facts.in_follow_up} == {draft}
    ingest(store, told(9, "Meşgul"))  # what has come since is not lost
    assert phones(store, make(store, campaign)) == [phone(9)]


def test_a_draft_that_was_deleted_holds_nobody_back_and_is_no_round(store: Store, campaign: int) -> None:
    first = make(store, campaign)
    store.drafts.remove(first)
    again = make(store, campaign)
    assert phones(store, again) == phones(store, first)
    assert store.planned_follow_ups.shared(again) == []
    store.drafts.bring_back(first)  # both hold them now: said at the launch
    assert [(other.id, count) for other, count in store.planned_follow_ups.shared(again)] == [(first, 6)]
    assert [(other.id, count) for other, count in store.planned_follow_ups.shared(first)] == [(again, 6)]


def test_who_was_busy_as_often_as_the_plan_allows_is_in_no_further_round(store: Store, campaign: int) -> None:
    """busy: twice. 2 is busy in each round; 3 has no answer in the second and is busy again in the third."""
    first = make(store, campaign)
    hear(store, first, (2, "Meşgul"), (3, "Cevapsız"))
    second = make(store, first)
    assert {phone(2), phone(3)} <= set(phones(store, second))
    hear(store, second, (2, "Meşgul"), (3, "Meşgul"), minute=120)
    groups = store.planned_follow_ups.weigh(second, weighing())
    assert fates(groups)["busy: used_up"] == 1
    assert fates(groups)["busy: again"] == 1  # 3 was busy in one round before this
    assert phone(2) not in phones(store, make(store, second))


def test_what_a_more_general_rule_says_counts_for_all_that_it_is_about(store: Store) -> None:
    plan = read_plan("other: once")
    campaign = calling(store, 1)
    ingest(store, told(1, "Katılımlı aktarım"))
    first = make(store, campaign, plan)
    hear(store, first, (1, "Cihaz yönlendirmesi"))
    assert fates(store.planned_follow_ups.weigh(first, weighing(plan)), plan) == {
        "status:Cihaz yönlendirmesi: used_up": 1}
    exact = read_plan('other: once; status:"Cihaz yönlendirmesi": once')
    assert list(fates(store.planned_follow_ups.weigh(first, weighing(exact)), exact)) == [
        "status:Cihaz yönlendirmesi: again"]


def test_who_was_not_called_in_a_round_is_followed_up_from_there(store: Store, campaign: int) -> None:
    first = make(store, campaign)
    hear(store, first, (2, "Cevaplandı"))
    assert "busy: again" not in fates(store.planned_follow_ups.weigh(campaign, weighing()))
    found = fates(store.planned_follow_ups.weigh(first, weighing()))
    assert found == {"answered: answered": 1, "not-called: again": 5}


def test_of_two_follow_ups_that_have_a_number_the_later_goes_on_with_it(store: Store, campaign: int) -> None:
    """Nobody is lost between them, and nobody is in both."""
    first = make(store, campaign)
    second = store.drafts.create("acme", {"name": "Elle"})
    store._context.database.run("UPDATE campaigns SET follows = ? WHERE id = ?", (campaign, second))
    store.numbers.add(second, [good(phone(2)), good(phone(3))])
    hear(store, first, (2, "Meşgul"))
    hear(store, second, (2, "Meşgul"), (3, "Meşgul"), minute=90)
    of_first = store.planned_follow_ups.weigh(first, weighing())
    assert fates(of_first)["busy: in_follow_up"] == 1
    assert fates(of_first)["not-called: in_follow_up"] == 1
    # Thrice busy in all is once more than twice.
    assert fates(store.planned_follow_ups.weigh(second, weighing())) == {"busy: used_up": 1, "busy: again": 1}


def test_whoever_a_campaign_of_the_family_still_calls_is_left_to_it(store: Store, campaign: int) -> None:
    found = fates(store.planned_follow_ups.weigh(campaign, weighing(still=[campaign])))
    assert found == {"key:1: answered": 1, "busy: still_calling": 4, "no-answer: still_calling": 2,
                     "refused: never": 1, "not-called: still_calling": 1}
    first = make(store, campaign)
    hear(store, first, (2, "Meşgul"))
    found = fates(store.planned_follow_ups.weigh(first, weighing(still=[campaign])))
    assert found == {"busy: still_calling": 1, "not-called: still_calling": 5}


def test_who_must_not_be_called_is_in_none_whatever_the_plan_says(store: Store) -> None:
    plan = read_plan("busy, answered, not-called: 20x")
    campaign = calling(store, 4, fields={"opt_out_key": "9", "digit_target_9": "announcement/9"})
    ingest(store, told(1, digit="9"), told(2, "Meşgul"), told(3, "Meşgul"))
    store.do_not_call.add("acme", [phone(2)])
    assert fates(store.planned_follow_ups.weigh(campaign, weighing(plan)), plan) == {
        "key:9: do_not_call": 1, "busy: do_not_call": 1, "busy: again": 1, "not-called: again": 1}
    assert phones(store, make(store, campaign, plan)) == [phone(3), phone(4)]


def test_the_last_call_of_the_family_is_what_is_waited_from(store: Store) -> None:
    campaign = calling(store, 1)
    ingest(store, told(1, "Meşgul", minute=600))
    first = make(store, campaign)
    hear(store, first, (1, "Meşgul"), minute=30)  # it came late
    (group,) = store.planned_follow_ups.weigh(first, weighing())
    assert group.last_at == NOON + dt.timedelta(minutes=600)


def test_two_at_once_make_the_drafts_once(store: Store, another: Callable[[], Store], campaign: int) -> None:
    """The other one is as far as to have divided the numbers when this one is done."""
    other = another()
    met: list[int] = []

    def divide(groups: Sequence[WeighedGroup]) -> list[NewDraft]:
        if not met:
            met.append(make(other, campaign))
        return one_draft()(groups)
    groups, made = store.planned_follow_ups.make(campaign, weighing(), divide)
    assert made == []
    assert fates(groups)["busy: in_follow_up"] == 3
    assert [line.campaign for line in store.follow_ups.of(campaign)] == met


def test_where_others_go_on_and_on_it_is_given_up(store: Store, another: Callable[[], Store], campaign: int) -> None:
    other = another()

    def divide(groups: Sequence[WeighedGroup]) -> list[NewDraft]:
        copy = other.drafts.create("acme", {})
        other._context.database.run("UPDATE campaigns SET follows = ? WHERE id = ?", (campaign, copy))
        return one_draft()(groups)
    with pytest.raises(ChangeRefused) as refused:
        store.planned_follow_ups.make(campaign, weighing(), divide)
    assert refused.value.reason.code == "store.family_changes"
    lists = store._context.database.number("SELECT count(*) FROM lists WHERE holder IS NOT NULL")
    assert lists == 0  # what was filled for it is taken away


def test_the_family_is_found_from_anyone_in_it(store: Store, campaign: int) -> None:
    first = make(store, campaign)
    hear(store, first, (2, "Meşgul"))
    second = make(store, first)
    store.drafts.create("acme", {})
    for member in (campaign, first, second):
        assert [each.id for each in store.planned_follow_ups.family(member)] == [campaign, first, second]
    with pytest.raises(NoSuchCampaign):
        store.planned_follow_ups.family(NOBODY)
    with pytest.raises(NoSuchCampaign):
        store.planned_follow_ups.weigh(NOBODY, weighing())


def test_a_campaign_that_the_provider_had_and_that_was_deleted_is_a_round_of_whom_it_called(
        store: Store, campaign: int) -> None:
    first = make(store, campaign)
    hear(store, first, (2, "Meşgul"))
    store.switches.done(store.switches.begin(first, Action.DELETE, AskedBy.APP))
    found = store.planned_follow_ups.weigh(campaign, weighing())
    assert fates(found)["busy: in_follow_up"] == 1  # 2 was called there last: it goes on from there
    assert fates(found)["busy: again"] == 2


def test_a_number_is_looked_for_in_another_list_by_its_index(path: Path, store: Store, campaign: int) -> None:
    """And not by reading that list once for each number."""
    first = make(store, campaign)
    store.planned_follow_ups.shared(first)
    database: Any = store._context.database
    for name, columns in planned_follow_ups._TABLES.items():
        make_table(database, name, columns)
    others = sql(planned_follow_ups._SHARED, others=numbers([first]))
    for statement in (planned_follow_ups._LISTED_ROUND, others):
        plan = [row[3] for row in database._connection.execute(f"EXPLAIN QUERY PLAN {statement}", {
            "member": first, "still": 0, "repeats": 0, "taken": 1, "list": 1, "campaign": campaign})]
        assert any("numbers_by_phone (list_id=? AND phone=?" in step for step in plan), plan
