"""Keys in one burst, as a slow line brings them: `enter` leads on in its turn, and each lands where it leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.conftest import KEY, SANTRAL, Start
from tests.scenarios.test_working_day import ALL, MORNING, campaigns, states
from tests.terminal import Terminal
from tui.campaign.lifecycle import State
from tui.i18n.words import Words
from tui.sandbox.server import Sandbox

pytestmark = pytest.mark.terminal
EN = Words("en").say


@pytest.mark.long
def test_a_filter_is_left_and_what_it_names_is_marked(
    start: Start, environ: dict[str, str], tmp_path: Path,
) -> None:
    with start() as terminal:
        campaigns(terminal, tmp_path, environ)
        terminal.type("/state:on morning\rM")
        terminal.wait(EN("screens.campaigns.marked", count=MORNING))
        terminal.press("escape", "escape")
        terminal.wait("Noon 9")
        terminal.type("/noon 7\rm")  # the row that it finds, whatever the cursor was on before
        terminal.wait("✓Noon 7")
        terminal.wait(EN("screens.campaigns.marked", count=1))
        terminal.press("escape")
        terminal.wait("✓Noon 7", gone=True)


def test_the_first_key_is_in_its_own_line(environ: dict[str, str], sandbox: Sandbox) -> None:
    with Terminal(SANTRAL, environ, (80, 24)) as terminal:
        terminal.wait(EN("screens.first.welcome"))
        terminal.type(f"\t{KEY}\racme\r{sandbox.address}\r\r")
        terminal.wait(EN("screens.campaigns.empty").split("\n", maxsplit=1)[0])
        assert KEY.encode() not in terminal.written
        assert "acme" in terminal.text


@pytest.mark.long
def test_a_copy_is_named_and_nothing_is_switched(start: Start, environ: dict[str, str], home: Path, tmp_path: Path,
                                                 sandbox: Sandbox) -> None:
    with start() as terminal:
        campaigns(terminal, tmp_path, environ)
        asked = len(sandbox.requests)
        terminal.type("c\x1b[B\x1b[F to m d !\x1b")
        terminal.wait("Morning 1 to m d !")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert len(sandbox.requests) == asked
    assert states(home) == {State.ON: ALL, State.DRAFT: 1}


@pytest.mark.long
def test_a_campaign_of_elsewhere_is_adopted(start: Start, environ: dict[str, str], home: Path, tmp_path: Path) -> None:
    with start() as terminal:
        campaigns(terminal, tmp_path, environ)
        terminal.type("i4711\rof the web panel\r")
        terminal.wait("of the web panel")
        terminal.press("escape")
        assert states(home) == {State.ON: ALL}
