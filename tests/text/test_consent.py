"""İYS files in words: whatever of a file is odd or not taken is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tui.i18n import words
from tui.store.consents import ImportNotes
from tui.text.consent import note_lines


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    words.use("en")
    yield
    words.use("en")


@pytest.mark.parametrize(("notes", "english", "turkish"), [
    (ImportNotes(rows=9), [], []),
    (ImportNotes(others={"MESAJ": 2, "EPOSTA": 1}), ["MESAJ 2, EPOSTA 1"], ["3 satır başka kanalların"]),
    (ImportNotes(unread=1, places="7"), ["7"], ["1 satır okunamadı (satır 7)"]),
    (ImportNotes(undated=2), ["2 rows"], ["2 satırın tarihi okunamadı"]),
    (ImportNotes(contradictions=3), ["3 numbers"], ["3 numaranın hem ONAY'ı hem RET'i var"]),
    (ImportNotes(skipped=("Notlar", "[/x]")), ["2 sheets", "Notlar, [/x]"], ["2 sayfada izin sütunları yok", "[/x]"]),
])
def test_what_of_a_file_is_odd_is_said(notes: ImportNotes, english: list[str], turkish: list[str]) -> None:
    for language, expected in (("en", english), ("tr", turkish)):
        words.use(language)
        lines = list(note_lines(notes))
        assert len(lines) == bool(expected)
        assert all(part in line for line in lines for part in expected)


def test_all_of_it_is_said_at_once() -> None:
    notes = ImportNotes(others={"MESAJ": 1}, unread=1, places="2", undated=1, contradictions=1, skipped=("a",))
    assert len(list(note_lines(notes))) == 5
