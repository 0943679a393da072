"""The names and helps of everything that a campaign has, and how long they may be."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.campaign.sentences import words
from tui.campaign.dates import read_day, read_time
from tui.campaign.fields import (
    CALL_TYPES,
    FIELDS,
    KEY_OF_TARGET,
    LARGEST_INTEGER,
    PHONE_LIST,
    TARGET_FIELDS,
    Section,
    fields_of,
)
from tui.campaign.lifecycle import State
from tui.campaign.target import TargetKind
from tui.i18n.words import LANGUAGES
from tui.widgets.text_lines import wrapped

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


@pytest.mark.parametrize("name", [*FIELDS, PHONE_LIST])
def test_a_field_has_a_label(language: str, name: str) -> None:
    assert 0 < len(words(language).say(f"campaign.field.{name}")) <= 24


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_has_a_default_and_help(language: str, name: str) -> None:
    say = words(language).say
    assert 0 < len(say(f"campaign.default.{name}")) <= 35
    assert say(f"campaign.help.{name}").endswith(".")
    assert len(wrapped(say(f"campaign.help.{name}"), 78, 0)) <= 2  # its room at 80 columns


@pytest.mark.parametrize("name", [name for name, field in FIELDS.items() if field.minimum is not None])
def test_the_help_of_a_number_says_its_bounds(language: str, name: str) -> None:
    field, text = FIELDS[name], words(language).say(f"campaign.help.{name}")
    if name in ("queue_number", "welcome_announcement_id"):
        assert re.search(r"\d", text)  # those are names of things: an example says what they look like
    else:
        assert re.search(rf"\b{field.minimum}\b", text)
        assert field.maximum in (None, LARGEST_INTEGER) or re.search(rf"\b{field.maximum}\b", text)


@pytest.mark.parametrize("name", ["date_range_begin", "date_range_end"])
def test_the_writings_that_the_help_of_a_day_names_are_understood(language: str, name: str) -> None:
    named = words(language).say(f"campaign.help.{name}").partition(": ")[2].split(", ")
    writings = [writing.partition(" (")[0] for writing in named]
    assert len(writings) == 6
    assert all(read_day(writing, dt.date(2026, 11, 25)) for writing in writings)


@pytest.mark.parametrize("name", ["time_range_begin", "time_range_end"])
def test_the_writings_that_the_help_of_a_time_names_are_understood(language: str, name: str) -> None:
    writings = re.findall(r"\d[\d:.]*\d|\d", words(language).say(f"campaign.help.{name}"))
    assert len(writings) >= 4
    assert all(read_time(writing) for writing in writings)


def test_labels_of_one_form_differ(language: str) -> None:
    for call_type in CALL_TYPES:
        labels = [words(language).say(f"campaign.field.{field.name}")
                  for section in Section for field in fields_of(section, call_type)]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("section", Section)
def test_a_section_has_a_short_name(language: str, section: Section) -> None:
    assert 0 < len(words(language).say(f"campaign.section.{section}")) <= 12


@pytest.mark.parametrize(("room", "codes"), [
    ("call_type", list(CALL_TYPES)), ("choice", ["BIREYSEL", "TACIR", "true", "false"]),
    ("state", [*State, "switching_on", "switching_off", "deleting"]), ("target_kind", list(TargetKind)),
    ("digit", [KEY_OF_TARGET[name] for name in TARGET_FIELDS]),
])
def test_everything_that_is_chosen_or_shown_has_a_name_of_its_own(language: str, room: str, codes: list[str]) -> None:
    names = [words(language).say(f"campaign.{room}.{code}") for code in codes]
    assert all(name.strip() for name in names)
    assert len(set(names)) == len(names)


def test_the_fourteen_keys(language: str) -> None:
    assert "".join(KEY_OF_TARGET[name] for name in TARGET_FIELDS) == "1234567890*#-!"
    assert words(language).say("campaign.digit.*") in ("key *", "* tuşu")
