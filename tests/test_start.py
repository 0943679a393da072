"""What is loaded when the list has been painted first (docs/architecture.md, "Speed"). All else is loaded when used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import write_config
from tests.store.support import good
from tui.bootstrap import sort_text
from tui.campaign.lifecycle import Action, AskedBy, Created, State, Unconfirmed
from tui.core.reason import Reason
from tui.i18n import words
from tui.i18n.words import LANGUAGES, folded
from tui.store import Store

ROOT = Path(__file__).parent.parent
IVR = {"name": "Kasım daveti", "call_type": "ivr", "date_range_end": "2099-12-31"}
OVER = IVR | {"date_range_begin": "2020-11-01", "date_range_end": "2020-11-02"}
QUEUE = IVR | {"call_type": "queue", "queue_number": "204"}
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
size = tuple(map(int, sys.argv.pop().split("x")))
tui.app.app.SantralApp.run = lambda self, **_options: run(self, headless=True, size=size)
there = lambda app: any("Kasım" in str(strip.text) for table in app.screen.query("Table")
                        for strip in map(table.render_line, range(1, 3)))
told_once(tui.app.app.SantralApp)
sys.exit(tui.commands.main.main([]))
"""
# Beside what Textual itself loads, needed before anything can be shown.
OURS_ALONE = {"tui", "msgspec"}
STANDARD = {
    "argparse", "gettext",  # the command line
    "sqlite3", "_sqlite3", "concurrent",  # the store and its thread
    "tomllib", "json", "logging",  # configuration, what was chosen in the app, the log
    "resource",  # no core dumps
    "hashlib", "_hashlib", "_blake2", "hmac", "secrets",  # keys, tokens
    "zoneinfo", "_zoneinfo", "sysconfig", "_sysconfigdata__linux_x86_64-linux-gnu",  # Istanbul's time
    "encodings",
}
MOST_OF_OURS = 164  # what adds to it is loaded later, or there is a reason why it can't be
# Rooms and screens that the list needs nothing of, and what lies beside them: `results_list` with `results`.
LATER = ("tui.provider.client", "tui.provider.transport", "tui.numbers", "tui.sandbox", "tui.receiver",
         "tui.text.campaign", "tui.commands.demo", "tui.screens.campaign_form", "tui.screens.digit_target_editor",
         "tui.screens.results", "tui.screens.numbers",
         "tui.operations.launch", "tui.operations.launch_request", "tui.store.postgresql", "tui.store.deliveries",
         "tui.store.numbers", "tui.store.suppression", "tui.store.aggregates", "tui.store.counting",
         "tui.store.result_values", "tui.store.life_figures", "tui.store.answered_search", "tui.store.cause_search",
         "tui.store.meanwhile", "tui.store.consents", "tui.store.do_not_call", "tui.store.opt_out_pushes",
         "tui.store.successor_guard", "tui.store.earlier_launches", "tui.store.lists", "tui.store.list_values",
         "tui.operations.blocked", "tui.operations.opt_out_push", "tui.operations.rate_limit",
         "tui.campaign.results", "tui.commands.parser", "tui.commands.specs", "tui.config.writing",
         "tui.screens.list_reasons",
         *(f"tui.i18n.catalogs.{language}.{catalog}" for language in LANGUAGES for catalog in words.LATER))


@cache
def loaded(code: str, *arguments: str) -> frozenset[str]:
    """The modules that are there when `code` has painted first."""
    ran = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, env=os.environ, capture_output=True,
                         text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    return frozenset(json.loads(ran.stdout.splitlines()[0]))


def is_later(name: str) -> bool:
    return name in LATER or name.startswith(tuple(f"{later}{mark}" for later in LATER for mark in "._"))


@pytest.fixture
def with_campaigns(home: Path) -> None:
    """Of both types, and in every state that a launch leads to."""
    write_config(home, "http://127.0.0.1:9")
    path = home / "data" / "santral" / "santral.db"
    with closing(Store.open(path, fold=folded, sort_key=sort_text)) as store:
        for place, (fields, outcome) in enumerate([
                (IVR, None), (IVR, Created(20_001)), (IVR, Created(20_002)), (OVER, Created(20_003)),
                (QUEUE, Created(20_004)), (IVR, Unconfirmed(Reason("provider.unconfirmed.timeout")))], 1):
            made = store.drafts.create("acme", fields)
            store.numbers.add(made, [good(f"90532000000{place}")])
            if outcome is not None:
                launch = store.ledger.begin(made, revision=store.campaigns.get(made).revision, token=f"token-{place}",
                                            body_hash="", numbers=1, asked_by=AskedBy.APP)
                store.ledger.resolve(launch, outcome)
        off = store.campaigns.find("acme", 20_002)
        assert off is not None
        store.switches.done(store.switches.begin(off.id, Action.OFF, AskedBy.APP))
        assert store.campaigns.counts("acme") == {
            State.DRAFT: 1, State.ON: 2, State.OFF: 1, State.FINISHED: 1, State.UNCONFIRMED: 1}


@pytest.mark.parametrize("size", ["80x24", "120x36"])  # the wider one with the pane beside the list
@pytest.mark.usefixtures("with_campaigns")
def test_when_the_list_is_painted_only_what_it_needs_is_loaded(size: str) -> None:
    ours, bare = loaded(OURS, size), loaded(BARE)
    more = {name.partition(".")[0] for name in ours - bare}
    assert more <= OURS_ALONE | STANDARD
    assert not [name for name in ours if is_later(name)]
    assert sum(name.partition(".")[0] == "tui" for name in ours) <= MOST_OF_OURS
    # Else it was not the list that was painted.
    assert {"tui.screens.campaign_list", "tui.store.campaigns", "tui.widgets.table"} <= ours


def test_what_is_loaded_later_exists() -> None:
    for name in LATER:
        path = ROOT.joinpath(*name.split("."))
        assert path.is_dir() or path.with_suffix(".py").is_file(), name
