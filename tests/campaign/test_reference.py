"""By what an operator knows whom a row is about: how much of it is kept, and that nobody else is told."""

from __future__ import annotations

import pytest

from tests.campaign.sentences import said
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone_list import Number, Sayings, validate
from tui.campaign.reference import LONGEST, is_too_long, kept_reference, reference_note
from tui.campaign.request import body_hash, wire

LONG = "ğ" * (LONGEST + 50)


@pytest.mark.parametrize(("given", "kept"), [
    ("", ""), ("  Ayşe  Öz\t", "Ayşe  Öz"), ("0042", "0042"), ("[b]x[/b]\x1b[31m", "[b]x[/b]\x1b[31m"),
    ("a" * LONGEST, "a" * LONGEST), ("a" * (LONGEST + 1), "a" * LONGEST + "…"), (LONG, "ğ" * LONGEST + "…"),
])
def test_what_is_too_long_is_cut_and_that_is_told(given: str, kept: str) -> None:
    assert kept_reference(given) == kept
    cut = len(given) > LONGEST
    assert (reference_note(given) is not None, reference_note(kept) is not None) == (cut, cut)
    assert kept_reference(kept) == kept
    assert not is_too_long(kept)


def test_the_note_names_it_and_the_bound() -> None:
    note = reference_note(LONG)
    assert note is not None
    assert all(str(LONGEST) in text and "ğğğ" in text for text in said(note).values())


def test_an_ellipsis_of_ones_own_is_no_cut() -> None:
    assert reference_note("a" * (LONGEST - 1) + "…") is None


def test_it_is_never_part_of_a_request() -> None:
    draft = ParsedDraft({"call_type": "queue", "name": "Anket", "queue_number": "201"})
    plain = [Number("05321234567", "#456 73.56", "tr-TR"), Number("05321234568")]
    known = [Number(number.phone, number.phrase, number.lang, "gizli") for number in plain]
    assert wire(draft, plain) == wire(draft, known)
    assert body_hash(wire(draft, plain)) == body_hash(wire(draft, known))
    assert "gizli" not in str(wire(draft, known))


def test_it_is_not_validated_and_makes_no_other_call_of_a_number() -> None:
    assert validate(Number("05321234567", reference="31/02/2026 #0")) == validate(Number("05321234567"))
    sayings = Sayings("#1", "")
    assert sayings.turn("#1", "") is None
