"""`santral campaign create` again: one campaign, whoever asks for it how often, until its key is free."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.commands.conftest import CAMPAIGN, Ran, Santral, Started, requests_of
from tests.conftest import KEY, write_config
from tests.postgresql import missing
from tests.started import sitecustomize
from tui.bootstrap import sort_text
from tui.campaign.lifecycle import AskedBy, Created, NotSent, Outcome, Rejected, Unconfirmed
from tui.commands.campaign import create, sending
from tui.commands.campaign.plan import LaunchFiles, ProfileDefaults
from tui.core.clock import utc_now
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.i18n.words import Words, folded
from tui.operations.launch_key import Claim
from tui.sandbox.faults import FaultKind
from tui.sandbox.server import Sandbox
from tui.store import Store
from tui.store.ledger import Ledger

EN = Words("en")
DAY = 24 * 3600.0
SANTRAL = (sys.executable, "-m", "tui")
PATIENCE = 120.0


def posts(sandbox: Sandbox) -> int:
    return len(requests_of(sandbox, "POST"))


def pass_time(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    ahead = float(os.environ[sitecustomize.AHEAD])
    monkeypatch.setenv(sitecustomize.AHEAD, str(ahead + seconds))


def campaigns(santral: Santral) -> list[tuple[str, str]]:
    return [(campaign["ref"], campaign["state"])
            for campaign in santral("campaign", "list", "--json", "--deleted").document["campaigns"]]


# Created

@pytest.mark.parametrize("language", ["en", "tr"])
def test_the_same_file_again_is_the_same_campaign_and_nothing_is_sent(
    santral: Santral, start: Started, campaign_file: Path, language: str
) -> None:
    sandbox = start(config=f'language = "{language}"')
    first = santral("campaign", "create", campaign_file, "--yes")
    again = santral("campaign", "create", campaign_file, "--yes")
    assert (first.status, first.out, first.err) == (0, "20212\n", "")
    assert (again.status, again.out) == (0, "20212\n")
    assert again.said == [Words(language).say("command.earlier.created", name="Memnuniyet anketi", ref="20212",
                                              launched="2026-11-25 12:00")]
    assert posts(sandbox) == 1
    assert campaigns(santral) == [("20212", "on")]


def test_in_json_it_is_created_and_the_reason_says_that_it_was_before(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path
) -> None:
    santral("campaign", "create", campaign_file, "--yes")
    told = santral("campaign", "create", campaign_file, "--yes", "--json").document
    assert (told["outcome"], told["id"], told["ref"]) == ("created", 20212, "20212")
    assert told["reason"]["code"] == "command.earlier.created"
    assert posts(sandbox) == 1


def test_nobody_is_asked_where_nothing_would_be_sent(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path
) -> None:
    santral("campaign", "create", campaign_file, "--yes")
    again = santral("campaign", "create", campaign_file)  # without --yes, and without a terminal
    assert (again.status, again.out) == (0, "20212\n")


def test_another_is_launched_where_it_is_asked_for(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path
) -> None:
    santral("campaign", "create", campaign_file, "--yes")
    twin = santral("campaign", "create", campaign_file, "--yes", "--again")
    assert (twin.status, twin.out, twin.err) == (0, "20213\n", "")
    assert santral("campaign", "create", campaign_file, "--yes").out == "20213\n"
    assert posts(sandbox) == 2


@pytest.mark.parametrize("change", [
    lambda text: text.replace("05321234568", "05321234569"),
    lambda text: text.replace("Memnuniyet", "Memnuniyetsizlik"),
    lambda text: text.replace("23:59", "23:58"),
    lambda text: 'date_range_begin = "2026-11-26"\n' + text,
])
def test_another_request_is_another_campaign(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, change: Callable[[str], str]
) -> None:
    santral("campaign", "create", campaign_file, "--yes")
    campaign_file.write_text(change(CAMPAIGN), encoding="utf-8")
    assert santral("campaign", "create", campaign_file, "--yes").out == "20213\n"
    assert posts(sandbox) == 2


@pytest.mark.parametrize("change", [
    lambda text: 'webhook_url = "https://calls.example.com/x"\n' + text,
    lambda text: text.replace("05321234568", "+90 532 123 45 68"),
    lambda text: text + '[[phone_list]]\nphone = "05321234567"\n',
    lambda text: text.replace("\n", "\r\n"),
])
def test_the_same_request_written_otherwise_or_with_another_webhook_is_the_same(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, change: Callable[[str], str]
) -> None:
    santral("campaign", "create", campaign_file, "--yes")
    campaign_file.write_text(change(CAMPAIGN), encoding="utf-8", newline="")
    assert santral("campaign", "create", campaign_file, "--yes").out == "20212\n"
    assert posts(sandbox) == 1


def test_a_nightly_script_goes_on_working(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day is Turkey's: eleven hours after noon it is still the same, thirteen after it is the next."""
    assert santral("campaign", "create", campaign_file, "--yes").out == "20212\n"
    pass_time(monkeypatch, DAY / 2 - 3600)
    assert santral("campaign", "create", campaign_file, "--yes").out == "20212\n"
    pass_time(monkeypatch, 2 * 3600)
    assert santral("campaign", "create", campaign_file, "--yes").out == "20213\n"
    assert santral("campaign", "create", campaign_file, "--yes").out == "20213\n"
    assert posts(sandbox) == 2


def test_a_file_that_names_its_day_is_the_same_on_the_next_one(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign_file.write_text('date_range_begin = "2026-11-25"\ndate_range_end = "2026-11-30"\n' + CAMPAIGN,
                             encoding="utf-8")
    santral("campaign", "create", campaign_file, "--yes")
    pass_time(monkeypatch, DAY)
    assert santral("campaign", "create", campaign_file, "--yes").out == "20212\n"
    assert posts(sandbox) == 1


# One's own key

def test_ones_own_key_is_the_same_on_every_day_and_without_it_the_request_is_known(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = ("campaign", "create", campaign_file, "--yes", "--key", "kasım 2026")
    assert santral(*mine).out == "20212\n"
    assert santral("campaign", "create", campaign_file, "--yes").out == "20212\n"
    pass_time(monkeypatch, DAY)
    assert santral(*mine).out == "20212\n"
    assert santral(*mine[:-1], "aralık 2026").out == "20213\n"
    assert posts(sandbox) == 2


def test_ones_own_key_of_another_request_is_wrong_usage(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path
) -> None:
    mine = ("campaign", "create", campaign_file, "--yes", "--key", "kasım")
    santral(*mine)
    campaign_file.write_text(CAMPAIGN.replace("05321234568", "05321234569"), encoding="utf-8")
    ran = santral(*mine, "--json")
    assert (ran.status, ran.document["error"]["code"]) == (2, "command.earlier.other_body")
    assert "20212" in ran.err
    assert santral(*mine, "--again").out == "20213\n"
    assert posts(sandbox) == 2


def test_under_ones_own_key_rows_that_are_kept_are_another_request(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, tmp_path: Path
) -> None:
    phones = tmp_path / "liste.csv"
    phones.write_text("telefon;cumle\n05321234568;#456\n", encoding="utf-8")
    mine = ("campaign", "create", campaign_file, "--phones", phones, "--yes", "--key", "kasım")
    assert santral(*mine).out == "20212\n"
    ran = santral(*mine, "--keep-repeats", "--json")
    assert (ran.status, ran.document["error"]["code"]) == (2, "command.earlier.other_body")
    assert santral(*mine[:-2], "--keep-repeats").out == "20213\n"
    assert santral(*mine[:-2], "--keep-repeats").out == "20213\n"
    assert posts(sandbox) == 2


@pytest.mark.parametrize("key", ["", "  ", "a\tb", "\x1b[31m", "\udcff", "x" * 201, KEY])
def test_a_key_that_nobody_can_read_or_that_is_the_providers_is_wrong_usage(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, key: str
) -> None:
    ran = santral("campaign", "create", campaign_file, "--yes", "--key", key)
    assert (ran.status, len(ran.said)) == (2, 1)
    assert posts(sandbox) == 0


# In doubt

# The answer is that nothing was made.
CERTAIN = {FaultKind.TOO_MANY, FaultKind.REFUSE_WEBHOOK, FaultKind.FORBIDDEN, FaultKind.NO_PATH, FaultKind.PAGE_404}


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", FaultKind)
def test_a_loop_that_tries_again_after_a_fault_sends_nothing_while_the_first_may_be_there(
    santral: Santral, start: Started, campaign_file: Path, kind: FaultKind
) -> None:
    sandbox = start(f"{kind.value}:1", config='[receiver]\npublic_url = "https://calls.example.com/santral"\n')
    tried: list[Ran] = []
    while len(tried) < 4 and (not tried or tried[-1].status):
        tried.append(santral("campaign", "create", campaign_file, "--yes"))
    if kind in CERTAIN:
        assert [ran.status for ran in tried] == [1, 0]
        assert posts(sandbox) == 2  # the first made nothing
    else:
        assert [ran.status for ran in tried] == [3, 3, 3, 3]
        assert posts(sandbox) == 1
        assert all("d1" in ran.said[0] and "--again" in ran.said[0] for ran in tried[1:])
        assert campaigns(santral) == [("d1", "unconfirmed")]


@pytest.mark.usefixtures("impatient")
def test_once_it_is_settled_the_loop_goes_on(santral: Santral, start: Started, campaign_file: Path) -> None:
    sandbox = start("500:1")
    assert santral("campaign", "create", campaign_file, "--yes").status == 3
    told = santral("campaign", "create", campaign_file, "--yes", "--json")
    assert (told.status, told.document["outcome"], told.document["id"], told.document["ref"]) == (
        3, "unconfirmed", None, "d1")
    assert santral("campaign", "not-created", "d1").status == 0
    assert santral("campaign", "create", campaign_file, "--yes").out == "20212\n"
    assert santral("campaign", "delete", "20212", "--yes").status == 0
    assert santral("campaign", "create", campaign_file, "--yes").out == "20213\n"
    assert posts(sandbox) == 3


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("more", [(), ("--key", "another")])
def test_what_is_in_doubt_and_may_still_call_is_not_sent_on_the_next_day_nor_under_another_key(
    santral: Santral, start: Started, campaign_file: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    sandbox = start("lost-answer:1")
    campaign_file.write_text('date_range_end = "2026-11-30"\n' + CAMPAIGN, encoding="utf-8")
    assert santral("campaign", "create", campaign_file, "--yes").status == 3
    pass_time(monkeypatch, DAY)
    assert santral("campaign", "create", campaign_file, "--yes", *more).status == 3
    assert posts(sandbox) == 1
    pass_time(monkeypatch, 9 * DAY)
    campaign_file.write_text(CAMPAIGN, encoding="utf-8")
    assert santral("campaign", "create", campaign_file, "--yes", *more).status == 0


@pytest.mark.usefixtures("impatient")
def test_who_asks_not_to_be_called_meanwhile_makes_no_other_campaign_of_it(
    santral: Santral, start: Started, campaign_file: Path
) -> None:
    """The key is that of the file as a whole, whoever of it is left out."""
    sandbox = start("lost-answer")
    assert santral("campaign", "create", campaign_file, "--yes").status == 3
    assert santral("dnc", "add", "05321234568").status == 0
    assert santral("campaign", "create", campaign_file, "--yes").status == 3
    assert posts(sandbox) == 1


@pytest.mark.usefixtures("impatient")
def test_a_twin_that_was_asked_for_may_be_in_doubt_too(
    santral: Santral, start: Started, campaign_file: Path
) -> None:
    sandbox = start("lost-answer")
    assert santral("campaign", "create", campaign_file, "--yes").status == 3
    assert santral("campaign", "create", campaign_file, "--yes", "--again").status == 3
    told = santral("campaign", "create", campaign_file, "--yes")
    assert (told.status, "d2" in told.said[0]) == (3, True)
    assert posts(sandbox) == 2


# Under way in another process

@dataclass
class Elsewhere:
    """The same campaign, `d1`, being launched by another process."""

    store: Store
    launch: int
    sandbox: Sandbox


@pytest.fixture
def elsewhere(start: Started, home: Path, campaign_file: Path) -> Iterator[Elsewhere]:
    sandbox = start()
    store = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=sort_text)
    request = LaunchFiles(campaign_file, None, utc_now(), ProfileDefaults(None)).plan().request
    assert request is not None
    claim = Claim(request)
    draft = store.drafts.create("acme", {"name": "Memnuniyet anketi"})
    launch = store.ledger.begin(draft, revision=1, token="t", body_hash=request.hash, numbers=2,
                                asked_by=AskedBy.COMMAND, key=claim.key(utc_now()))
    yield Elsewhere(store, launch, sandbox)
    store.close()


WHY = Reason("store.said_not_created")


@pytest.mark.parametrize(("outcome", "status", "out"), [
    (Created(20300), 0, "20300\n"), (Unconfirmed(Reason("store.launch_interrupted")), 3, ""),
    (Rejected(WHY), 1, ""), (NotSent(Reason("store.launch_interrupted")), 1, ""),
])
def test_what_the_other_process_comes_to_is_what_is_told(
    santral: Santral, elsewhere: Elsewhere, campaign_file: Path, monkeypatch: pytest.MonkeyPatch, outcome: Outcome,
    status: int, out: str
) -> None:
    became, asked = Ledger.became, itertools.count(1)

    def settled_meanwhile(ledger: Ledger, launch: int) -> Outcome | None:
        if next(asked) == 3:
            elsewhere.store.ledger.resolve(elsewhere.launch, outcome)
        return became(ledger, launch)

    monkeypatch.setattr(Ledger, "became", settled_meanwhile)
    monkeypatch.setattr("tui.operations.launch_key._LOOK_EVERY", 0)
    ran = santral("campaign", "create", campaign_file, "--yes")
    assert (ran.status, ran.out, posts(elsewhere.sandbox)) == (status, out, 0)
    assert ran.said[0] == EN.say("command.earlier.waiting", ref="d1")
    assert len(ran.said) == 2
    assert ("20300" if status == 0 else "d1") in ran.said[1]


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_one_that_is_under_way_for_long_is_told_as_such(
    santral: Santral, elsewhere: Elsewhere, campaign_file: Path, monkeypatch: pytest.MonkeyPatch,
    as_json: tuple[str, ...]
) -> None:
    monkeypatch.setattr(sending, "_OTHER_LAUNCH", 0.0)
    ran = santral("campaign", "create", campaign_file, "--yes", *as_json)
    assert (ran.status, posts(elsewhere.sandbox)) == (3, 0)
    assert ran.said[1].startswith("Nothing was sent: the same campaign is still being launched")
    if as_json:
        assert (ran.document["outcome"], ran.document["ref"]) == ("unconfirmed", "d1")
    assert campaigns(santral) == [("d1", "launching")]


def test_one_that_begins_while_the_list_is_kept_is_met_at_the_last_moment(
    santral: Santral, elsewhere: Elsewhere, campaign_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def not_seen(*_arguments: object) -> None:
        return None

    elsewhere.store.ledger.resolve(elsewhere.launch, Created(20300))
    monkeypatch.setattr(create, "find_earlier", not_seen)
    ran = santral("campaign", "create", campaign_file, "--yes")
    assert (ran.status, ran.out, posts(elsewhere.sandbox)) == (0, "20300\n", 0)
    assert campaigns(santral) == [("20300", "on"), ("d2", "deleted")]


def at_once(environments: list[dict[str, str]], *arguments: object) -> list[tuple[int, str]]:
    """What eight processes come to that begin together."""
    running = [subprocess.Popen([*SANTRAL, *map(str, arguments)], env=environ, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
               for environ in environments]
    ended = [process.communicate(timeout=PATIENCE)[0] for process in running]
    return [(process.returncode, out) for process, out in zip(running, ended, strict=True)]


@pytest.mark.long
@pytest.mark.parametrize(("fault", "expected"), [
    ("", (0, "20212\n")), ("lost-answer", (3, "")), ("500-after:1", (3, "")),
])
def test_eight_at_once_are_one_campaign(start: Started, campaign_file: Path, fault: str,
                                        expected: tuple[int, str]) -> None:
    sandbox = start(fault) if fault else start()
    assert at_once([dict(os.environ)] * 8, "campaign", "create", campaign_file, "--yes") == [expected] * 8
    assert posts(sandbox) == 1


@pytest.mark.long
@pytest.mark.skipif(missing() is not None, reason=str(missing()))
@pytest.mark.parametrize("key", [(), ("--key", "kasım")])
def test_two_machines_of_one_postgresql_make_one_campaign(
    start: Started, home: Path, tables: Secret, campaign_file: Path, key: tuple[str, ...]
) -> None:
    sandbox = start(config=f'[database]\nurl = "{tables.reveal()}"\n')
    machines = []
    for name in ("one", "two"):
        machine = home / name
        write_config(machine, sandbox.address, more=f'[database]\nurl = "{tables.reveal()}"\n')
        machines.append(dict(os.environ) | {"HOME": str(machine)} | {
            f"XDG_{kind}_HOME": str(machine / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")})
    command = ("campaign", "create", campaign_file, "--yes", *key)
    assert at_once(machines * 4, *command) == [(0, "20212\n")] * 8
    assert at_once(machines, *command) == [(0, "20212\n")] * 2
    assert posts(sandbox) == 1


# What would be done

def test_check_and_a_dry_run_tell_what_create_would_do(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path
) -> None:
    santral("campaign", "create", campaign_file, "--yes")
    told = EN.say("command.foretold.created", name="Memnuniyet anketi", ref="20212", launched="2026-11-25 12:00")
    checked = santral("campaign", "check", campaign_file)
    assert (checked.status, checked.out, checked.said) == (0, "ok\n", [told])
    dry = santral("campaign", "create", campaign_file, "--dry-run")
    assert (dry.status, dry.said, len(dry.document["phone_list"])) == (0, [told], 2)
    assert santral("campaign", "create", campaign_file, "--dry-run", "--again").said == []
    as_json = santral("campaign", "check", campaign_file, "--json").document
    assert as_json["earlier"] == {"met": "created", "id": 20212, "ref": "20212", "message": told}
    assert santral("campaign", "check", campaign_file, "--key", "another").said == []
    assert posts(sandbox) == 1


@pytest.mark.usefixtures("impatient")
def test_check_tells_that_create_would_be_refused(santral: Santral, start: Started, campaign_file: Path) -> None:
    start("cut")
    assert "earlier" not in santral("campaign", "check", campaign_file, "--json").document
    santral("campaign", "create", campaign_file, "--yes")
    checked = santral("campaign", "check", campaign_file, "--json")
    assert (checked.status, checked.document["ok"]) == (0, True)
    assert (checked.document["earlier"]["met"], checked.document["earlier"]["ref"]) == ("unconfirmed", "d1")


def test_a_database_that_can_not_be_opened_is_told_and_a_file_is_checked_all_the_same(
    santral: Santral, config_file: Path, campaign_file: Path, home: Path
) -> None:
    database = home / "data" / "santral" / "santral.db"
    database.parent.mkdir(parents=True)
    database.write_bytes(b"no database" * 500)
    checked = santral("campaign", "check", campaign_file)
    assert (checked.status, checked.out, len(checked.said)) == (0, "ok\n", 1)
    assert checked.said[0].startswith("It wasn't looked up whether the same was launched before:")


# Bad rows, test calls

@pytest.mark.parametrize("language", ["en", "tr"])
def test_bad_rows_end_in_that_nothing_was_sent(
    santral: Santral, start: Started, campaign_file: Path, tmp_path: Path, language: str
) -> None:
    sandbox = start(config=f'language = "{language}"')
    phones = tmp_path / "list.txt"
    phones.write_text("05551112233\n5,32124E+09\n0532\n", encoding="utf-8")
    for options in (("--yes",), ("--yes", "--json"), ("--dry-run",), ()):
        ran = santral("campaign", "create", campaign_file, "--phones", phones, *options)
        assert (ran.status, ran.said[-1]) == (1, Words(language).say("command.create.not_yet", count=2))
    assert posts(sandbox) == 0


def test_a_test_call_is_repeated_at_will(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path
) -> None:
    santral("campaign", "create", campaign_file, "--yes")
    for expected in ("20213\n", "20214\n"):
        assert santral("campaign", "test", "20212", "--to", "05321112233", "--yes").out == expected
    assert santral("campaign", "create", campaign_file, "--yes").out == "20212\n"
