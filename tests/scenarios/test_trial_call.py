"""A test call from the keyboard: one number rings, and no burst of keys makes it ring."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.scenarios.conftest import Start
from tests.scenarios.test_kill import NAME, creates, make_draft, stored
from tui.i18n.words import Words
from tui.sandbox.server import Sandbox

pytestmark = pytest.mark.terminal


@pytest.mark.parametrize("language", ["tr", "en"])
def test_one_number_is_called_and_the_draft_stays_one(
    start: Start, home: Path, sandbox: Sandbox, language: str
) -> None:
    words = Words(language)
    make_draft(start, home)
    with start(language=language) as terminal:
        terminal.wait("Kasım")
        terminal.press("t")
        terminal.wait("0532 123 45 67")
        terminal.press("tab", "enter")
        terminal.wait(words.say("screens.test.countdown", phone="0532 123 45 67", count=5))
        terminal.wait("20212")
        terminal.wait(f"● {words.say('campaign.state.on')}")
        # The cursor stays on the draft. The first of what happened stands last, below the fold.
        terminal.press("up", "enter", "end")
        terminal.wait(words.say("store.event.test"))
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    (request,) = [request for request in sandbox.requests if request.method == "POST"]
    body = json.loads(request.body)
    assert body["name"] == words.say("operations.test.name", name=NAME)
    assert (body["phone_list"], body["call_retries"], body["max_thread_count"]) == ([{"phone": "905321234567"}], 0, 1)
    assert [row["state"] for row in stored(home)] == ["draft", "on"]


@pytest.mark.long
@pytest.mark.parametrize("burst", ["t" * 40, "t" * 5 + "\r" * 20, "\r" + "t\r" * 10], ids=repr)
def test_no_burst_of_keys_calls_anybody(start: Start, home: Path, sandbox: Sandbox, burst: str) -> None:
    make_draft(start, home)
    with start() as terminal:
        terminal.wait("Kasım")
        terminal.press("t")
        terminal.wait("0532 123 45 67")
        terminal.type(burst)
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert creates(sandbox) == 0
    assert len(stored(home)) == 1
