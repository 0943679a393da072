"""`santral phones check`: a list of numbers, row by row, as it would be called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct, field

from tui.campaign.numbering import NumberKind
from tui.campaign.phone import ValidationResult, remark
from tui.campaign.phone_list import Sayings
from tui.campaign.reference import kept_reference, reference_note
from tui.commands.arguments.lists import CheckPhones
from tui.commands.document import reason_json
from tui.commands.invocation import Invocation
from tui.commands.list_input import ListInput, ignored_columns, problem_of_options
from tui.commands.output import full_sentence, json_line, line, lines, problem, refusal
from tui.commands.status import Status
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.numbers.errors import BadList
from tui.numbers.reading import ParsedList, validate_source_row
from tui.numbers.rows import SourceRow

Json = dict[str, Any]


class _Counts(Struct):
    """What was in the list so far. `callable` are the different numbers without a problem, by kind."""

    total: int = 0
    bad: int = 0
    duplicates: int = 0
    called_again: int = 0
    invalid: int = 0
    kinds: Counter[NumberKind | None] = field(default_factory=Counter)

    @property
    def callable(self) -> int:
        return self.kinds.total()

    def as_json(self) -> Json:
        return {"total": self.total, "callable": self.callable, "bad": self.bad, "duplicates": self.duplicates,
                **({"called_again": self.called_again} if self.called_again else {}),
                "invalid": self.invalid, "kinds": {kind.value: self.kinds[kind] for kind in NumberKind}}


class _Repeat(StrEnum):
    """What becomes of a row whose number an earlier one has."""

    DUPLICATE = "duplicate"  # each number is called once
    CALLED_AGAIN = "called_again"
    SAID_BEFORE = "said_before"  # numbers are called once for each phrase, and this one was there


_REPEATED: Final = TextKeys("command.phones.{}", _Repeat)
_KIND: Final = TextKeys("campaign.kind.{}", NumberKind)


class _CheckedRow(Struct, frozen=True):
    """A row of the list with its verdict. `first`: the line of a row before it that has its number.

    `repeat`: what becomes of it then.
    """

    line: int
    typed: str
    reference: str  # as it would be kept
    result: ValidationResult
    first: int | None = None
    repeat: _Repeat = _Repeat.DUPLICATE

    @property
    def warnings(self) -> list[Reason]:
        """What a person should look at, although the row can be called."""
        if self.result.problem is not None or self.result.phone is None:
            return []
        found = (None if self.first is None else Reason(_REPEATED[self.repeat], {"first": self.first}),
                 remark(self.result.phone, self.typed, valid=self.result.valid), self.result.odd,
                 reference_note(self.reference))
        return [reason for reason in found if reason is not None]

    @property
    def again(self) -> bool:
        return self.repeat is _Repeat.CALLED_AGAIN

    def as_json(self) -> Json:
        phone, problem_, valid, kind, _odd = self.result
        return {"line": self.line, "typed": self.typed, "reference": self.reference, "phone": phone, "kind": kind,
                "valid": valid,
                "duplicate": self.first is not None and not self.again,
                **({"called_again": True} if self.again else {}), "problem": reason_json(problem_),
                "warnings": [reason_json(reason) for reason in self.warnings]}


def check_list(_invocation: Invocation, arguments: CheckPhones) -> Status:
    """Every row of the list, as it is read. Needs no configuration; sends and keeps nothing."""
    if (wrong := problem_of_options(arguments.list, arguments)) is not None:
        refusal(wrong, as_json=arguments.json)
        return Status.USAGE
    list_ = ListInput.of(arguments.list, arguments)
    with list_.opened() as found:
        return _checked(list_.name, found, arguments)


def _checked(name: str, found: ParsedList, arguments: CheckPhones) -> Status:
    counts = _Counts()
    for note in found.notes:
        problem(say("command.warning", place=name, sentence=full_sentence(note)))
    if (ignored := ignored_columns(found)) is not None:
        problem(say("command.warning", place=name, sentence=full_sentence(ignored)))
    _tell_of_reference(name, found)
    rows = _validated(found, counts, keeps=arguments.keep_repeats)
    if arguments.json:
        written = _write_json(rows, counts, found.reference)
    else:
        written = lines(_text_lines(rows))
        for _unread in rows:  # the summary counts all of them, also where only some were read
            pass
        problem(say("command.phones.summary", total=counts.total, callable=counts.callable, bad=counts.bad,
                    duplicates=counts.duplicates, invalid=counts.invalid))
        if counts.called_again:
            problem(say("command.phones.summary_again", count=counts.called_again))
    return Status.FAILED if counts.bad or not written else Status.DONE


def _tell_of_reference(name: str, found: ParsedList) -> None:
    """Which column is the reference; where none is, which could be."""
    if found.reference:
        problem(f"{name}: {say('command.list.reference', column=found.reference)}")
    elif found.proposed:
        text = say("command.list.proposed", column=found.proposed)
        problem(say("command.hint", place=name, sentence=text))


def _write_json(rows: Iterator[_CheckedRow], counts: _Counts, reference: str) -> bool:
    try:
        written = lines(json_line(row.as_json()) for row in rows)
        summary = counts.as_json() | ({"reference": reference} if reference else {})
        return written and line(json_line({"summary": summary}))
    except BadList as bad:  # rows have been written: the error is a line, too
        problem(full_sentence(bad.reason))
        line(json_line({"error": reason_json(bad.reason)}))
        return False


def _validated(found: ParsedList, counts: _Counts, *, keeps: bool) -> Iterator[_CheckedRow]:
    seen = _Seen(keeps)
    for row in found.source_rows:
        yield _row(row, seen, counts)


class _Seen:
    """The numbers so far. `keeps`: rows are called that repeat one and say something else."""

    def __init__(self, keeps: bool) -> None:  # noqa: FBT001 - one fact, two values
        # The line of each. As numbers they take a third of the memory, and no two phones are one: those abroad begin
        # with 00, ours with 90.
        self._lines: dict[int, int] = {}
        self._first_says: dict[int, tuple[str, str]] = {}
        self._sayings: dict[int, Sayings] = {}  # of those that stand in several rows
        self._keeps = keeps

    def first(self, phone: str, row: SourceRow) -> int:
        """The line of the first row that has a phone: this one's own, or that of an earlier one."""
        first = self._lines.setdefault(int(phone), row.line)
        if self._keeps and first == row.line:
            self._first_says[int(phone)] = row.phrase, row.lang
        return first

    def repeat(self, phone: str, row: SourceRow) -> _Repeat:
        """What becomes of a row whose number an earlier one has."""
        if not self._keeps:
            return _Repeat.DUPLICATE
        number = int(phone)
        sayings = self._sayings.get(number) or self._sayings.setdefault(number, Sayings(*self._first_says[number]))
        turn = sayings.turn(row.phrase, row.lang)
        return _Repeat.SAID_BEFORE if turn is None else _Repeat.CALLED_AGAIN


def _row(row: SourceRow, seen: _Seen, counts: _Counts) -> _CheckedRow:
    place, typed, reference, result = row.line, row.phone, kept_reference(row.reference), validate_source_row(row)
    counts.total += 1
    if result.phone is None or result.problem is not None:
        counts.bad += 1
        return _CheckedRow(place, typed, reference, result)
    first = seen.first(result.phone, row)
    if first != place:
        repeat = seen.repeat(result.phone, row)
        counts.duplicates += repeat is not _Repeat.CALLED_AGAIN
        counts.called_again += repeat is _Repeat.CALLED_AGAIN
        return _CheckedRow(place, typed, reference, result, first, repeat)
    counts.kinds[result.kind] += 1
    counts.invalid += not result.valid
    return _CheckedRow(place, typed, reference, result)


def _text_lines(rows: Iterator[_CheckedRow]) -> Iterator[str]:
    kinds: dict[NumberKind | None, str] = {kind: say(_KIND[kind]) for kind in NumberKind}
    for row in rows:
        yield f"{_text_line(row, kinds)} ({row.reference})" if row.reference else _text_line(row, kinds)


def _text_line(row: _CheckedRow, kinds: Mapping[NumberKind | None, str]) -> str:
    phone, problem_, _valid, kind, _odd = row.result
    if problem_ is not None:
        return say("command.phones.bad", line=row.line, sentence=full_sentence(problem_))
    if not (warnings := row.warnings):
        return f"{row.line}: {phone} {kinds[kind]}"
    return say("command.phones.warned", line=row.line, phone=phone, kind=kinds[kind],
               sentence=" ".join(map(full_sentence, warnings)))
