"""The two requests of the provider's document, made through the form by keyboard: what is sent is exactly theirs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.conftest import Start
from tests.scenarios.typing_in import launch_from_review, type_campaign
from tui.campaign.fields import PHONE_LIST
from tui.i18n.words import Words
from tui.sandbox.server import Sandbox

EXAMPLES = Path(__file__).parent.parent / "examples"
pytestmark = pytest.mark.terminal


def as_typed(example: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """What an operator types for an example: texts by field, and lines for the list."""
    values = {}
    for name, value in example.items():
        if isinstance(value, bool):
            values[name] = "true" if value else "false"
        elif name == "active_days":
            values[name] = ",".join(map(str, value))
        elif name not in ("key", PHONE_LIST):
            values[name] = str(value)
    lines = ["; ".join(row[key] for key in ("phone", "phrase", "lang") if key in row) for row in example[PHONE_LIST]]
    return values, lines


def as_sent(example: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The request that the example means: empty targets left out, numbers in the form `90…`."""
    sent = {name: value for name, value in example.items() if value != ""} | {"key": key}
    sent[PHONE_LIST] = [row | {"phone": "90" + row["phone"].removeprefix("0")} for row in example[PHONE_LIST]]
    return sent


@pytest.mark.long
@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("name", ["ivr", "queue"])
def test_an_example_typed_in_reaches_the_provider_as_the_document_shows_it(
    start: Start, sandbox: Sandbox, name: str, language: str
) -> None:
    example = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    values, numbers = as_typed(example)
    words = Words(language)
    with start(language=language) as terminal:
        terminal.wait(words.say("screens.campaigns.empty").split("\n", maxsplit=1)[0])
        terminal.press("n")
        type_campaign(terminal, words, values, numbers)
        launch_from_review(terminal, words)
        terminal.wait(words.say("campaign.state.on"))
        terminal.wait("20212")
    posts = [request for request in sandbox.requests if request.method == "POST"]
    assert [request.path for request in posts] == ["/ivr_campaigns.json"]
    assert json.loads(posts[0].body) == as_sent(example, sandbox.options.key.reveal())
