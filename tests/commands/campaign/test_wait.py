"""`--wait`: how a campaign that is waited for is reported, and what the command ends with."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.commands.campaign.test_launch_draft import a_draft
from tests.commands.conftest import CAMPAIGN, Santral, Started, changes
from tests.store.results import delivered, told
from tui import bootstrap
from tui.campaign.lifecycle import Action, AskedBy
from tui.campaign.results import Ping
from tui.commands.campaign import waiting as command
from tui.core.reason import Reason
from tui.i18n.words import Words, folded
from tui.operations import waiting
from tui.store import Campaign, Store, StoreBusy
from tui.store.campaigns import Campaigns
from tui.store.values import NO_TOTALS

ONE, TWO = "905321234567", "905321234568"
OVER = 'date_range_begin = "2020-01-01"\ndate_range_end = "2020-01-02"\n'


@pytest.fixture
def meanwhile(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """What happens between the looks at a campaign, one after another; then nothing may be waited for any more."""
    steps: list[Callable[[Store], object]] = []

    async def next_step(_seconds: float) -> None:
        store = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=bootstrap.sort_text)
        try:
            steps.pop(0)(store)
        finally:
            store.close()

    monkeypatch.setattr(command, "sleep", next_step)

    def then(*more: Callable[[Store], object]) -> None:
        steps.extend(more)

    yield then
    assert steps == []


def result(phone: str, status: str = "Cevaplandı") -> Callable[[Store], object]:
    def came(store: Store) -> None:
        (token,) = store.deliveries.tokens()
        store.deliveries.ingest([delivered(Ping(), token), delivered(told(phone, status, campaign_id=20212), token)])

    return came


def deleted(store: Store) -> None:
    store.switches.done(store.switches.begin(1, Action.DELETE, AskedBy.APP))


def started(start: Started) -> None:
    start(config='[receiver]\npublic_url = "https://example.com/w"\n')


@pytest.mark.parametrize("language", ["en", "tr"])
def test_it_ends_with_0_once_every_number_is_final(
    santral: Santral, start: Started, campaign_file: Path, meanwhile: Callable[..., None], language: str
) -> None:
    start(config=f'language = "{language}"\n[receiver]\npublic_url = "https://example.com/w"\n')
    meanwhile(result(ONE), result(TWO))
    ran = santral("campaign", "create", campaign_file, "--yes", "--wait")
    assert (ran.status, ran.out) == (0, "20212\n")
    say = Words(language).say
    assert ran.said[-1] == say("command.wait.finished", ref="20212", count=2, answered=2)
    assert say("command.wait.no_receiver") in ran.said


def test_progress_is_a_line_a_minute_where_there_is_no_terminal(
    santral: Santral, start: Started, campaign_file: Path, meanwhile: Callable[..., None]
) -> None:
    started(start)
    meanwhile(result(ONE, "Meşgul"), result(ONE), result(TWO))
    said = [line for line in santral("campaign", "create", campaign_file, "--yes", "--wait").said if "called" in line]
    assert len(said) == 1
    assert said[0].startswith("0 of 2 called, 0 answered, 0 final; calling until ")


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_progress_on_a_terminal_is_one_line_however_narrow(
    santral: Santral, start: Started, campaign_file: Path, meanwhile: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch, columns: int,
) -> None:
    started(start)
    monkeypatch.setattr("tui.commands.output._is_terminal", lambda _stream: True)
    monkeypatch.setattr("tui.commands.output._columns", lambda: columns)
    meanwhile(result(ONE, "Meşgul"), result(ONE), result(TWO))
    err = santral("campaign", "create", campaign_file, "--yes", "--wait").err
    shown = [text.removesuffix("\033[K") for text in err.rpartition("\n")[0].split("\r")[1:]]
    assert [text for text in shown if "called" in text]
    assert all(len(text.split("\033[K")[0]) < columns for text in shown)
    assert "1 of 2 called" in err


def test_json_is_one_document_with_the_end_and_the_id_is_said_before(
    santral: Santral, start: Started, campaign_file: Path, meanwhile: Callable[..., None]
) -> None:
    started(start)
    meanwhile(result(ONE), result(TWO))
    ran = santral("campaign", "create", campaign_file, "--yes", "--wait", "--json")
    assert (ran.status, ran.document) == (0, {
        "outcome": "created", "id": 20212, "ref": "20212", "reason": None,
        "waited": {"ended": "finished", "numbers": 2, "called": 2, "answered": 2, "final": 2}})
    assert Words("en").say("command.create.created", id=20212) in ran.said


def test_hours_that_are_over_end_it_with_4(
    santral: Santral, start: Started, tmp_path: Path, meanwhile: Callable[..., None]
) -> None:
    started(start)
    file = tmp_path / "over.toml"
    file.write_text(OVER + CAMPAIGN, encoding="utf-8")
    ran = santral("campaign", "create", file, "--yes", "--wait")
    assert (ran.status, ran.out) == (4, "20212\n")
    assert ran.said[-1] == Words("en").say("command.wait.hours_over", ref="20212", count=2, final=0, answered=0)
    meanwhile()
    again = santral("campaign", "create", file, "--yes", "--wait", "--json")
    assert (again.status, again.document["waited"]["ended"]) == (4, "hours_over")


def test_one_that_is_deleted_meanwhile_ends_it_with_4(
    santral: Santral, start: Started, campaign_file: Path, meanwhile: Callable[..., None]
) -> None:
    started(start)
    meanwhile(result(ONE), deleted)
    ran = santral("campaign", "create", campaign_file, "--yes", "--wait", "--json")
    assert (ran.status, ran.document["waited"]) == (
        4, {"ended": "gone", "numbers": 2, "called": 1, "answered": 1, "final": 1})


def test_what_was_launched_before_is_waited_for_as_well(
    santral: Santral, start: Started, campaign_file: Path, meanwhile: Callable[..., None]
) -> None:
    sandbox = start(config='[receiver]\npublic_url = "https://example.com/w"\n')
    assert santral("campaign", "create", campaign_file, "--yes").status == 0
    meanwhile(result(ONE), result(TWO))
    for typed in (("create", campaign_file), ("launch", "d1"), ("launch", "20212")):
        ran = santral("campaign", *typed, "--yes", "--wait", "--json")
        assert (ran.status, ran.document["id"], ran.document["waited"]["ended"]) == (0, 20212, "finished")
        assert Words("en").say("command.create.created", id=20212) not in ran.said  # it may be off by now
    assert len(changes(sandbox)) == 1


def test_a_draft_is_waited_for_too(
    santral: Santral, start: Started, home: Path, meanwhile: Callable[..., None]
) -> None:
    started(start)
    meanwhile(result(ONE), result(TWO))
    ran = santral("campaign", "launch", a_draft(home), "--yes", "--wait")
    assert (ran.status, ran.out) == (0, "20212\n")


def test_the_first_line_says_where_no_results_come_in(
    santral: Santral, config_file: Path, tmp_path: Path, meanwhile: Callable[..., None]
) -> None:
    file = tmp_path / "over.toml"
    file.write_text(OVER + CAMPAIGN, encoding="utf-8")
    assert Words("en").say("command.wait.no_address") in santral("campaign", "create", file, "--yes", "--wait").said
    file.write_text('webhook_url = "https://example.com/x"\n' + OVER + CAMPAIGN, encoding="utf-8")
    ran = santral("campaign", "create", file, "--again", "--yes", "--wait")
    assert Words("en").say("command.wait.elsewhere") in ran.said


@pytest.mark.usefixtures("impatient")
def test_what_was_not_created_is_not_waited_for(santral: Santral, start: Started, campaign_file: Path) -> None:
    start("403:1")
    ran = santral("campaign", "create", campaign_file, "--yes", "--wait", "--json")
    assert (ran.status, ran.document["outcome"], "waited" in ran.document) == (1, "rejected", False)
    start("lost-answer:1")
    ran = santral("campaign", "create", campaign_file, "--yes", "--wait", "--json")
    assert (ran.status, ran.document["outcome"], "waited" in ran.document) == (3, "unconfirmed", False)


def test_a_dry_run_waits_for_nothing(santral: Santral, campaign_file: Path) -> None:
    ran = santral("campaign", "create", campaign_file, "--dry-run", "--wait")
    assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)


@pytest.mark.parametrize("first", [0, 1])
def test_a_store_that_can_not_be_read_is_no_failed_launch(
    santral: Santral, start: Started, campaign_file: Path, meanwhile: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch, first: int,
) -> None:
    """A script that takes it for one would launch again."""
    started(start)
    looks, get = itertools.count(), Campaigns.get

    def fails(campaigns: Campaigns, campaign: int) -> Campaign:
        if next(looks) >= first:
            raise StoreBusy(Reason("store.busy", {"path": "santral.db"}))
        return get(campaigns, campaign)

    def broken(*_: object) -> None:
        monkeypatch.setattr(waiting, "_ended", lambda *_: waiting.Ended.HOURS_OVER)

    santral("campaign", "create", campaign_file, "--yes")
    monkeypatch.setattr(waiting, "_look", lambda services, campaign: waiting.Looked(
        fails(services.store.campaigns, campaign), NO_TOTALS))
    if first:
        meanwhile(broken)
    ran = santral("campaign", "create", campaign_file, "--yes", "--wait", "--json")
    assert (ran.status, ran.document["id"], ran.document["waited"]["ended"]) == (4, 20212, "unread")


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_ctrl_c_leaves_the_campaign_as_it_is_and_says_so(
    santral: Santral, start: Started, campaign_file: Path, meanwhile: Callable[..., None], options: tuple[str, ...]
) -> None:
    def pressed(_store: Store) -> None:
        raise KeyboardInterrupt

    sandbox = start(config='[receiver]\npublic_url = "https://example.com/w"\n')
    meanwhile(result(ONE), pressed)
    ran = santral("campaign", "create", campaign_file, "--yes", "--wait", *options)
    assert ran.status == 130
    assert ran.said[-1] == Words("en").say("command.wait.stopped", ref="20212")
    if options:
        assert ran.document["waited"] == {"ended": "stopped", "numbers": 2, "called": 1, "answered": 1, "final": 1}
    else:
        assert ran.out == "20212\n"
    assert len(changes(sandbox)) == 1
    assert santral("campaign", "show", "20212", "--json").document["state"] == "on"
