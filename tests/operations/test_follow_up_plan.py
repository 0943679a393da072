"""Follow-ups by a plan: whom the drafts call, when, and that everybody is accounted for, round after round."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import threading
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.campaign.sentences import said
from tests.campaign.test_follow_up_plan import PLANS
from tests.operations.resulting import NOW, at_work
from tests.sampling import examples
from tests.store.results import begun, calling, ingest, phone, told
from tests.store.support import good
from tui.campaign.calling_hours import Window
from tui.campaign.follow_up_grammar import read_plan
from tui.campaign.follow_up_plan import DEFAULT_PLAN, Plan, Why, outcome_of
from tui.campaign.lifecycle import Action, AskedBy, Created, State
from tui.campaign.results import STATUSES
from tui.config import Profile
from tui.core.reason import Reason
from tui.operations.follow_up import rounds_of, still_called_problems
from tui.operations.follow_up_plan import PlannedFollowUp, make_planned, preview_plan
from tui.operations.saved_plans import BUILT_IN, plan_named, plans_of, remove_plan, save_plan
from tui.operations.services import NotPossible, Services
from tui.store import Store
from tui.store.planned_follow_ups import PlannedFollowUps, WeighedGroup, Weighing

FIELDS = {
    "call_type": "ivr", "name": "Anket", "cli": "902129630131", "date_range_begin": "2026-09-10",
    "date_range_end": "2026-09-11", "time_range_begin": "09:00", "time_range_end": "18:00", "active_days": "1,2,3,4,5",
    "welcome_announcement_id": "128", "digit_target_1": "queue/201", "opt_out_key": "9", "call_retries": "0",
}
_IDS = itertools.count(50_000)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with at_work(tmp_path / "santral.db") as made:
        yield made


@pytest.fixture
def campaign(services: Services) -> int:
    """1 answered, 2 busy, 3 no answer in the morning, 4 in the evening, 5 refused, 6 not called; its days are over."""
    made = calling(services.store, 6, fields=FIELDS)
    ingest(services.store, told(1, digit="1"), told(2, "Meşgul"), told(3, "Cevapsız"),
           told(4, "Cevapsız", minute=7 * 60), told(5, "Reddedildi"))
    return made


def whole(planned: PlannedFollowUp) -> bool:
    """Each number is in one draft, or left out for one reason."""
    return (planned.numbers == planned.planned + sum(planned.left_out.values())
            and planned.planned == sum(draft.numbers for draft in planned.drafts)
            and all(each.numbers == each.planned + sum(each.left_out.values()) for each in planned.outcomes))


def phones(services: Services, campaign: int | None) -> list[str]:
    assert campaign is not None
    return [str(row.phone) for row in services.store.numbers.each(campaign)]


def launch(store: Store, draft: int, results: dict[int, tuple[str, str]]) -> None:
    token, provider_id = f"token-{draft}", next(_IDS)
    store.ledger.resolve(begun(store, draft, token), Created(provider_id))
    ingest(store, *(told(number, status, digit, campaign_id=provider_id)
                    for number, (status, digit) in results.items()), token=token)


async def test_what_begins_together_is_one_draft_and_other_hours_are_another(
        services: Services, campaign: int) -> None:
    """It is Sunday half past midnight; the campaign called on workdays from 9 to 18, and 9 to 20 is polite."""
    made = await make_planned(services, campaign, "default", DEFAULT_PLAN)
    assert whole(made)
    monday = dt.date(2026, 9, 14)
    assert [(draft.window, phones(services, draft.draft), draft.name) for draft in made.drafts] == [
        (Window(monday, monday, dt.time(9), dt.time(14, 30), (1, 2, 3, 4, 5)), [phone(4)],
         "Anket (follow-up) · no answer 09:00–14:30"),
        (Window(monday, monday, dt.time(9), dt.time(18), (1, 2, 3, 4, 5)), [phone(2), phone(6)],
         "Anket (follow-up) · busy, not called"),
        (Window(monday, monday, dt.time(14, 30), dt.time(20), (1, 2, 3, 4, 5)), [phone(3)],
         "Anket (follow-up) · no answer 14:30–20:00")]
    for draft in made.drafts:
        kept = services.store.campaigns.get(draft.draft or 0)
        assert kept.state is State.DRAFT
        assert kept.draft.window(NOW) == draft.window
        assert {name: text for name, text in kept.fields.items() if not name.startswith(("date", "time", "name"))} == {
            name: text for name, text in FIELDS.items() if not name.startswith(("date", "time", "name"))}


async def test_a_preview_is_what_is_made_and_makes_nothing(services: Services, campaign: int) -> None:
    seen = await preview_plan(services, campaign, "default", DEFAULT_PLAN)
    assert services.store.campaigns.count("acme") == 1
    made = await make_planned(services, campaign, "default", DEFAULT_PLAN)
    assert [(draft.name, draft.window, draft.outcomes) for draft in seen.drafts] == [
        (draft.name, draft.window, draft.outcomes) for draft in made.drafts]
    assert seen.outcomes == made.outcomes
    assert seen.left_out == {Why.ANSWERED: 1, Why.NEVER: 1}


@pytest.mark.parametrize("job", [preview_plan, make_planned])
async def test_whoever_asks_the_store_meanwhile_is_answered(
    services: Services, campaign: int, monkeypatch: pytest.MonkeyPatch,
    job: Callable[[Services, int, str, Plan], Coroutine[object, object, PlannedFollowUp]],
) -> None:
    weigh = PlannedFollowUps._weigh
    reached, go_on = threading.Event(), threading.Event()

    def held(store: PlannedFollowUps, campaign_id: int, weighing: Weighing) -> list[WeighedGroup]:
        reached.set()
        assert go_on.wait(30)
        return weigh(store, campaign_id, weighing)

    monkeypatch.setattr(PlannedFollowUps, "_weigh", held)
    planning = asyncio.ensure_future(job(services, campaign, "default", DEFAULT_PLAN))
    assert await asyncio.to_thread(reached.wait, 30)
    try:
        async with asyncio.timeout(10):
            assert (await services.thread(services.store.campaigns.get, campaign)).id == campaign
    finally:
        go_on.set()
    assert (await planning).numbers


async def test_of_what_ended_a_while_ago_the_hours_of_the_day_begin_when_it_is_due(services: Services) -> None:
    campaign = calling(services.store, 1, fields={**FIELDS, "active_days": "1,2,3,4,5,6,7", "time_range_begin": "00:00",
                                                  "time_range_end": "23:59", "date_range_end": "2026-09-12"})
    last = NOW - dt.timedelta(minutes=4, seconds=1)
    ingest(services.store, told(1, "Meşgul", minute=(last - dt.datetime(2026, 9, 12, 9, tzinfo=dt.UTC)) / dt.timedelta(
        minutes=1)))
    plan = read_plan("busy: after 10h, 00:00-23:59, once")
    (draft,) = (await preview_plan(services, campaign, "x", plan)).drafts
    assert (draft.window.begin, draft.window.begin_time) == (dt.date(2026, 9, 13), dt.time(10, 30))
    assert draft.not_before == last + dt.timedelta(hours=10)


async def test_the_second_run_is_refused_with_the_way_out(services: Services, campaign: int) -> None:
    made = await make_planned(services, campaign, "default", DEFAULT_PLAN)
    with pytest.raises(NotPossible) as refused:
        await make_planned(services, campaign, "default", read_plan("busy, no-answer, not-called: 20x"))
    for sentence in said(refused.value.reason).values():
        assert "4" in sentence
        assert all(f"d{draft.draft}" in sentence for draft in made.drafts)
    assert services.store.campaigns.count("acme") == 1 + len(made.drafts)


async def test_why_nobody_is_left_is_said_in_figures(services: Services, campaign: int) -> None:
    with pytest.raises(NotPossible) as refused:
        await make_planned(services, campaign, "x", read_plan("wrong-number: once"))
    assert "of the 6 numbers of “Anket”: 1 answered, 5 the plan doesn't call again" in said(refused.value.reason)["en"]
    empty = calling(services.store, 0, fields=FIELDS, token="empty", provider_id=7)
    with pytest.raises(NotPossible) as refused:
        await make_planned(services, empty, "x", DEFAULT_PLAN)
    assert refused.value.reason.code == "operations.plan.empty"


async def test_of_a_campaign_that_calls_it_is_said_to_be_switched_off_first(services: Services) -> None:
    campaign = calling(services.store, 2, fields={"name": "Anket"})
    planned = await preview_plan(services, campaign, "default", DEFAULT_PLAN)
    assert planned.left_out == {Why.STILL_CALLING: 2}
    assert [each.campaign.id for each in planned.calling] == [campaign]
    with pytest.raises(NotPossible) as refused:
        await make_planned(services, campaign, "default", DEFAULT_PLAN)
    assert refused.value.reason.code == "operations.plan.still_calling"
    services.store.switches.done(services.store.switches.begin(campaign, Action.OFF, AskedBy.APP))
    services.now = lambda: NOW + dt.timedelta(hours=1)
    assert (await make_planned(services, campaign, "default", DEFAULT_PLAN)).planned == 2


async def test_whoever_may_be_on_the_line_with_one_that_was_switched_off_is_in_no_draft(services: Services) -> None:
    campaign = calling(services.store, 3, fields={"welcome_announcement_id": "128", "ring_timeout": "30"})
    ingest(services.store, told(1, "Meşgul"))
    services.store.switches.done(services.store.switches.begin(campaign, Action.OFF, AskedBy.APP))
    with pytest.raises(NotPossible) as refused:
        await make_planned(services, campaign, "default", DEFAULT_PLAN)
    assert refused.value.reason == Reason("operations.plan.quiet", {
        "count": 3, "name": "Anket", "since": "00:30", "until": "00:34"})
    planned = await preview_plan(services, campaign, "default", DEFAULT_PLAN)
    assert (planned.left_out, planned.to_switch_off) == ({Why.STILL_CALLING: 3}, ())
    services.now = lambda: NOW + dt.timedelta(seconds=210)
    assert (await make_planned(services, campaign, "default", DEFAULT_PLAN)).planned == 3


async def test_a_draft_of_another_profiles_campaign_is_not_made(services: Services, campaign: int) -> None:
    services.profile = Profile("other")
    with pytest.raises(NotPossible) as refused:
        await preview_plan(services, campaign, "default", DEFAULT_PLAN)
    assert refused.value.reason.code == "operations.refused.other_profile"


async def test_a_later_round_is_named_for_what_it_is(services: Services, campaign: int) -> None:
    first = (await make_planned(services, campaign, "default", read_plan("busy: once"))).drafts[0].draft or 0
    launch(services.store, first, {2: ("Cevapsız", "")})
    services.store.switches.done(services.store.switches.begin(first, Action.OFF, AskedBy.APP))
    second = await make_planned(services, first, "default", DEFAULT_PLAN)
    assert [draft.name for draft in second.drafts] == ["Anket (follow-up 2) · no answer 14:30–20:00"]
    rounds = rounds_of(services.store, first)
    assert [(each.number, each.numbers, each.called, each.answered) for each in rounds] == [
        (1, 6, 5, 1), (2, 1, 1, 0), (3, 1, 0, 0)]


async def test_a_draft_that_would_call_before_it_is_due_is_warned_about(services: Services) -> None:
    campaign = calling(services.store, 1, fields={**FIELDS, "date_range_end": "2026-09-12", "active_days": "6,7"})
    ingest(services.store, told(1, "Meşgul"))
    made = await make_planned(services, campaign, "evening", read_plan("busy: after 2d, once"))
    (draft,) = made.drafts
    kept = services.store.campaigns.get(draft.draft or 0)
    assert await still_called_problems(services, kept) == []
    services.store.drafts.change(kept.id, {"date_range_begin": "2026-09-13"})
    (problem,) = await still_called_problems(services, services.store.campaigns.get(kept.id))
    assert (problem.field, problem.reason.code) == ("date_range_begin", "operations.plan.too_early")
    assert "from 14 Sep 00:00 on" in said(problem.reason)["en"]


async def test_numbers_that_two_follow_ups_have_are_said_before_the_launch(services: Services, campaign: int) -> None:
    first = (await make_planned(services, campaign, "default", read_plan("busy: once"))).drafts[0].draft or 0
    services.store.drafts.remove(first)
    second = (await make_planned(services, campaign, "default", read_plan("busy: once"))).drafts[0].draft or 0
    assert await still_called_problems(services, services.store.campaigns.get(second)) == []
    services.store.drafts.bring_back(first)
    for one, other in ((first, second), (second, first)):
        (problem,) = await still_called_problems(services, services.store.campaigns.get(one))
        assert problem.reason.code == "operations.plan.shared"
        assert (problem.reason.params["count"], problem.reason.params["ref"]) == (1, f"d{other}")


async def test_plans_are_found_by_name_and_the_built_in_one_stays(services: Services) -> None:
    assert await plans_of(services) == ([BUILT_IN], [])
    assert not await save_plan(services, " Akşam ", read_plan("busy: once"))
    assert await save_plan(services, "AKŞAM", DEFAULT_PLAN)
    assert (await plan_named(services, "akşam")).plan == DEFAULT_PLAN
    assert [plan.name for plan in (await plans_of(services))[0]] == ["default", "AKŞAM"]
    for name in ("Default", "", "x" * 81, "a\x1bb"):
        with pytest.raises(NotPossible):
            await save_plan(services, name, DEFAULT_PLAN)
    with pytest.raises(NotPossible):
        await remove_plan(services, "default")
    await remove_plan(services, "akşam")
    with pytest.raises(NotPossible) as unknown:
        await remove_plan(services, "akşam")
    assert "The plans are: default." in said(unknown.value.reason)["en"]


async def test_a_plan_of_a_later_version_is_named(services: Services) -> None:
    services.store.saved_plans.save("acme", "Yeni", "busy: after 1 fortnight")
    with pytest.raises(NotPossible) as refused:
        await plan_named(services, "yeni")
    assert "“Yeni”" in said(refused.value.reason)["en"]
    services.store.saved_plans.save("acme", "Eski", "busy: once")
    plans, unread = await plans_of(services)  # the others are there all the same
    assert [plan.name for plan in plans] == ["default", "Eski"]
    assert unread == [refused.value.reason]


# Whatever happens, round after round

NUMBERS = range(1, 7)
# Mostly what happens again and again, so that plans are used up.
OFTEN = st.tuples(st.sampled_from(("Meşgul", "Cevapsız")), st.just(""))
SELDOM = st.tuples(st.sampled_from((*STATUSES, "Neu")), st.sampled_from(("", "1", "9", "-", "!4")))
RESULT = st.one_of(OFTEN, OFTEN, st.none(), SELDOM)
SHORT = st.sampled_from(("busy, no-answer, not-called, other: once", "busy: twice; no-answer: once")).map(read_plan)
ROUNDS = st.lists(st.tuples(st.one_of(SHORT, SHORT, PLANS), st.lists(RESULT, min_size=6, max_size=6),
                            st.sets(st.sampled_from(NUMBERS), max_size=2), st.sampled_from((0, 0, 0, 1, 2))),
                  min_size=3, max_size=5)


@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROUNDS)
async def test_nobody_is_called_too_often_or_lost_over_random_rounds(
        history: list[tuple[Plan, list[tuple[str, str] | None], set[int], int]]) -> None:
    """Each round: results come, some are put on the do-not-call list, a plan is run on any campaign of the family."""
    with TemporaryDirectory() as folder, at_work(Path(folder) / "santral.db") as services:
        store, family = services.store, []
        first = store.drafts.create("acme", FIELDS)
        store.numbers.add(first, [good(phone(number)) for number in NUMBERS])
        waiting = [first]
        for plan, results, refusing, which in history:
            for draft in waiting:
                listed = set(phones(services, draft))
                launch(store, draft, {number: result for number, result in zip(NUMBERS, results, strict=True)
                                      if result is not None and phone(number) in listed})
                store.switches.done(store.switches.begin(draft, Action.OFF, AskedBy.APP))
                family.append(draft)
            store.do_not_call.add("acme", [phone(number) for number in refusing])
            waiting = await _run(services, family, plan, family[-1 - which % len(family)])


async def _run(services: Services, family: list[int], plan: Plan, source: int) -> list[int]:
    """Run a plan on a campaign; the drafts that it made. All that must hold is checked."""
    store = services.store
    seen = await preview_plan(services, source, "x", plan)
    assert whole(seen)
    assert seen.numbers == store.results.count(source)
    try:
        made = await make_planned(services, source, "x", plan)
    except NotPossible:
        assert seen.planned == 0
        return []
    drafts = [draft.draft or 0 for draft in made.drafts]
    called_again = Counter(found for draft in drafts for found in phones(services, draft))
    assert not called_again or max(called_again.values()) == 1
    assert called_again.total() == made.planned == seen.planned
    refusing = {row.phone for row in store.do_not_call.all("acme", limit=99)}
    for found in called_again:
        assert found not in refusing
        rounds = [row for member in family for row in store.results.each(member) if row.phone == found]
        outcomes = [plan.place_of(outcome_of(called=row.attempts > 0, answered=row.answered, status=row.status,
                                             digit=row.digit if row.answered else "")) for row in rounds]
        (now,) = [plan.place_of(outcome_of(called=row.attempts > 0, answered=row.answered, status=row.status,
                                           digit=row.digit if row.answered else ""))
                  for row in store.results.each(source) if row.phone == found]
        rule = plan.rule(now)
        assert rule is not None
        assert outcomes.count(now) <= rule.times
    with pytest.raises(NotPossible):
        await make_planned(services, source, "x", plan)
    return drafts
