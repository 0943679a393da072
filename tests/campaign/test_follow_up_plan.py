"""Follow-up plans: what they say of each outcome, that they are written in one form, what becomes of a number."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.campaign.sentences import said
from tui.campaign.dates import ISTANBUL, Hours
from tui.campaign.follow_up_grammar import BadPlan, read_again, read_plan, read_rule
from tui.campaign.follow_up_plan import (
    DEFAULT_PLAN,
    MAX_DAYS,
    MAX_MINUTES,
    MAX_TIMES,
    PRESSES,
    STANDARD,
    Again,
    Delay,
    Facts,
    OfDay,
    Plan,
    Rule,
    Why,
    decide,
    due_at,
    in_order,
    outcome_named,
    outcome_of,
    plan_text,
    rule_text,
)
from tui.campaign.menu import KEYS
from tui.campaign.results import NOT_AGAIN, STATUSES

NOON = dt.datetime(2026, 9, 12, 9, 0, tzinfo=dt.UTC)

_TIMES = st.integers(0, 24 * 60 - 1).map(lambda minutes: dt.time(*divmod(minutes, 60)))
HOURS = st.tuples(_TIMES, _TIMES).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Hours(*pair))
DELAYS = st.one_of(st.integers(0, MAX_MINUTES).map(lambda count: Delay(minutes=count)),
                   st.integers(1, MAX_DAYS).map(lambda count: Delay(days=count)))
RULES: st.SearchStrategy[Rule] = st.one_of(
    st.none(), st.builds(Again, DELAYS, st.one_of(st.sampled_from(OfDay), HOURS), st.integers(1, MAX_TIMES)))
OWN_STATUS = st.text(st.characters(blacklist_categories=("C", "Z")), min_size=1, max_size=20)
OUTCOMES = st.one_of(
    st.sampled_from((*STANDARD, *PRESSES)), st.sampled_from(KEYS).map(lambda key: f"key:{key}"),
    st.one_of(st.sampled_from(STATUSES), OWN_STATUS).map(lambda status: outcome_named(f"status:{status}") or "other"))
PLANS = st.dictionaries(OUTCOMES, RULES, max_size=20).map(Plan)


@given(PLANS)
def test_what_is_written_is_read_as_the_same_plan_and_written_so_again(plan: Plan) -> None:
    text = plan_text(plan)
    assert read_plan(text) == plan
    assert plan_text(read_plan(text)) == text
    assert list(read_plan(text).rules) == list(plan.rules)  # in one order


@given(RULES)
def test_a_rule_is_read_as_it_is_written(rule: Rule) -> None:
    assert read_rule(rule_text(rule)) == rule


@given(PLANS)
def test_every_plan_says_something_of_every_outcome(plan: Plan) -> None:
    assert set(STANDARD) <= set(plan.rules)
    assert list(plan.rules) == in_order(plan.rules)


@pytest.mark.parametrize(("typed", "written"), [
    ("busy: after 15 min, twice; no answer: tomorrow at another hour, once; wrong number, refused, no consent: never",
     "busy: after 15m, at most 2; no-answer: after 1d, other hours, at most 1"),
    ("Meşgul: 90 dk sonra, en çok 2; CEVAPSIZ: ertesi gün başka saatte, bir kez; reddeden: asla",
     "busy: after 90m, at most 2; no-answer: after 1d, other hours, at most 1"),
    ("busy: 24h; unreachable: 1 day", "busy: after 24h, at most 1; unreachable: after 1d, at most 1"),
    ("busy: after 120m", "busy: after 2h, at most 1"),
    ("busy: at once", "busy: at most 1"), ("busy: 0 min, 3x", "busy: at most 3"),
    ("key:#, tuş:1: 3 gün sonra, 10.00-12.30, 3 kez", "key:1, key:#: after 3d, 10:00-12:30, at most 3"),
    ("key:-: once", "no-key: at most 1"), ("wrong key: once", "wrong-key: at most 1"),
    ("status:mesgul: once", "busy: at most 1"), ("durum:Hata: once", 'status:"Hata": at most 1'),
    ('status:"a: b; ""c""": once', 'status:"a: b; ""c""": at most 1'),
    ("busy: same hours, once;;\n no-answer: once;", "busy, no-answer: at most 1"),
])
def test_what_people_type_is_understood(typed: str, written: str) -> None:
    plan = read_plan(typed)
    assert plan_text(plan).startswith(f"{written}; ")
    rest = plan_text(plan).removeprefix(f"{written}; ")
    assert rest.endswith(": never")
    assert ";" not in rest


@pytest.mark.parametrize(("typed", "code", "named"), [
    ("", "empty", ""), (" ; \n", "empty", ""), ("busy", "no_colon", "busy"),
    ("busy, : never", "no_colon", "busy, : never"),
    ("busy:", "nothing", "busy:"), ("busi: never", "outcome", "busi"), ("key:12: never", "outcome", "key:12"),
    ("status:: never", "outcome", "status"), ("busy: never, once", "contradiction", "never, once"),
    ("busy: 1h, 2h", "contradiction", "1h, 2h"), ("busy: other hours 10:00-11:00", "contradiction", "other hours"),
    ("busy: once; Meşgul: never", "twice", "busy"), ("busy: sometimes", "word", "sometimes"),
    ("busy: ٣x", "word", "٣x"),
    ("busy: 91d", "delay", "91d"), ("busy: 10081m", "delay", "10081m"), ("busy: 9999999999 min", "delay", "9999999999"),
    ("busy: 0x", "times", "0"), ("busy: at most 21", "times", "21"), ("busy: 18:00-09:00", "hours", "18:00-09:00"),
    ("busy: 25:00-26:00", "hours", "25:00-26:00"), ("busy: 10:00-10:00", "hours", "10:00-10:00"),
    ('status:"a: never', "quote", '"a: never'), ("busy: -5m", "word", "-5m"),
])
def test_what_is_wrong_is_named_with_the_way_out(typed: str, code: str, named: str) -> None:
    with pytest.raises(BadPlan) as bad:
        read_plan(typed)
    assert bad.value.reason.code == f"campaign.plan.{code}"
    for sentence in said(bad.value.reason).values():
        assert named in sentence


@pytest.mark.parametrize(("after", "hours", "times", "again"), [
    ("", "", "", Again()), ("2h", "", "3", Again(Delay(minutes=120), times=3)), (" ", " other hours ", " 2x ", Again(
        hours=OfDay.OTHER, times=2)),
    ("1d", "10:00-11:00", "", Again(Delay(days=1), Hours(dt.time(10), dt.time(11)))),
])
def test_three_lines_say_what_is_done(after: str, hours: str, times: str, again: Again) -> None:
    assert read_again(after, hours, times) == again


@pytest.mark.parametrize(("after", "hours", "times", "code"), [
    ("other hours", "", "", "word"), ("", "2h", "", "word"), ("", "", "1h", "word"), ("2h, 3x", "", "", "word"),
    (",", "", "", "nothing"), ("soon", "", "", "word"),
])
def test_a_line_says_what_it_is_for_and_no_more(after: str, hours: str, times: str, code: str) -> None:
    with pytest.raises(BadPlan) as bad:
        read_again(after, hours, times)
    assert bad.value.reason.code == f"campaign.plan.{code}"


@given(st.text(max_size=60))
def test_any_text_is_a_plan_or_says_why_it_is_none(text: str) -> None:
    try:
        plan = read_plan(text)
    except BadPlan as bad:
        reason = bad.reason
    else:
        assert read_plan(plan_text(plan)) == plan
        return
    assert reason.code.startswith("campaign.plan.")


@pytest.mark.parametrize(("known", "outcome"), [
    ({"called": False}, "not-called"), ({"status": "Meşgul"}, "busy"), ({"status": "Reddedildi"}, "refused"),
    ({"status": "Vazgeçildi"}, "status:Vazgeçildi"), ({"status": ""}, "other"), ({"status": "Neu"}, "status:Neu"),
    ({"answered": True, "status": "Cevaplandı", "digit": "1"}, "key:1"),
    ({"answered": True, "status": "Cevaplandı", "digit": "-"}, "no-key"),
    ({"answered": True, "status": "Cevaplandı", "digit": "!4"}, "wrong-key"),
    ({"answered": True, "status": "Cevaplandı", "digit": "??"}, "answered"),
    ({"answered": True, "status": "Meşgul", "digit": ""}, "answered"),  # answered once, and busy when called again
])
def test_what_became_of_a_number(known: dict[str, object], outcome: str) -> None:
    values: dict[str, object] = {"called": True, "answered": False, "status": "", "digit": ""} | known
    assert outcome_of(**values) == outcome  # type: ignore[arg-type]


@pytest.mark.parametrize(("plan", "outcome", "place"), [
    ("other: once", "status:Neu", "other"), ("failed: once", "status:Vazgeçildi", "failed"),
    ("failed: once; status:Vazgeçildi: never", "status:Vazgeçildi", "status:Vazgeçildi"),
    ("answered: once", "key:3", "answered"), ("key:3: once", "key:3", "key:3"),
    ("answered: once", "no-key", "answered"),
])
def test_the_more_exact_rule_holds_else_the_general_one(plan: str, outcome: str, place: str) -> None:
    assert read_plan(plan).place_of(outcome) == place


def test_the_plan_that_is_built_in_calls_nobody_again_who_answered_or_whom_no_call_reaches() -> None:
    again = {outcome for outcome, rule in DEFAULT_PLAN.rules.items() if rule is not None}
    assert again == {"busy", "no-answer", "unreachable", "failed", "not-called"}
    for status in NOT_AGAIN:
        assert DEFAULT_PLAN.rule(outcome_of(called=True, answered=False, status=status, digit="")) is None
    assert DEFAULT_PLAN.rules["busy"] == Again(Delay(minutes=15), OfDay.SAME, 2)
    assert DEFAULT_PLAN.rules["no-answer"] == Again(Delay(days=1), OfDay.OTHER, 1)


FACTS = st.builds(Facts, OUTCOMES, st.integers(0, 25), st.booleans(), st.booleans(), st.booleans(), st.booleans())


@given(PLANS, st.lists(FACTS, max_size=40))
def test_every_number_is_called_again_or_left_out_for_one_reason(plan: Plan, numbers: list[Facts]) -> None:
    fates = [decide(plan, facts) for facts in numbers]
    left_out = Counter(fate for fate in fates if isinstance(fate, Why))
    assert left_out.total() + sum(isinstance(fate, Again) for fate in fates) == len(numbers)


@given(PLANS, FACTS)
def test_who_is_called_again_may_be_and_by_a_rule_of_the_plan(plan: Plan, facts: Facts) -> None:
    fate = decide(plan, facts)
    if isinstance(fate, Again):
        assert fate == plan.rule(facts.outcome)
        assert facts.earlier < fate.times
        assert not any((facts.do_not_call, facts.in_follow_up, facts.still_calling))
        assert facts.can_be_called
    if facts.do_not_call:
        assert fate is Why.DO_NOT_CALL


@given(PLANS, OUTCOMES)
def test_a_number_is_in_no_more_rounds_than_the_plan_allows(plan: Plan, outcome: str) -> None:
    """However often it is run: the same outcome each time."""
    rounds = 0
    while isinstance(decide(plan, Facts(outcome, earlier=rounds)), Again):
        rounds += 1
    rule = plan.rule(outcome)
    assert rounds == (0 if rule is None else rule.times)


@given(DELAYS, st.one_of(st.none(), st.integers(-10**7, 10**7).map(
    lambda seconds: NOON + dt.timedelta(seconds=seconds))))
def test_nobody_is_due_before_now_or_before_the_plan_says(after: Delay, last_at: dt.datetime | None) -> None:
    due = due_at(after, last_at, NOON, ISTANBUL)
    assert due >= NOON
    if last_at is not None:
        assert due >= last_at + dt.timedelta(minutes=after.minutes)
        days = (due.astimezone(ISTANBUL).date() - last_at.astimezone(ISTANBUL).date()).days
        assert days >= after.days


def test_a_day_after_is_the_next_day_whatever_the_hour() -> None:
    late = dt.datetime(2026, 9, 12, 20, 59, tzinfo=dt.UTC)  # a minute before midnight in Istanbul
    assert due_at(Delay(days=1), late, NOON, ISTANBUL) == dt.datetime(2026, 9, 13, tzinfo=ISTANBUL)
    assert due_at(Delay(minutes=24 * 60), late, NOON, ISTANBUL) == late + dt.timedelta(days=1)
