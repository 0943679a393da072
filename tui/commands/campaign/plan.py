"""A campaign file and a list of numbers, put together: what a launch of them would send, or every reason why not."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from tui.campaign.calling_hours import CallingPolicy, Nobody, calls_nobody
from tui.campaign.dates import Hours
from tui.campaign.fields import KEEP_REPEATS, PHONE_LIST
from tui.campaign.holidays import turkish
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone import is_premium, remark
from tui.campaign.phone_list import Number, PhoneList, Sayings, says_other, validate
from tui.campaign.reach import NOBODY, CauseCounts
from tui.campaign.reference import kept_reference, reference_note
from tui.campaign.request import Json, Request, RequestSizer, wire_fields, wire_number
from tui.campaign.rules import Problem, Weight, check, no_caller
from tui.commands.document import left_out_json
from tui.commands.invocation import Invocation
from tui.commands.list_input import ListInput, ignored_columns
from tui.commands.output import full_sentence, problem
from tui.config import ConfigError
from tui.config.settings import DEFAULT_POLITE_HOURS
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.numbers.reading import ParsedList
from tui.operations.campaign_file import read_campaign_file
from tui.operations.phone_list import BadRow

DROPPED: Final = "command.create.dropped"

_SIZED_AT_ONCE = 2_000
_MAX_NAMED = 20  # rows that a person should look at; all of them are counted
# Each wrong row is reported with its place: not once more for all of them.
_REPORTED_BY_ROW = "campaign.problem.bad_numbers"
_LINES = {Weight.ERROR: "command.problem", Weight.WARNING: "command.warning", Weight.HINT: "command.hint"}


class PlacedProblem(Struct, frozen=True):
    """A problem and where it is: `place` for a person, `row` of the file's own list or `line` of a list file."""

    place: str
    field: str
    reason: Reason
    weight: Weight
    row: int | None = None
    line: int | None = None


class LaunchPlan(Struct, frozen=True):
    """A campaign and its numbers, checked. `called`: the places, in `numbers`, of those that are called.

    `request` is None while there are errors; it has no key, nor its list, which may have a million numbers.
    """

    draft: ParsedDraft
    numbers: list[Number]
    problems: list[PlacedProblem]
    called: array[int]
    duplicates: int
    nobody: Nobody | None  # why a launch would call nobody
    request: Request | None
    refusals: CauseCounts = NOBODY  # how many must not be called, and why
    turns: array[int] = field(default_factory=lambda: array("q"))  # of those called: which call of its number each is
    # Where rows that can't be called are dropped: those, by their places in `numbers`; else None.
    dropped: Mapping[int, PlacedProblem] | None = None

    @property
    def recipients(self) -> int:
        """Different numbers that are called."""
        return len(self.called) - self.again

    @property
    def again(self) -> int:
        """Rows that are called though an earlier one has their number."""
        return sum(turn > 0 for turn in self.turns)

    @property
    def errors(self) -> int:
        """How many problems prevent a launch."""
        return sum(found.weight is Weight.ERROR for found in self.problems)

    @property
    def with_phrase(self) -> int:
        """How many rows that are called have a phrase."""
        return sum(bool(self.numbers[place].phrase.strip()) for place in self.called)

    def listed(self) -> Iterator[Number | BadRow]:
        """All rows of the list, as they are kept."""
        dropped = self.dropped or {}
        for place, number in enumerate(self.numbers):
            found = dropped.get(place)
            yield number if found is None else BadRow(number, found.reason, found.line)

    def rows(self) -> Iterator[dict[str, str]]:
        """The list as it is sent."""
        return (wire_number(self.numbers[place]) for place in self.called)

    def print_problems(self) -> None:
        """Every problem, warning and hint, a line each."""
        print_problems(self.problems)


class _NumberList:
    """The numbers of the file and, after them, those of a list."""

    def __init__(self, numbers: list[Number], *, drops_bad: bool) -> None:
        self.numbers = numbers
        self._drops_bad = drops_bad
        self._problems: dict[int, Reason] = {}  # of rows as they stand in the list, by their places
        self._reset()
        self._own = len(numbers)
        self._file = ""
        self._lines = array("q")

    def read(self, phones: ListInput) -> Iterator[PlacedProblem]:
        """Append a list. Yields the warnings about it. BadList, BadTemplate."""
        with phones.opened() as found:
            self._file = phones.name
            yield from self._append(phones, found)

    def _append(self, phones: ListInput, found: ParsedList) -> Iterator[PlacedProblem]:
        for note in found.notes:
            yield PlacedProblem(phones.name, PHONE_LIST, note, Weight.WARNING)
        if (ignored := ignored_columns(found)) is not None:
            yield PlacedProblem(phones.name, PHONE_LIST, ignored, Weight.WARNING)
        for row in found.source_rows:
            if row.problem is not None:
                self._problems[len(self.numbers)] = row.problem
            self._lines.append(row.line)
            self.numbers.append(Number(row.phone, row.phrase, row.lang, row.reference))

    def _reset(self) -> None:
        self.called, self.turns = array("q"), array("q")
        self.dropped: dict[int, PlacedProblem] = {}
        self.bad = self.duplicates = self.odd = self.premium = self.left_out = self.repeated = 0
        self._first: dict[int, int] = {}  # the place of each; as numbers they take less than half the memory
        self._sayings: dict[int, Sayings] = {}  # of numbers that stand in several rows

    def validate(self, refused: Collection[str] = (), *, keeps: bool = False) -> Iterator[PlacedProblem]:
        """Choose the rows that are called. Yields errors of others, and warnings of the first odd or costly ones.

        Where those that can't be called are dropped, they are warnings, too. Rows of `refused` numbers are left out.
        `keeps`: a row that repeats a number with another phrase is called.
        """
        self._reset()
        for place, number in enumerate(self.numbers):
            result = validate(number)
            if problem_ := self._problems.get(place, result.problem):
                yield self._bad(place, problem_)
            elif result.phone is not None and result.phone in refused:
                self.left_out += 1
            elif result.phone is not None:
                if result.odd is not None:
                    self.odd += 1
                    if self.odd <= _MAX_NAMED:
                        yield self._placed(place, result.odd, Weight.WARNING)
                if self._first.setdefault(int(result.phone), place) != place:
                    yield from self._repeated(place, result.phone, keeps=keeps)
                else:
                    self._call(place, 0)
                    yield from self._costly(place, result.phone)
        yield from self._too_long()
        if self.dropped:
            yield PlacedProblem(PHONE_LIST, PHONE_LIST, Reason(DROPPED, {"count": len(self.dropped)}), Weight.WARNING)

    def _too_long(self) -> Iterator[PlacedProblem]:
        """Of the first rows whose reference is not kept whole."""
        found = ((place, note) for place, number in enumerate(self.numbers)
                 if number.reference and (note := reference_note(number.reference)) is not None)
        return (self._placed(place, note, Weight.WARNING) for place, note in islice(found, _MAX_NAMED))

    def _bad(self, place: int, problem_: Reason) -> PlacedProblem:
        if not self._drops_bad:
            self.bad += 1
            return self._placed(place, problem_)
        self.dropped[place] = self._placed(place, problem_, Weight.WARNING)
        return self.dropped[place]

    def _call(self, place: int, turn: int) -> None:
        self.called.append(place)
        self.turns.append(turn)

    def _repeated(self, place: int, phone: str, *, keeps: bool) -> Iterator[PlacedProblem]:
        """A row whose number an earlier one has: called where `keeps`, and it says something else than all before."""
        first, row = self._first[int(phone)], self.numbers[place]
        says = self.numbers[first].phrase, self.numbers[first].lang
        turn, other = None, says_other(says, (row.phrase, row.lang))
        if keeps:
            sayings = self._sayings.get(int(phone)) or self._sayings.setdefault(int(phone), Sayings(*says))
            turn = sayings.turn(row.phrase, row.lang)
            other = turn is not None
        if turn is None:
            self.duplicates += 1
        else:
            self._call(place, turn)
        if other:
            self.repeated += 1
            if self.repeated <= _MAX_NAMED:
                code = "command.called_again" if keeps else "command.repeated"
                yield self._placed(place, Reason(code, {"phone": phone, "first": self._place(first)}), Weight.WARNING)

    def _costly(self, place: int, phone: str) -> Iterator[PlacedProblem]:
        if is_premium(phone):
            self.premium += 1
            if self.premium <= _MAX_NAMED and (reason := remark(phone, self.numbers[place].phone, valid=True)):
                yield self._placed(place, reason, Weight.WARNING)

    def counts(self) -> PhoneList:
        return PhoneList(
            total=len(self.numbers) - self.left_out - len(self.dropped), bad=self.bad, duplicates=self.duplicates,
            with_phrase=sum(bool(self.numbers[place].phrase.strip()) for place in self.called), odd_phrases=self.odd,
            premium=self.premium, again=sum(turn > 0 for turn in self.turns),
            repeated_numbers=sum(turn == 1 for turn in self.turns))

    def _place(self, place: int) -> str:
        if place < self._own:
            return say("command.row", row=place + 1)
        return say("command.line", file=self._file, line=self._lines[place - self._own])

    def _placed(self, place: int, reason: Reason, weight: Weight = Weight.ERROR) -> PlacedProblem:
        if place < self._own:
            return PlacedProblem(self._place(place), PHONE_LIST, reason, weight, row=place + 1)
        return PlacedProblem(self._place(place), PHONE_LIST, reason, weight, line=self._lines[place - self._own])


class ProfileDefaults(Struct, frozen=True):
    """What holds where a campaign file leaves it open."""

    polite: Hours | None  # hours outside of which it warns
    caller: str | None = None  # the number that people see, digits


def profile_defaults(invocation: Invocation) -> ProfileDefaults:
    """Those of the chosen profile; the program's own without a usable configuration: a file can be checked without one.

    Mistakes in the configuration are reported by commands that need it.
    """
    try:
        config = invocation.sources.config()
        profile = config.choose(invocation.profile, last=invocation.sources.state.profile)
    except ConfigError:
        return ProfileDefaults(DEFAULT_POLITE_HOURS)
    return ProfileDefaults(profile.polite_hours, profile.caller_id)


class LaunchFiles:
    """A campaign file and its list, read once. Plans of them differ in the numbers that are left out."""

    def __init__(self, file: Path, phones: ListInput | None, now: dt.datetime, defaults: ProfileDefaults, *,
                 keep_repeats: bool = False, drops_bad: bool = False) -> None:
        """BadCampaignFile, BadList, BadTemplate where one of the files can't be read at all.

        `keep_repeats`: as if the file had that field. `drops_bad`: rows that can't be called are no errors.
        """
        found = read_campaign_file(file)
        if defaults.caller and not found.values.get("cli", "").strip():  # as a new draft in the form has it
            found.values["cli"] = defaults.caller
        if keep_repeats:
            found.values[KEEP_REPEATS] = "true"
        self._draft = ParsedDraft(found.values)
        self._problems = [_placed(problem_) for problem_ in found.problems]
        self._list = _NumberList(found.numbers, drops_bad=drops_bad)
        self._drops_bad = drops_bad
        self._now = now
        self._policy = CallingPolicy(defaults.polite, turkish)
        if phones is not None:
            self._problems += self._list.read(phones)

    def plan(self, refused: Collection[str] = (), refusals: CauseCounts = NOBODY,
             more: Iterable[Problem] = ()) -> LaunchPlan:
        """Check them without `refused` numbers. `refusals`: how many are refused, and why; `more`: further problems."""
        listed, draft = self._list, self._draft
        problems = [*self._problems, *listed.validate(refused, keeps=draft.keeps_repeats)]
        found = no_caller(draft) + check(draft, listed.counts(), self._now, self._policy)
        problems += [_placed(problem_) for problem_ in found if problem_.code != _REPORTED_BY_ROW]
        problems += map(_placed, more)
        nobody = calls_nobody(draft.window(self._now), len(listed.called), self._now)
        plan = LaunchPlan(draft, listed.numbers, problems, listed.called, listed.duplicates, nobody, None, refusals,
                          listed.turns, listed.dropped if self._drops_bad else None)
        return plan if any(found.weight is Weight.ERROR for found in problems) else _sized(plan)


def _sized(plan: LaunchPlan) -> LaunchPlan:
    sizer = RequestSizer(wire_fields(plan.draft))
    rows, turns = plan.rows(), iter(plan.turns)
    while some := list(islice(rows, _SIZED_AT_ONCE)):
        sizer.add(some, islice(turns, len(some)))
    request = sizer.done()
    large = request.size_warning()
    return replace(plan, request=request, problems=plan.problems + ([] if large is None else [_placed(large)]))


def with_all_rows(plan: LaunchPlan, request: Request) -> Json:
    """The body of the request, its list included."""
    return {**request.fields, PHONE_LIST: list(plan.rows())}


def _placed(found: Problem) -> PlacedProblem:
    return PlacedProblem(found.field, found.field, found.reason, found.weight)


def plan_json(plan: LaunchPlan) -> Json:
    """The document of `check`."""
    return {**problems_json(plan.problems), **left_out_json(plan.refusals), **dropped_json(plan)}


def problems_json(problems: Sequence[PlacedProblem]) -> Json:
    """Every problem, and whether none of them prevents a launch."""
    return {"ok": all(found.weight is not Weight.ERROR for found in problems),
            "problems": [{"field": found.field, **_row_json(found), "weight": found.weight.value}
                         for found in problems]}


def print_problems(problems: Iterable[PlacedProblem]) -> None:
    """A line each, on stderr."""
    for found in problems:
        problem(say(_LINES[found.weight], place=found.place, sentence=full_sentence(found.reason)))


def dropped_json(plan: LaunchPlan) -> Json:
    """The rows that are dropped as they can't be called; nothing where that wasn't asked for."""
    if plan.dropped is None:
        return {}
    return dropped_rows_json((plan.numbers[place].reference, found) for place, found in plan.dropped.items())


def dropped_rows_json(dropped: Iterable[tuple[str, PlacedProblem]]) -> Json:
    """Rows that are dropped as they can't be called, each with its reference."""
    rows = [{"reference": kept_reference(reference), **_row_json(found)} for reference, found in dropped]
    return {"dropped": {"total": len(rows), "rows": rows}}


def dropped_line(plan: LaunchPlan) -> str:
    """How many rows are dropped, for stdout; "" where none is."""
    return say(DROPPED, count=len(plan.dropped)) if plan.dropped else ""


def _row_json(found: PlacedProblem) -> Json:
    return {"row": found.row, "line": found.line, "code": found.reason.code, "message": full_sentence(found.reason)}
