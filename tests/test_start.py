"""What is loaded when the list has been painted first (docs/architecture.md, "Speed"). All else is loaded when used."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import write_config
from tui.bootstrap import sort_text
from tui.i18n import words
from tui.i18n.words import LANGUAGES, folded
from tui.store import Store

ROOT = Path(__file__).parent.parent
PAINTED = """
import json, sys
from textual.app import App

def painted(app):
    def tell():
        print(json.dumps(sorted(sys.modules)), file=sys.__stdout__, flush=True)
        app.exit()
    return tell

def told_once(app_class):
    paint = app_class._display
    def display(self, screen, renderable):
        paint(self, screen, renderable)
        if renderable is not None and there(self):
            app_class._display = paint
            self.call_next(painted(self))
    app_class._display = display
"""
BARE = PAINTED + """
from benchmarks.bare import BareApp
there = lambda app: True
told_once(BareApp)
BareApp().run(headless=True)
"""
OURS = PAINTED + """
import tui.commands.main, tui.commands.output, tui.app.app
tui.commands.output._is_terminal = lambda stream: True
run = App.run
tui.app.app.SantralApp.run = lambda self, **_options: run(self, headless=True)
there = lambda app: any("Kasım" in str(strip.text) for table in app.screen.query("Table")
                        for strip in map(table.render_line, range(1, 3)))
told_once(tui.app.app.SantralApp)
sys.exit(tui.commands.main.main([]))
"""
# Beside what Textual itself loads, needed before anything can be shown.
OURS_ALONE = {"tui"}
STANDARD = {
    "argparse", "gettext",  # the command line
    "sqlite3", "_sqlite3", "concurrent",  # the store and its thread
    "tomllib", "json", "logging",  # configuration, what was chosen in the app, the log
    "resource",  # no core dumps
    "hashlib", "_hashlib", "_blake2", "hmac", "secrets",  # keys, tokens
    "zoneinfo", "_zoneinfo", "sysconfig", "_sysconfigdata__linux_x86_64-linux-gnu",  # Istanbul's time
    "encodings",
}
# Rooms and screens that the list needs nothing of.
LATER = ("tui.provider.client", "tui.provider.transport", "tui.numbers", "tui.sandbox", "tui.receiver",
         "tui.text.campaign", "tui.commands.demo", "tui.screens.campaign_form", "tui.screens.digit_target_editor",
         "tui.screens.results", "tui.screens.numbers",
         "tui.operations.launch", "tui.operations.launch_request", "tui.store.postgresql", "tui.store.deliveries",
         "tui.store.numbers", "tui.store.suppression", "tui.store.aggregates", "tui.store.counting",
         "tui.store.result_values",
         "tui.campaign.results", "tui.commands.parser", "tui.commands.specs", "tui.config.writing",
         "tui.screens.list_reasons",
         *(f"tui.i18n.catalogs.{language}.{catalog}" for language in LANGUAGES for catalog in words.LATER))


@cache
def loaded(code: str) -> frozenset[str]:
    """The modules that are there when `code` has painted first."""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ, capture_output=True, text=True,
                         timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    return frozenset(json.loads(ran.stdout.splitlines()[0]))


@pytest.fixture
def with_a_draft(home: Path, moment: dt.datetime) -> None:
    write_config(home, "http://127.0.0.1:9")
    path = home / "data" / "santral" / "santral.db"
    with closing(Store.open(path, fold=folded, sort_key=sort_text)) as store:
        store.drafts.create("acme", {"name": "Kasım daveti", "call_type": "ivr"})


@pytest.mark.usefixtures("with_a_draft")
def test_when_the_list_is_painted_only_what_it_needs_is_loaded() -> None:
    ours, bare = loaded(OURS), loaded(BARE)
    more = {name.partition(".")[0] for name in ours - bare}
    assert more <= OURS_ALONE | STANDARD
    assert not [name for name in ours if name in LATER or name.startswith(tuple(f"{later}." for later in LATER))]


@pytest.mark.usefixtures("with_a_draft")
def test_the_list_was_painted_when_the_modules_were_counted() -> None:
    """Else there would be nothing to be found."""
    assert {"tui.screens.campaign_list", "tui.store.campaigns", "tui.widgets.table"} <= loaded(OURS)
