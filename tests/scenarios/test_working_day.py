"""A working day in one terminal: from the first run to the evening, with everything that comes in between."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.scenarios.conftest import KEY, SANTRAL
from tests.terminal import Terminal
from tui.bootstrap import sort_text
from tui.campaign.lifecycle import State
from tui.i18n.words import Words, folded
from tui.sandbox.server import Sandbox
from tui.store import Campaign, Store

SIZE = (120, 36)
MORNING, ALL = 3, 9
EN, TR = Words("en").say, Words("tr").say
FILE = """
call_type = "ivr"
name = "{name}"
active_days = [1, 2, 3, 4, 5, 6, 7]
cli = "902129630131"
welcome_announcement_id = 128
digit_target_1 = "announcement/421"
[[phone_list]]
phone = "053212345{number:02}"
"""
pytestmark = pytest.mark.terminal


def stored(home: Path) -> list[Campaign]:
    with closing(Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=sort_text)) as store:
        return store.campaigns.page("acme", limit=50)


def states(home: Path) -> dict[State, int]:
    found = [campaign.state for campaign in stored(home)]
    return {state: found.count(state) for state in set(found)}


def first_run(terminal: Terminal, address: str) -> None:
    terminal.wait(EN("screens.first.welcome"))
    terminal.press("tab")
    terminal.type(KEY)
    terminal.press("tab")
    terminal.type("acme")
    terminal.press("tab")
    terminal.type(address)
    terminal.press("tab", "enter")
    terminal.wait(EN("screens.campaigns.empty").split("\n", maxsplit=1)[0])


def second_profile(terminal: Terminal, address: str) -> None:
    terminal.type(",")
    terminal.wait(EN("screens.settings.profiles"))
    terminal.type("n")
    terminal.wait(EN("screens.profile.new"))
    terminal.type("north")
    terminal.press("tab")
    terminal.type(KEY)
    terminal.press("tab")
    terminal.type(address)
    terminal.press("tab", "tab", "tab", "right")  # a colour of its own
    terminal.press(*["tab"] * 12, "enter")
    terminal.wait(EN("screens.profile.new"), gone=True)
    terminal.wait("north")
    terminal.press("escape")
    terminal.wait(EN("screens.settings.profiles"), gone=True)


# One command after another in one process: starting nine takes longer than what they do.
CREATE = """
import sys
from tui.__main__ import main
sys.exit(any(main(["campaign", "create", file, "--yes", "--profile", "acme"]) for file in sys.argv[1:]))
"""


def campaigns(terminal: Terminal, folder: Path, environ: dict[str, str]) -> None:
    """Nine from a script, as some are in a company; the cursor is on the first that came, the last of the list."""
    files = [folder / f"{number}.toml" for number in range(1, ALL + 1)]
    for number, file in enumerate(files, start=1):
        name = f"Morning {number}" if number <= MORNING else f"Noon {number}"
        file.write_text(FILE.format(name=name, number=number), encoding="utf-8")
    for some, last in ((files[:1], "Morning 1"), (files[1:], f"Noon {ALL}")):
        subprocess.run([sys.executable, "-c", CREATE, *some], env=environ, check=True, capture_output=True)
        terminal.wait(last)


def bulk(terminal: Terminal, question: str, last: str) -> None:
    """Confirm with another key than the one that asked, and read what came of each."""
    terminal.wait(question)
    terminal.press("tab", "enter")
    terminal.wait(last)
    terminal.press("escape")
    terminal.wait(last, gone=True)


def a_copy_with_another_name(terminal: Terminal) -> None:
    terminal.wait("Morning 1")
    terminal.press("home")
    terminal.type("c")
    terminal.wait(EN("campaign.field.name"))
    terminal.press("down", "end")
    terminal.type(" again")
    terminal.wait("again")
    terminal.press("escape")
    terminal.wait(EN("key.campaigns.new"))


def the_morning_ends(terminal: Terminal) -> None:
    terminal.type("/state:on morning")
    terminal.wait("Noon 9", gone=True)
    terminal.press("enter")
    terminal.type("M")
    terminal.wait(EN("screens.campaigns.marked", count=MORNING))
    terminal.type(" ")
    bulk(terminal, EN("screens.bulk.off_yes", count=MORNING), EN("screens.bulk.ended", count=MORNING, of=MORNING))


def another_look_and_language(terminal: Terminal) -> None:
    terminal.type(",")
    terminal.wait(EN("screens.settings.profiles"))
    terminal.type("t")
    terminal.wait("santral-high-contrast-light")
    terminal.press("end", "enter")
    terminal.wait("santral-high-contrast-light", gone=True)
    terminal.press("shift+tab", "left")
    terminal.wait(TR("screens.settings.profiles"))
    terminal.press("escape")
    terminal.wait(TR("key.campaigns.new"))


def another_window(terminal: Terminal) -> None:
    terminal.resize(60, 20)
    terminal.wait("60×20")
    terminal.resize(80, 24)
    terminal.wait("60×20", gone=True)
    terminal.wait(TR("key.campaigns.new"))


@pytest.mark.long
def test_a_working_day(home: Path, environ: dict[str, str], sandbox: Sandbox, tmp_path: Path) -> None:
    with Terminal(SANTRAL, environ, SIZE) as terminal:
        first_run(terminal, sandbox.address)
        second_profile(terminal, sandbox.address)
        campaigns(terminal, tmp_path, environ)
        a_copy_with_another_name(terminal)
        assert states(home) == {State.ON: ALL, State.DRAFT: 1}
        the_morning_ends(terminal)
        assert states(home) == {State.ON: ALL - MORNING, State.OFF: MORNING, State.DRAFT: 1}
        another_look_and_language(terminal)
        another_window(terminal)
        left = ALL - MORNING
        terminal.type("!")
        bulk(terminal, TR("screens.bulk.off_yes", count=left), TR("screens.bulk.ended", count=left, of=left))
        assert states(home) == {State.OFF: ALL, State.DRAFT: 1}
        terminal.kill()

    chosen = json.loads((home / "data" / "santral" / "state.json").read_text("utf-8"))
    assert chosen["language"] == "tr"
    assert chosen["theme"] not in (None, "santral-dark")
    with Terminal(SANTRAL, environ, (80, 24)) as terminal:
        terminal.wait("state:on morning")  # the filter is there again, and finds none by now
        terminal.wait(TR("screens.campaigns.nothing_found").split("\n", maxsplit=1)[0])
        terminal.press("escape")
        terminal.wait("Noon 9")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert states(home) == {State.OFF: ALL, State.DRAFT: 1}
    written = [path for path in home.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]
    assert written == [home / "config" / "santral" / "config.toml"]
