"""No program that is started gets a key, and no variable has one written down."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from textual import constants

from tests.conftest import KEY
from tui.core import processes
from tui.core.environment import handed_on, left_aside, no_core_dumps, taken_over
from tui.core.secret import Redactor, Secret

ODD = "s3cret+/=key&of%another'shape"
ENVIRON = {"PATH": "/bin", "SANTRAL_API_KEY": ODD, "SANTRAL_PROFILE": "acme", "santral_api_key": ODD, "VERIMOR": KEY,
           "NOTE": f"the key is {KEY}!", "MINE": ODD, "TEXTUAL_LOG": "x", "TEXTUAL": "devtools,debug",
           "TEXTUAL_DEBUG": "1", "TEXTUAL_PRESS": "f9", "TEXTUAL_SCREENSHOT": "1", "TEXTUAL_DRIVER": "x:y",
           "TEXTUAL_ANIMATIONS": "none", "SSLKEYLOGFILE": "y", "TEXTUAL_DEVTOOLS_HOST": ""}


def test_another_program_gets_no_key_and_no_settings() -> None:
    assert handed_on(ENVIRON) == {"PATH": "/bin", "MINE": ODD, "TEXTUAL_ANIMATIONS": "none"}
    assert handed_on(ENVIRON, Redactor([Secret(ODD)])) == {"PATH": "/bin", "TEXTUAL_ANIMATIONS": "none"}
    assert not {"SANTRAL_API_KEY", "VERIMOR", "TEXTUAL_LOG", "SSLKEYLOGFILE"} & processes.environment(ENVIRON).keys()


def test_what_would_write_down_is_named() -> None:
    assert left_aside(ENVIRON) == ("SSLKEYLOGFILE", "TEXTUAL", "TEXTUAL_DEBUG", "TEXTUAL_DRIVER", "TEXTUAL_LOG",
                                   "TEXTUAL_PRESS", "TEXTUAL_SCREENSHOT")


def test_every_variable_of_textuals_is_judged() -> None:
    """Those that are not left aside are a matter of looks and pace."""
    named = set(re.findall(r'"(TEXTUAL[A-Z_]*)"', Path(constants.__file__).read_text(encoding="utf-8")))
    assert named - set(left_aside(dict.fromkeys(named, "1"))) == {
        "TEXTUAL_ANIMATIONS", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_DIM_FACTOR", "TEXTUAL_DISABLE_KITTY_KEY",
        "TEXTUAL_FILTERS", "TEXTUAL_FPS", "TEXTUAL_SLOW_THRESHOLD", "TEXTUAL_SMOOTH_SCROLL", "TEXTUAL_THEME"}


def test_while_the_program_runs_libraries_find_nothing_either(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRON.items():
        monkeypatch.setenv(name, value)
    before = dict(os.environ)
    with taken_over(os.environ) as read:
        assert read == before
        assert not {"SANTRAL_API_KEY", "VERIMOR", "TEXTUAL_LOG", "SSLKEYLOGFILE"} & os.environ.keys()
        printed = subprocess.run(["/usr/bin/env"], capture_output=True, text=True, check=True).stdout
        assert KEY not in printed
    assert dict(os.environ) == before


def test_a_command_says_what_it_leaves_aside_and_dumps_no_core(home: Path, tmp_path: Path) -> None:
    environ = {**os.environ, "TEXTUAL_LOG": str(tmp_path / "log"), "SSLKEYLOGFILE": str(tmp_path / "keys")}
    code = ("import resource, sys; from tui.__main__ import main; status = main(['config', 'check']); "
            "print(resource.getrlimit(resource.RLIMIT_CORE)); import textual.app, textual.constants, ssl; "
            "sys.exit(status)")
    ran = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=False)
    assert "(0, 0)" in ran.stdout
    assert [line.split()[0] for line in ran.stderr.splitlines()] == ["$SSLKEYLOGFILE", "$TEXTUAL_LOG"]
    assert list(tmp_path.iterdir()) == [home]


def test_core_dumps_are_off(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    asked: list[object] = []
    monkeypatch.setattr(resource, "setrlimit", lambda *limits: asked.append(limits))
    no_core_dumps()
    assert asked == [(resource.RLIMIT_CORE, (0, 0))]
