"""What a launch would do, told of any text that a field can hold: Review tells it beside the problems."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screens.conftest import NOW, READY
from tests.store.results import calling
from tests.store.support import open_store
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.request import wire_fields
from tui.i18n.words import say
from tui.screens.results_headline import headline
from tui.screens.side_pane import read_lines
from tui.store import Store
from tui.text.campaign import campaign_pairs, history_pairs, review_lines


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "santral.db")
    yield opened
    opened.close()


@pytest.mark.parametrize("text", ["²", "٣", "9" * 5000, "-1", "x"])
def test_what_is_no_number_is_left_to_the_provider(text: str) -> None:
    told = review_lines(ParsedDraft(READY | {"call_retries": text, "max_thread_count": text}), 1, 0, NOW)
    assert say("text.review.tries_default") in told
    assert say("text.review.channels_default") in told


def test_repeats_and_channels_are_counted() -> None:
    told = review_lines(ParsedDraft(READY | {"call_retries": "0", "max_thread_count": "3"}), 1, 0, NOW)
    assert say("text.review.tries", count=1) in told
    assert say("text.review.channels", count=3) in told


@pytest.mark.parametrize(("text", "told"), [("true", True), ("t", True), ("false", False), ("", False)])
def test_a_recording_is_told_as_it_is_sent(text: str, told: bool) -> None:
    draft = ParsedDraft(READY | {"recording_enabled": text})
    assert (say("text.review.recorded") in review_lines(draft, 1, 0, NOW)) is told
    assert ("recording_enabled" in wire_fields(draft)) is told


@pytest.mark.parametrize(("recipients", "with_phrase", "heard"), [
    (5, 0, say("text.review.welcome", announcement="Announcement 128")),
    (5, 2, say("text.review.phrase_or_welcome", count=2, announcement="Announcement 128")),
    (5, 5, say("text.review.phrase")),
])
def test_what_is_heard_first_is_the_phrase_of_who_has_one(recipients: int, with_phrase: int, heard: str) -> None:
    draft = ParsedDraft(READY | {"welcome_announcement_id": "128"})
    told = review_lines(draft, recipients, 0, NOW, with_phrase=with_phrase)
    assert heard in told


@pytest.mark.parametrize(("values", "lines"), [
    ({}, ["waits 4 s for a key",
          "no key: the menu repeats (provider's setting), then: the call ends (no target)",
          "wrong key: the menu repeats (provider's setting), then: the call ends (no target)"]),
    ({"digit_timeout": "7", "digit_retries": "2", "timeout_target": "hangup/busy"}, [
        "waits 7 s for a key", "no key: the menu repeats 2 times, then: Busy tone",
        "wrong key: the menu repeats 2 times, then: the call ends (no target)"]),
])
def test_the_wait_the_repeats_no_key_and_a_wrong_key_are_always_told(
    store: Store, values: dict[str, str], lines: list[str],
) -> None:
    fields = READY | {"call_type": "ivr", "timeout_target": "", "invalid_target": "", "digit_retries": "",
                      "digit_timeout": "", "digit_target_1": "queue/201"} | values
    told = [line.strip() for line in review_lines(ParsedDraft(fields), 1, 0, NOW)]
    campaign = store.campaigns.get(calling(store, fields=fields))
    shown = [value for _, value in campaign_pairs(campaign, NOW, complete=False)]
    pane = [line.text.removeprefix("  ") for line in read_lines(store, campaign, NOW)]
    for line in lines:
        assert line in told
        assert line in shown
        assert line in pane


def test_a_queue_campaign_is_not_told_about_menus(store: Store) -> None:
    fields = READY | {"call_type": "queue", "queue_number": "204", "digit_target_1": "queue/201", "digit_timeout": "3",
                      "welcome_announcement_id": "128"}
    told = "\n".join(review_lines(ParsedDraft(fields), 1, 0, NOW))
    campaign = store.campaigns.get(calling(store, fields=fields))
    told += "\n".join(f"{label} {value}" for label, value in campaign_pairs(campaign, NOW, complete=False))
    told += "\n".join(headline(campaign, store.results.totals(campaign.id), NOW))
    for word in ("key", "menu", "128", "201"):
        assert word not in told.casefold()


@pytest.mark.parametrize("receiver", [None, "https://example.com/hook"])
@pytest.mark.parametrize("name", ["Anket", ""])
def test_the_pane_says_that_nothing_is_received_only_where_no_webhook_is_sent(store: Store, receiver: str | None,
                                                                             name: str) -> None:
    draft = store.campaigns.get(store.drafts.create("acme", READY | {"name": name, "webhook_url": ""}))
    told = [line.text for line in read_lines(store, draft, NOW, receiver)]
    assert (say("text.review.no_webhook") in told) is (receiver is None)
    assert any("example.com" in line for line in told) is (receiver is not None)


def test_figures_of_numbers_are_told_as_numbers(store: Store) -> None:
    campaign = store.campaigns.get(calling(store, 3))
    pairs = dict(campaign_pairs(campaign, NOW, complete=False))
    assert pairs[say("text.column.numbers")] == "3"
    history = "\n".join(text for _, text in history_pairs(store.history(campaign.id), NOW))
    assert "2 numbers" in history
    assert "people" not in history
