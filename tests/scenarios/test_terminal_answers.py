"""What a terminal sends that nobody typed: late answers, broken reports, pastes without an end. None of it acts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.conftest import Start
from tests.scenarios.test_working_day import ALL, campaigns, states
from tests.terminal import Terminal
from tui.campaign.lifecycle import State
from tui.i18n.words import Words
from tui.sandbox.server import Sandbox

pytestmark = pytest.mark.terminal
WORDS = Words("en")
EN = WORDS.say
QUIET = 0.6  # seconds: longer than the app waits for the rest of a sequence
PASTE_OVER = 2.0  # seconds: longer than it waits for the rest of a paste
ANSWERS = {
    "DA1": b"\x1b[?62;22;52c", "DA2": b"\x1b[>41;390;0c", "DA3": b"\x1bP!|7E564D54\x1b\\",
    "XTVERSION": b"\x1bP>|mmcMnd 1.7\x1b\\", "DECRQSS": b"\x1bP1$r0m\x1b\\",
    "XTGETTCAP": b"\x1bP1+r636f6c6f7273=323536\x1b\\",
    "OSC 10": b"\x1b]10;rgb:cccc/dddd/eeee\x1b\\", "OSC 11": b"\x1b]11;rgb:0000/0000/0000\x07",
    "OSC 52": b"\x1b]52;c;bmNtTWQhaQ==\x07", "title": b"\x1b]lname\x1b\\", "graphics": b"\x1b_Gi=31;OK\x1b\\",
    "cursor": b"\x1b[24;80R", "DSR": b"\x1b[0n", "colours": b"\x1b[?997;1n", "DECRPM": b"\x1b[?2048;2$y",
    "ANSI mode": b"\x1b[4;2$y", "keyboard": b"\x1b[?25u", "XTMODKEYS": b"\x1b[>4;2m", "window": b"\x1b[8;24;80t",
    "in-band size": b"\x1b[48;0;NaN;-5;99999999999t", "8-bit DA2": b"\x9b>41;390;0c",
    "8-bit OSC": b"\x9d11;rgb:cccc/dddd/eeee\x9c", "UTF-8 C1": "\x9b>41;390;0c".encode(),
    "mouse NaN": b"\x1b[<32;NaN;NaNM", "mouse huge": b"\x1b[<0;1e+21;99999999999999999999M", "mouse X10": b"\x1b[M mn",
    "mouse urxvt": b"\x1b[32;undefined;NaNM", "release": b"\x1b[110;1:3u", "beyond Unicode": b"\x1b[1114112;1u",
    "surrogate": b"\x1b[55357;1u", "no text": b"\x1b[110;1;99999999u", "cut off": b"\x1b[>41;390",
    "cut off OSC": b"\x1b]52;c;bmNtTWQh", "not UTF-8": b"\xfe\xf0\xc3(n"[:3], "end of no paste": b"\x1b[201~",
}


def listed(start: Start, folder: Path, environ: dict[str, str]) -> Terminal:
    terminal = start()
    campaigns(terminal, folder, environ)
    return terminal


@pytest.mark.long
@pytest.mark.parametrize("in_pieces", [False, True], ids=["whole", "byte by byte"])
def test_no_answer_of_a_terminal_acts(
    start: Start, environ: dict[str, str], home: Path, tmp_path: Path, in_pieces: bool,
) -> None:
    with listed(start, tmp_path, environ) as terminal:
        for answer in ANSWERS.values():
            for piece in ([bytes([byte]) for byte in answer] if in_pieces else [answer]):
                terminal.send(piece)
                terminal.drain(0.01)
            terminal.drain(QUIET)
            assert "Noon 9" in terminal.text, answer
        assert "✓" not in terminal.text
        terminal.resize(120, 36)  # no false report hides the true size
        terminal.wait(EN("screens.campaign.history"))
        terminal.press("m")
        terminal.wait(EN("screens.campaigns.marked", count=1))
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert states(home) == {State.ON: ALL}


@pytest.mark.long
def test_a_key_let_go_is_no_press_and_a_repeated_one_is(start: Start, environ: dict[str, str], tmp_path: Path) -> None:
    with listed(start, tmp_path, environ) as terminal:
        terminal.send(b"\x1b[109;1:1u\x1b[109;1:3u")
        terminal.wait(EN("screens.campaigns.marked", count=1))
        terminal.send(b"\x1b[1;1:2A\x1b[1;1:3A\x1b[109;1:2u\x1b[109;1:3u")
        terminal.wait(EN("screens.campaigns.marked", count=2))
        terminal.press("ctrl+q")
        assert terminal.end() == 0


@pytest.mark.long
def test_a_paste_without_an_end_leaves_the_keys_alive(start: Start, environ: dict[str, str], tmp_path: Path) -> None:
    with listed(start, tmp_path, environ) as terminal:
        terminal.press("/")
        terminal.send(b"\x1b[200~Noon 7")
        terminal.drain(PASTE_OVER)
        terminal.press("enter")
        terminal.wait("Noon 6", gone=True)
        terminal.wait("Noon 7")
        terminal.press("m")
        terminal.wait(EN("screens.campaigns.marked", count=1))
        terminal.press("ctrl+q")
        assert terminal.end() == 0


@pytest.mark.long
def test_a_countdown_stops_at_whatever_is_no_key(
    start: Start, sandbox: Sandbox, environ: dict[str, str], tmp_path: Path,
) -> None:
    with listed(start, tmp_path, environ) as terminal:
        asked = len(sandbox.requests)
        for strange in (b"\x1b[200~905321234567", b"\x1b[>41;390;0c", b"\x1b[<32;NaN;NaNM", b"\x1b[O\x1b[I",
                        b"\x1b[200~\r\x1b[201~", b"\x1b]11;rgb:00", b"\xfe"):
            terminal.press("t")
            terminal.wait(EN("common.cancel"))
            terminal.press("tab", "enter")
            terminal.wait(EN("screens.test.countdown", phone="0532 123 45 67", count=5))
            terminal.send(strange)
            terminal.wait(EN("screens.test.number"), gone=True)
            terminal.wait(EN("screens.launch.stopped"))
            terminal.drain(PASTE_OVER)
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert not [request for request in sandbox.requests[asked:] if request.method == "POST"]
