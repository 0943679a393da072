"""`kill -9` at any moment: nothing that was shown as kept is lost, nothing is sent twice, the list tells the truth."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import time
from pathlib import Path

import httpx
import pytest

from tests.scenarios.conftest import KEY, Start
from tui.i18n.words import Words
from tui.sandbox.server import Sandbox

pytestmark = [pytest.mark.terminal, pytest.mark.kill]
WORDS = Words("en")
KEPT = WORDS.say("screens.form.kept")
NAME = "Kasım daveti için uzun bir kampanya adı"
READY = {"call_type": "ivr", "name": NAME, "active_days": "1,2,3,4,5,6,7", "welcome_announcement_id": "128",
         "digit_target_1": "announcement/421", "cli": "902129630131"}


def stored(home: Path) -> list[sqlite3.Row]:
    """The campaigns as they are in the file, read by other means than the program's."""
    connection = sqlite3.connect(home / "data" / "santral" / "santral.db")
    try:
        connection.row_factory = sqlite3.Row
        return connection.execute("SELECT * FROM campaigns ORDER BY id").fetchall()
    finally:
        connection.close()


def creates(sandbox: Sandbox) -> int:
    return sum(request.method == "POST" for request in sandbox.requests)


@pytest.mark.parametrize("seed", range(4))
def test_killed_while_typing_everything_that_was_shown_as_kept_is_there(start: Start, home: Path, seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311 - moments, not secrets
    typed = NAME[: chosen.randrange(5, len(NAME))]
    with start() as terminal:
        terminal.wait(WORDS.say("screens.campaigns.empty").split("\n", maxsplit=1)[0])
        terminal.press("n")
        terminal.wait(WORDS.say("campaign.field.name"))
        terminal.press("down")
        terminal.type(typed)
        terminal.wait_until(lambda: all(text in terminal.text for text in (typed, KEPT)), "typed and kept at once")
        terminal.type(NAME[len(typed):])
        time.sleep(chosen.random() * 0.05)  # the moment at which it is killed is the point
        terminal.kill()
    assert json.loads(stored(home)[0]["fields"])["name"].startswith(typed)
    with start(size=(120, 36)) as again:  # where the name has room
        again.wait(typed)


@pytest.mark.parametrize("ending", ["kill", "hang up", "SIGTERM", "ctrl+q"])
def test_a_number_that_was_not_entered_is_there_again_however_the_program_ended(
    start: Start, home: Path, ending: str
) -> None:
    make_draft(start, home)
    with start() as terminal:
        terminal.wait(NAME[:20])
        terminal.press("enter")
        terminal.wait(WORDS.say("campaign.field.name"))
        terminal.press("f8", "f8", "f8", "f8")
        terminal.wait(WORDS.say("screens.numbers.filter_all"))
        terminal.type("0532765")
        terminal.wait("0532765")
        if ending == "kill":
            terminal.wait_until(lambda: "0532765" in terminal.text and KEPT in terminal.text, "typed and kept")
            terminal.kill()
        else:
            terminal.type("43")  # not waited for
            terminal.drain(0.05)
            match ending:
                case "hang up":
                    terminal.hang_up()
                case "SIGTERM":
                    terminal.signal(signal.SIGTERM)
                case _:
                    terminal.press("ctrl+q")
            terminal.process.wait(20)
    typed = json.loads(stored(home)[0]["fields"])["typed_numbers"]
    assert typed.startswith("0532765")
    assert ending != "ctrl+q" or typed == "053276543"


@pytest.mark.parametrize("begun", [True, False])
def test_a_signal_over_a_dialog_says_that_what_was_typed_in_it_is_not_kept(
    start: Start, home: Path, begun: bool
) -> None:
    make_draft(start, home)
    with start() as terminal:
        terminal.wait(NAME[:20])
        terminal.press("enter")
        terminal.wait(WORDS.say("campaign.field.name"))
        terminal.press("f5")
        terminal.wait("Teşekkürler")
        terminal.press("enter")
        terminal.wait(WORDS.say("screens.target.title", key=WORDS.say("campaign.digit.1")))
        if begun:
            terminal.type("queue/20")
            terminal.wait("queue/20")
        terminal.signal(signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
        said = bytes(terminal.written).decode().rpartition("\x1b[?1049l")[2]
    assert (WORDS.say("app.quit.dropped") in said.replace("\r\n", "\n")) is begun


def make_draft(start: Start, home: Path) -> None:
    """A draft that can be launched, made with the program's own store."""
    from tui.bootstrap import sort_text
    from tui.campaign.phone_list import Number
    from tui.i18n.words import folded
    from tui.operations.phone_list import validated
    from tui.store import Store

    store = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=sort_text)
    made = store.drafts.create("acme", READY)
    store.numbers.add(made, validated([Number("05321234567")]))
    store.close()


@pytest.mark.long
@pytest.mark.parametrize("seed", range(8))
def test_killed_while_launching_no_second_request_leaves_and_the_list_tells_the_truth(
    start: Start, home: Path, sandbox: Sandbox, seed: int
) -> None:
    chosen = random.Random(seed)  # noqa: S311 - moments, not secrets
    make_draft(start, home)
    with start() as terminal:
        terminal.wait("Kasım")
        terminal.press("enter")
        terminal.wait(WORDS.say("campaign.field.name"))
        terminal.press("f9")
        terminal.wait("Turkish time")
        terminal.press("l")
        terminal.wait(WORDS.say("common.cancel"))
        terminal.press("tab", "enter")
        terminal.wait("1 s; esc")
        # The countdown ends within a second: kill around the moment at which the request leaves.
        terminal.drain(0.0)
        time.sleep(0.8 + chosen.random() * 0.6)
        terminal.kill()
    sent = creates(sandbox)
    assert sent <= 1
    with start() as again:
        again.wait("Kasım")
        again.wait(WORDS.say("campaign.state.launching"), gone=True)
        state = stored(home)[0]["state"]
        again.wait(WORDS.say(f"campaign.state.{state}"))
        # A request that may have left is never a draft again by itself; one that is a draft was not sent.
        assert state in ({"on", "unconfirmed"} if sent else {"draft", "unconfirmed"})
        again.press("ctrl+q")
        assert again.end() == 0
    assert creates(sandbox) == sent


def known_to(sandbox: Sandbox) -> None:
    """A campaign at the provider, made by other means than the program's."""
    example = json.loads((Path(__file__).parent.parent / "examples" / "queue.json").read_text(encoding="utf-8"))
    answer = httpx.post(f"{sandbox.address}/ivr_campaigns.json", json=example | {"key": KEY})
    assert answer.text == "20212"


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_killed_while_switching_the_list_says_what_is_certain(
    start: Start, home: Path, sandbox: Sandbox, seed: int
) -> None:
    chosen = random.Random(seed)  # noqa: S311 - moments, not secrets
    make_draft(start, home)
    known_to(sandbox)
    connection = sqlite3.connect(home / "data" / "santral" / "santral.db")
    with connection:
        connection.execute("UPDATE campaigns SET state = 'on', provider_id = 20212")
    connection.close()
    with start() as terminal:
        terminal.wait(f"● {WORDS.say('campaign.state.on')}")
        terminal.press("space")
        time.sleep(chosen.random() * 0.3)
        terminal.kill()
    asked = sum(request.method == "PATCH" for request in sandbox.requests)
    with start() as again:
        again.wait("Kasım")
        again.wait(WORDS.say("campaign.state.switching_off"), gone=True)
        shown = again.text
        campaign = stored(home)[0]
        if campaign["state"] == "off":
            assert asked >= 1
        elif asked:
            assert campaign["unsure"]
            assert WORDS.say("text.state.unsure", state=WORDS.say("campaign.state.on"))[:10] in shown
        again.press("ctrl+q")
        again.end()
    assert sum(request.method == "PATCH" for request in sandbox.requests) == asked
    assert creates(sandbox) == 1  # the one that made it known


def test_the_key_is_in_nothing_that_was_written(start: Start, home: Path, sandbox: Sandbox) -> None:
    make_draft(start, home)
    with start() as terminal:
        terminal.wait("Kasım")
        terminal.press("enter")
        terminal.wait(WORDS.say("campaign.field.name"))
        terminal.press("f9")
        terminal.wait("Turkish time")
        terminal.press("v")
        terminal.wait("********")
        terminal.press("escape")
        terminal.wait(WORDS.say("key.campaigns.new"))
        terminal.press("ctrl+q")
        assert terminal.end() == 0
        assert KEY.encode() not in terminal.written
    written = [path for path in home.rglob("*") if path.is_file() and path.name != "config.toml"]
    assert written
    for path in written:
        assert KEY.encode() not in path.read_bytes(), path
