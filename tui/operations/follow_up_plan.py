"""Follow-ups by a plan: what becomes of each number of a campaign, and the drafts that are made of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from tui.campaign.calling_hours import CallingPolicy, Window
from tui.campaign.dates import ISTANBUL, Hours
from tui.campaign.follow_up_plan import Again, Delay, OfDay, Plan, Why, decide, due_at, in_order, plan_text
from tui.campaign.follow_up_times import (
    Half,
    SourceTimes,
    days_needed,
    hours_of,
    may_call_at,
    middle,
    window_from,
)
from tui.core.reason import Reason
from tui.operations.apart import apart
from tui.operations.follow_up import StillCalling, follow_up_fields, still_calls
from tui.operations.services import NotPossible, Services
from tui.operations.suppression import look_at_file
from tui.store import Campaign, Store
from tui.store.planned_follow_ups import NewDraft, WeighedGroup, Weighing
from tui.store.values import NO_TOTALS, PlanOrigin
from tui.text.follow_up_plan import outcomes_text
from tui.text.formats import window_of_campaign

NAME_MARK: Final = " · "  # between a follow-up's name and what had become of its numbers


class OutcomeFigures(Struct, frozen=True):
    """Numbers of one outcome: how many, how many of them come into drafts, and why the others don't."""

    outcome: str
    numbers: int
    planned: int
    left_out: Mapping[Why, int]


class PlannedDraft(Struct, frozen=True):
    """A draft that a plan makes. `numbers` had these `outcomes`; none of them is to be called before `not_before`."""

    name: str
    window: Window
    not_before: dt.datetime
    outcomes: Mapping[str, int]
    draft: int | None = None  # None where it wasn't made

    @property
    def numbers(self) -> int:
        return sum(self.outcomes.values())


class PlannedFollowUp(Struct, frozen=True):
    """What a plan makes of a campaign: each of its numbers is in one draft, or left out for one reason."""

    source: Campaign
    plan_name: str
    plan: Plan
    drafts: tuple[PlannedDraft, ...]
    outcomes: tuple[OutcomeFigures, ...]
    follow_ups: tuple[Campaign, ...] = ()  # those that go on with numbers of it already
    calling: tuple[StillCalling, ...] = ()  # those of its family that may reach some of them by themselves still

    @property
    def numbers(self) -> int:
        return sum(each.numbers for each in self.outcomes)

    @property
    def planned(self) -> int:
        return sum(each.planned for each in self.outcomes)

    @property
    def left_out(self) -> dict[Why, int]:
        """Why numbers are in no draft, in the order of the reasons."""
        found = sum((Counter(each.left_out) for each in self.outcomes), Counter[Why]())
        return {why: found[why] for why in Why if found[why]}

    @property
    def to_switch_off(self) -> tuple[Campaign, ...]:
        """Those of its family that keep numbers out as they are on, or may be."""
        return tuple(each.campaign for each in self.calling if each.until is None)

    @property
    def quiet_last(self) -> StillCalling | None:
        """The one that is off whose calls may go on for the longest."""
        off = [(each.until, each.campaign.id, each) for each in self.calling if each.until is not None]
        return max(off, key=lambda found: found[:2])[2] if off else None


class _Timing(Struct, frozen=True):
    """What numbers of one draft have in common."""

    after: Delay
    hours: OfDay | Hours
    half: Half | None


class _Division(Struct):
    """What becomes of the groups: those of each draft, and how many are left out of each outcome."""

    drafts: dict[_Timing, list[WeighedGroup]] = field(default_factory=dict)
    numbers: Counter[str] = field(default_factory=Counter)
    planned: Counter[str] = field(default_factory=Counter)
    left_out: dict[str, Counter[Why]] = field(default_factory=dict)
    follow_ups: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, plan: Plan, groups: Iterable[WeighedGroup]) -> _Division:
        made = cls()
        for group in groups:
            made._add(group, decide(plan, group.facts))
        return made

    def _add(self, group: WeighedGroup, fate: Again | Why) -> None:
        outcome = group.facts.outcome
        self.numbers[outcome] += group.numbers
        if isinstance(fate, Why):
            self.left_out.setdefault(outcome, Counter())[fate] += group.numbers
            if fate is Why.IN_FOLLOW_UP:
                self.follow_ups.add(group.follow_up)
            return
        self.planned[outcome] += group.numbers
        half = group.half if fate.hours is OfDay.OTHER else None
        self.drafts.setdefault(_Timing(fate.after, fate.hours, half), []).append(group)

    def figures(self) -> tuple[OutcomeFigures, ...]:
        return tuple(OutcomeFigures(outcome, self.numbers[outcome], self.planned[outcome],
                                    dict(self.left_out.get(outcome, {}))) for outcome in in_order(self.numbers))


class _Source(Struct, frozen=True):
    """The campaign that is followed, and what its drafts depend on."""

    campaign: Campaign
    family: Sequence[Campaign]
    calling: tuple[StillCalling, ...]
    times: SourceTimes
    policy: CallingPolicy
    now: dt.datetime
    plan_name: str
    plan: Plan

    @property
    def weighing(self) -> Weighing:
        part = middle(may_call_at(self.times, self.policy))
        return Weighing(self.plan, frozenset(each.campaign.id for each in self.calling), part.hour * 60 + part.minute)

    def drafts(self, division: _Division) -> list[tuple[PlannedDraft, NewDraft]]:
        """One for all that begins at the same moment and has the same hours, in the order in which they begin.

        NotPossible where there is no day for one of them.
        """
        whole = sum(division.numbers.values())
        together: dict[tuple[dt.date, Hours], list[tuple[_Timing, list[WeighedGroup]]]] = {}
        for timing, groups in division.drafts.items():
            window = self._window(self._due(timing, groups), self._hours(timing))
            begins = window.begin, Hours(window.begin_time, window.end_time)
            together.setdefault(begins, []).append((timing, groups))
        return [self._draft(parts, whole) for _, parts in sorted(together.items())]

    def _hours(self, timing: _Timing) -> Hours:
        return hours_of(timing.hours, timing.half, self.times, self.policy)

    def _due(self, timing: _Timing, groups: Iterable[WeighedGroup]) -> dt.datetime:
        """When the last of them may be called again."""
        return max(due_at(timing.after, group.last_at, self.now, ISTANBUL) for group in groups)

    def _window(self, due: dt.datetime, hours: Hours, days: int = 1) -> Window:
        window = window_from(due, hours, self.times, self.policy, days=days)
        if window is None:
            raise NotPossible(Reason("operations.plan.no_day", {"name": self.campaign.name}))
        return window

    def _draft(self, parts: Sequence[tuple[_Timing, list[WeighedGroup]]], whole: int) -> tuple[PlannedDraft, NewDraft]:
        groups = [group for _, some in parts for group in some]
        outcomes: Counter[str] = Counter()
        for group in groups:
            outcomes[group.facts.outcome] += group.numbers
        ordered = {outcome: outcomes[outcome] for outcome in in_order(outcomes)}
        due, timing = max(((self._due(timing, some), timing) for timing, some in parts), key=lambda found: found[0])
        days = days_needed(outcomes.total(), whole, self.times)
        window = self._window(due, self._hours(timing), days)
        named = outcomes_text(list(ordered))
        if any(timing.half is not None for timing, _ in parts):
            named += f" {Hours(window.begin_time, window.end_time)}"
        planned = PlannedDraft("", window, due, ordered)
        fields = self._fields(planned, named)
        return (replace(planned, name=fields.get("name", "")),
                NewDraft(fields, PlanOrigin(self.plan_name, plan_text(self.plan), ordered, due), groups))

    def _fields(self, planned: PlannedDraft, named: str) -> dict[str, str]:
        source, window = dict(self.campaign.fields), planned.window
        if self.campaign.follows_plan is not None and NAME_MARK in source.get("name", ""):
            source["name"] = source["name"].rpartition(NAME_MARK)[0]
        fields = follow_up_fields(source, self.now) | {
            "date_range_begin": window.begin.isoformat(), "date_range_end": window.end.isoformat(),
            "time_range_begin": f"{window.begin_time:%H:%M}", "time_range_end": f"{window.end_time:%H:%M}"}
        if fields.get("name"):
            fields["name"] += f"{NAME_MARK}{named}"
        return fields

    def result(self, division: _Division, drafts: Sequence[PlannedDraft]) -> PlannedFollowUp:
        by_id = {member.id: member for member in self.family}
        return PlannedFollowUp(
            self.campaign, self.plan_name, self.plan, tuple(drafts), division.figures(),
            tuple(by_id[member] for member in sorted(division.follow_ups) if member in by_id),
            self.calling)


async def preview_plan(services: Services, campaign_id: int, plan_name: str, plan: Plan) -> PlannedFollowUp:
    """What a plan would make of a campaign's numbers; nothing is made. NotPossible, NoSuchCampaign."""
    source = await _read_source(services, campaign_id, plan_name, plan)
    async with apart(services) as work:
        groups = await work(lambda store, _: store.planned_follow_ups.weigh(campaign_id, source.weighing))
    division = _Division.of(plan, groups)
    return source.result(division, [planned for planned, _ in source.drafts(division)])


async def make_planned(services: Services, campaign_id: int, plan_name: str, plan: Plan) -> PlannedFollowUp:
    """Make the drafts of a plan, all or none; nobody is called by that.

    Ours: they begin when the last of their numbers is due. NotPossible where nobody would be in them, or there is no
    day for one; NoSuchCampaign, StoreError.
    """
    source = await _read_source(services, campaign_id, plan_name, plan)
    planned: list[PlannedDraft] = []

    def divide(groups: Sequence[WeighedGroup]) -> list[NewDraft]:
        pairs = source.drafts(_Division.of(plan, groups))
        planned[:] = [made for made, _ in pairs]
        if not pairs:
            raise NotPossible(nobody_reason(source.result(_Division.of(plan, groups), ())))
        return [new for _, new in pairs]

    async with apart(services) as work:
        groups, made = await work(lambda store, _: store.planned_follow_ups.make(campaign_id, source.weighing, divide))
    drafts = [replace(draft, draft=id_) for draft, id_ in zip(planned, made, strict=True)]
    return source.result(_Division.of(plan, groups), drafts)


async def _read_source(services: Services, campaign_id: int, plan_name: str, plan: Plan) -> _Source:
    """NotPossible where the campaign was never launched, or is another profile's; NoSuchCampaign."""
    await look_at_file(services)  # where it can't be read, a launch says so
    await services.load_holidays()
    now = services.now()
    campaign, family, calling = await services.thread(_read_family, services.store, campaign_id, now)
    services.must_be_ours(campaign)
    if campaign.state.editable:
        raise NotPossible(Reason("operations.plan.not_launched", {"name": campaign.name}))
    times = SourceTimes.of(window_of_campaign(campaign, now))
    return _Source(campaign, family, calling, times, services.calling_policy(), now, plan_name, plan)


def _read_family(store: Store, campaign: int,
                 now: dt.datetime) -> tuple[Campaign, list[Campaign], tuple[StillCalling, ...]]:
    family = store.planned_follow_ups.family(campaign)
    totals = store.figures.totals_of([member.id for member in family])
    found = (still_calls(member, now, totals.get(member.id, NO_TOTALS)) for member in family)
    return (next(member for member in family if member.id == campaign), family,
            tuple(each for each in found if each is not None))


def nobody_reason(planned: PlannedFollowUp) -> Reason:
    """Why a plan makes no draft: how many numbers are left out for which reason, and the way out."""
    left = planned.left_out
    if not planned.numbers:
        return Reason("operations.plan.empty", {"name": planned.source.name})
    goes_on = left.get(Why.IN_FOLLOW_UP, 0)
    if goes_on:
        return Reason("operations.plan.in_follow_ups", {
            "count": goes_on, "name": planned.source.name,
            "refs": ", ".join(campaign.ref for campaign in planned.follow_ups)})
    still, quiet = left.get(Why.STILL_CALLING, 0), planned.quiet_last
    if still and quiet is not None and not planned.to_switch_off:
        return Reason("operations.plan.quiet", {"count": still, **quiet.named})
    if still:
        return Reason("operations.plan.still_calling", {
            "count": still, "name": ", ".join(each.name for each in planned.to_switch_off) or planned.source.name})
    return Reason("operations.plan.nobody", {
        "name": planned.source.name, "count": planned.numbers, **{why.value: left.get(why, 0) for why in Why}})
