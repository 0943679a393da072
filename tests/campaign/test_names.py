"""The names and helps of everything that a campaign has, and how long they may be."""

from __future__ import annotations

import pytest

from tests.campaign.sentences import words
from tui.campaign.fields import CALL_TYPES, FIELDS, KEY_OF_TARGET, PHONE_LIST, TARGET_FIELDS, Section, fields_of
from tui.campaign.states import State
from tui.campaign.target import Kind
from tui.words import LANGUAGES

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


@pytest.mark.parametrize("name", [*FIELDS, PHONE_LIST])
def test_a_field_has_a_label_a_default_and_help(language: str, name: str) -> None:
    say = words(language).say
    assert 0 < len(say(f"campaign.field.{name}")) <= 24
    assert 0 < len(say(f"campaign.default.{name}")) <= 60
    assert say(f"campaign.help.{name}").endswith(".")


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
    ("state", [*State, "switching_on", "switching_off", "deleting"]), ("target_kind", list(Kind)),
    ("digit", [KEY_OF_TARGET[name] for name in TARGET_FIELDS]),
])
def test_everything_that_is_chosen_or_shown_has_a_name_of_its_own(language: str, room: str, codes: list[str]) -> None:
    names = [words(language).say(f"campaign.{room}.{code}") for code in codes]
    assert all(name.strip() for name in names)
    assert len(set(names)) == len(names)


def test_the_fourteen_keys(language: str) -> None:
    assert "".join(KEY_OF_TARGET[name] for name in TARGET_FIELDS) == "1234567890*#-!"
    assert words(language).say("campaign.digit.*") in ("key *", "* tuşu")
