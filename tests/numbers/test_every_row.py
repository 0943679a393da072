"""Rows read and rows told about are the rows of the file, and no number of one row stands in another."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.numbers.lists import BLANK, ERROR, FORMULA, NONE, NUMBER, WRITERS, Made, Row
from tui.numbers.columns import Role
from tui.numbers.left_out import hidden_rows
from tui.numbers.listing import AS_FOUND, AS_PROPOSED, ListOptions, find
from tui.numbers.named_columns import with_columns
from tui.numbers.reading import validate_source_row
from tui.numbers.rows import SourceRow, read
from tui.numbers.source import open_list
from tui.operations.suppression import phones_in

FEW = 40
REASONS = {ERROR: "numbers.row.error", FORMULA: "numbers.row.formula", NONE: "campaign.phone.empty"}
NAMES = ListOptions(template="{ad}")


def check(path: Path, truth: Made) -> None:
    source = open_list(path)
    found = find(source)
    rows = {row.line: row for row in read(source)}
    assert found.skipped == truth.header - 1
    assert len(found.above) == bool(truth.title)
    assert hidden_rows(source, found, AS_FOUND) == sum(row.hidden and row.kind != BLANK for row in truth.rows)
    assert set(rows) == {row.line for row in truth.rows if not row.hidden and row.kind != BLANK}
    every = {row.line: row for row in read(source, ListOptions(hidden=True))}
    assert set(every) == {row.line for row in truth.rows if row.kind != BLANK}
    named = {row.line: row for row in read(source, NAMES)} if any(row.name for row in truth.rows) else {}
    referred = {row.line: row for row in read(source, with_columns(source, AS_FOUND, {Role.REFERENCE: "Ad"}))}
    proposed = {row.line: row for row in read(source, AS_PROPOSED)}
    assert set(referred) == set(rows)
    for row in truth.rows:
        if row.line in rows:
            assert rows[row.line] == every[row.line]
            as_told(row, rows[row.line])
            assert not named or named[row.line].phrase in ("", " ".join(row.name.split()))
            # Its reference alone is another: not whether it is called, nor with what.
            assert rows[row.line].reference == ""
            assert referred[row.line] == rows[row.line]._replace(reference=row.name.strip())
            assert proposed[row.line] in (referred[row.line], rows[row.line])
    phones = phones_in(path).phones
    assert {row.wire for row in truth.rows if row.kind == NUMBER} <= set(phones)


def as_told(row: Row, read_so: SourceRow) -> None:
    result = validate_source_row(read_so)
    if row.kind == NUMBER:
        assert (result.phone, result.problem) == (row.wire, None)
    else:
        assert result.problem is not None
        assert result.problem.code == REASONS[row.kind]


@pytest.mark.long
@pytest.mark.parametrize("writer", WRITERS)
def test_each_row_of_a_list_is_read_or_told(tmp_path: Path, writer: str, request: pytest.FixtureRequest) -> None:
    count = request.config.getoption("--lists") or FEW
    for _ in range(count):
        seed = secrets.randbits(48)
        path = tmp_path / f"{seed}.{'csv' if writer == 'csv' else 'xlsx'}"
        with telling(f"{writer}, seed {seed}"):
            check(path, WRITERS[writer](random.Random(seed), path))  # noqa: S311 - what is in a list, not a secret
        path.unlink()


@contextmanager
def telling(which: str) -> Iterator[None]:
    """What fails says with what it can be had again."""
    try:
        yield
    except BaseException as failure:
        failure.add_note(which)
        raise
