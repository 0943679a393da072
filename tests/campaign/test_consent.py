"""Which of several statements of the register holds."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.campaign.consent import ConsentNeeded, ConsentStatus, RecipientType, consent_needed, statement_of, weight_of
from tui.campaign.parsed_draft import ParsedDraft

GIVEN, REFUSED = ConsentStatus.GIVEN, ConsentStatus.REFUSED
EARLY, LATE = (dt.datetime(2026, 11, day, 10, tzinfo=dt.UTC) for day in (19, 20))
statements = st.tuples(st.sampled_from(ConsentStatus), st.one_of(st.none(), st.datetimes(
    min_value=dt.datetime(2000, 1, 1), max_value=dt.datetime(2999, 12, 31)).map(  # noqa: DTZ001 - its zone follows
        lambda at: at.replace(microsecond=0, tzinfo=dt.UTC))))


@pytest.mark.parametrize(("said", "holds"), [
    ([(GIVEN, EARLY), (REFUSED, LATE)], REFUSED), ([(GIVEN, LATE), (REFUSED, EARLY)], GIVEN),
    ([(GIVEN, EARLY), (REFUSED, EARLY)], REFUSED), ([(GIVEN, None), (REFUSED, None)], REFUSED),
    ([(GIVEN, LATE), (REFUSED, None)], REFUSED), ([(GIVEN, None), (REFUSED, EARLY)], REFUSED),
    ([(GIVEN, None), (GIVEN, LATE), (REFUSED, EARLY)], GIVEN),
    ([(GIVEN, LATE), (REFUSED, EARLY), (REFUSED, None)], REFUSED),
])
def test_who_agreed_and_refused_has_refused_unless_the_dates_say_otherwise(
        said: list[tuple[ConsentStatus, dt.datetime | None]], holds: ConsentStatus) -> None:
    for order in permutations(said):
        assert statement_of(max(weight_of(*each) for each in order))[0] is holds


@given(statements)
def test_a_statement_is_what_it_was(said: tuple[ConsentStatus, dt.datetime | None]) -> None:
    assert statement_of(weight_of(*said)) == said


@pytest.mark.parametrize(("fields", "needed"), [
    ({"is_commercial": "true", "iys_recipient_type": "TACIR", "iys_brand_code": "600123"},
     ConsentNeeded(RecipientType.TRADER, "600123")),
    ({"iys_recipient_type": "TACIR", "iys_brand_code": "600123"}, None),
    ({"is_commercial": "false", "iys_recipient_type": "TACIR"}, None),
    ({"is_commercial": "true"}, None),
])
def test_a_commercial_draft_alone_needs_consent(fields: dict[str, str], needed: ConsentNeeded | None) -> None:
    assert consent_needed(ParsedDraft(fields)) == needed
