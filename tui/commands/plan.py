"""A campaign file and a list of numbers, put together: what a launch of them would send, or every reason why not."""

from __future__ import annotations

import datetime as dt
import os
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tui.campaign.courtesy import Courtesy
from tui.campaign.draft import Draft, Number, PhoneList
from tui.campaign.fields import PHONE_LIST
from tui.campaign.holidays import turkish
from tui.campaign.number import judge
from tui.campaign.reason import Reason
from tui.campaign.request import Json, Weighing, wire, wire_fields
from tui.campaign.rules import Problem, Weight, check
from tui.campaign.schedule import Hours
from tui.commands.output import full_sentence, problem
from tui.config import ConfigError, load
from tui.config.model import DEFAULT_POLITE_HOURS
from tui.keys import KEYS
from tui.operations.campaign_file import read_campaign_file
from tui.state import load_state, state_path
from tui.words import say

_WEIGHED_AT_ONCE = 2_000
# Said of each row that is wrong, with the place where it stands: not once more for all of them.
_SAID_BY_ROW = "campaign.problem.bad_numbers"
_LINES = {Weight.ERROR: "command.problem", Weight.WARNING: "command.warning", Weight.HINT: "command.hint"}


@dataclass(frozen=True, slots=True)
class Told:
    """A problem and where it is: `place` for a person, `row` of the file's own list or `line` of a list file."""

    place: str
    field: str
    reason: Reason
    weight: Weight
    row: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What the files say. `request` is None while there are errors; it has no key."""

    draft: Draft
    numbers: list[Number]
    problems: list[Told]
    people: int
    duplicates: int
    request: Json | None

    def tell(self) -> None:
        """Every problem, warning and hint, a line each."""
        for told in self.problems:
            problem(say(_LINES[told.weight], place=told.place, sentence=full_sentence(told.reason)))


@dataclass(frozen=True, slots=True)
class _Row:
    number: Number
    place: str
    row: int | None = None
    line: int | None = None


def polite_hours(arguments: Namespace) -> Hours | None:
    """Those of the profile, where a configuration names one; a file can be checked without any.

    What is wrong with the configuration is told by what needs it.
    """
    try:
        config = load(arguments.config, os.environ, key_ids=KEYS)
        return config.choose(arguments.profile, last=load_state(state_path()).profile).polite_hours
    except ConfigError:
        return DEFAULT_POLITE_HOURS


def read_plan(file: Path, phones: Path | None, now: dt.datetime, polite: Hours | None) -> Plan:
    """Read and check. BadCampaignFile, BadList where one of the files can't be read at all."""
    found = read_campaign_file(file)
    rows = [_Row(number, say("command.row", row=place), row=place)
            for place, number in enumerate(found.numbers, start=1)]
    problems = [_told(problem_) for problem_ in found.problems]
    if phones is not None:
        rows += _read_list(phones, problems)
    draft = Draft(found.values)
    judged = list(_judged(rows, problems))
    first_of: dict[str, Number] = {}
    for phone, number, _odd in judged:
        first_of.setdefault(phone, number)
    callable_rows = list(first_of.values())
    counts = PhoneList(
        total=len(rows), bad=len(rows) - len(judged), duplicates=len(judged) - len(callable_rows),
        with_phrase=sum(bool(number.phrase.strip()) for number in callable_rows),
        odd_phrases=sum(odd for _phone, _number, odd in judged),
    )
    found_wrong = check(draft, counts, now, Courtesy(polite, turkish))
    problems += [_told(problem_) for problem_ in found_wrong if problem_.code != _SAID_BY_ROW]
    refused = any(told.weight is Weight.ERROR for told in problems)
    request = None if refused else wire(draft, callable_rows)
    if request is not None and (large := _size_warning(draft, request[PHONE_LIST])) is not None:
        problems.append(_told(large))
    return Plan(draft, [row.number for row in rows], problems, people=counts.callable, duplicates=counts.duplicates,
                request=request)


def _size_warning(draft: Draft, rows: list[dict[str, str]]) -> Problem | None:
    weighing = Weighing(wire_fields(draft))
    for first in range(0, len(rows), _WEIGHED_AT_ONCE):
        weighing.add(rows[first:first + _WEIGHED_AT_ONCE])
    return weighing.done().size_warning()


def _read_list(phones: Path, problems: list[Told]) -> list[_Row]:
    from tui.numbers.reading import read_file

    found = read_file(phones)
    if found.ignored_columns:
        columns = Reason("command.ignored_columns", {"columns": ", ".join(found.ignored_columns)})
        problems.append(Told(phones.name, PHONE_LIST, columns, Weight.WARNING))
    return [_Row(number, say("command.line", file=phones.name, line=line), line=line) for line, number in found.rows]


def _judged(rows: list[_Row], problems: list[Told]) -> Iterator[tuple[str, Number, bool]]:
    """The rows that can be called: the number as it is sent, the row, and whether its phrase is odd."""
    for row in rows:
        verdict = judge(row.number)
        if verdict.problem is not None:
            problems.append(Told(row.place, PHONE_LIST, verdict.problem, Weight.ERROR, row.row, row.line))
        elif verdict.phone is not None:
            yield verdict.phone, row.number, verdict.odd is not None


def _told(found: Problem) -> Told:
    return Told(found.field, found.field, found.reason, found.weight)
