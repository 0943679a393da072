from __future__ import annotations

import string

import pytest

from tui.i18n.catalogs.en.sandbox import TEXTS as ENGLISH
from tui.i18n.catalogs.tr.sandbox import TEXTS as TURKISH
from tui.i18n.words import Texts
from tui.sandbox.events import (
    Answered,
    Called,
    FaultBefell,
    Listening,
    SandboxEvent,
    WebhookElsewhere,
    WebhookFailed,
    describe,
)


@pytest.mark.parametrize(("event", "holds"), [
    (Listening("http://127.0.0.1:8788"), ["http://127.0.0.1:8788"]),
    (Answered("POST", "/ivr_campaigns.json", 200), ["POST", "/ivr_campaigns.json", "200"]),
    (Answered("POST", "/ivr_campaigns.json", 400, "name can't be blank"), ["400", "name can't be blank"]),
    (FaultBefell("PATCH", "/ivr_campaigns/20212", "switch:cut"), ["PATCH", "/ivr_campaigns/20212", "switch:cut"]),
    (Called(20212, "905321234567", "!4", "Cevaplandı"), ["20212", "905321234567", "!4", "Cevaplandı"]),
    (Called(20212, "905321234567", "", "Meşgul"), ["20212", "905321234567", "Meşgul"]),
    (WebhookElsewhere("example.com"), ["example.com"]),
    (WebhookFailed("127.0.0.1", 404), ["127.0.0.1", "404"]),
    (WebhookFailed("127.0.0.1", 0), ["127.0.0.1"]),
])
def test_everything_that_happens_is_one_line(event: SandboxEvent, holds: list[str], language: str) -> None:
    line = describe(event)

    assert line.isprintable()
    assert all(part in line for part in holds)


def test_what_others_sent_does_not_steer_the_terminal(language: str) -> None:
    line = describe(Answered("GET", "/", 400, "unknown attribute '\x1b[2J\n' for IvrCampaign"))

    assert "\\x1b[2J\\n" in line


def placeholders(texts: Texts) -> dict[str, set[str]]:
    return {key: {name for _, name, _, _ in string.Formatter().parse(str(text)) if name} for key, text in texts.items()}


def test_both_languages_say_the_same() -> None:
    assert placeholders(ENGLISH) == placeholders(TURKISH)
