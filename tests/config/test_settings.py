"""The records of the settings: each is whole, and what it writes it reads again."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from tests.config.conftest import Write, loaded
from tui.config import COLOURS
from tui.config.setting import Setting
from tui.config.settings import DATABASE_URL, PROFILE, RECEIVER, SETTINGS, written

OF_A_KEY = PROFILE["api_key"]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: ".".join(setting.path))
def test_what_a_setting_writes_it_reads_again(setting: Setting, home: Path) -> None:
    """The home folder is where a path from `~` lies."""
    value = setting.check(setting.example)
    assert value != setting.default or setting.example == setting.written(setting.default)
    if setting is not OF_A_KEY:
        assert setting.check(setting.written(value)) == value


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: ".".join(setting.path))
def test_a_setting_that_has_a_default_can_be_set_to_it(setting: Setting) -> None:
    if setting.default is not None:
        assert setting.check(setting.written(setting.default)) == setting.default


def test_each_setting_stands_once_and_says_what_it_is() -> None:
    assert len({setting.path for setting in SETTINGS}) == len(SETTINGS)
    assert all(setting.doc.endswith((".", "all.")) for setting in SETTINGS)


def test_a_profile_and_the_receiver_are_read_from_what_they_write(write: Write) -> None:
    text = ('[profiles.acme]\nbase_url = "https://x.example"\ncaller_id = "4441234"\nconfirm_above = 7\n'
            'colour = "grey"\nread_only = true\ntest_number = "905321234567"\ndo_not_call = "/tmp/x.csv"\n'
            'push_opt_outs = true\niys_file = "/tmp/iys.csv"\niys_days = 2\n'
            'most_calls = "7 günde 3"\nquiet_days = 2\n'
            'polite_hours = "8:05-9:00"\n'
            '[receiver]\nlisten = "[::1]:0"\npublic_url = "http://x.example"\nsilence_minutes = 1440\n'
            '[database]\nurl = "sqlite:////tmp/x.db"\n')
    config = loaded(write(text))
    profile = {name: value for name, value in written(config.profiles["acme"]).items() if value is not None}
    again: dict[str, Any] = {"profiles": {"acme": profile}, "receiver": written(config.receiver),
                             "database": {"url": DATABASE_URL.written(config.database)}}
    assert set(again["receiver"]) == {setting.name for setting in RECEIVER.values()}
    assert loaded(write(tomli_w.dumps(again))) == config
    assert tomllib.loads(text)["profiles"]["acme"] | {
        "polite_hours": "08:05-09:00", "most_calls": "3 in 7 days"} == again["profiles"]["acme"]


def test_the_colours_that_a_profile_may_have_are_those_that_its_comment_names() -> None:
    named = PROFILE["colour"].doc.rpartition(": ")[2].rstrip(".").replace(" or ", ", ")
    assert tuple(named.split(", ")) == COLOURS
