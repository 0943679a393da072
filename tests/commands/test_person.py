"""`santral person NUMBER`: what is said of a number, as words, JSON and files."""

from __future__ import annotations

import csv
import io
import os
import stat
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.commands.conftest import Santral
from tests.conftest import write_config
from tests.store.results import NOON, begun, calling, ingest, listed, phone, told
from tests.store.support import campaign_in, good
from tests.store.test_consents import CONSUMER, GIVEN, keep
from tests.store.test_persons import OPT_OUT, of_other_profile
from tui import bootstrap
from tui.campaign.lifecycle import Created, NotSent, Outcome, Rejected, State, Unconfirmed
from tui.campaign.target import TargetKind
from tui.core.reason import Reason
from tui.i18n.words import folded
from tui.store import NumberRow, ResultFilter, Store
from tui.store.call_details import CallDetail
from tui.store.suppression import SuppressionSource

NOBODY = "http://127.0.0.1:9"
NAME = '=Poliçe <b>"x" & [red]y[/]</b>\x1b[31m'
WHY = Reason("provider.unconfirmed.timeout")
NUMBER = "0532 000 00 01"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """Two profiles, of which none is chosen."""
    write_config(home, NOBODY, profile_more="[profiles.other]\n")
    opened = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=bootstrap.sort_text)
    yield opened
    opened.close()


@pytest.fixture
def called(store: Store) -> int:
    """Busy, then answered with the opt-out key; in the list of a campaign of another profile, and called by it."""
    made = calling(store, fields={**OPT_OUT, "call_type": "ivr", "name": NAME, "digit_target_9": "queue/201"})
    of_other_profile(store, "Hatırlatma", [good(phone(2)), good(phone(1), "#456 15/11/2026")], "other", 33)
    store.account.keep("acme", TargetKind.QUEUE, {201: "Destek"})
    ingest(store, told(1, "Meşgul", minute=1), told(1, "Cevaplandı", "9", minute=9, call_uuid="u"))
    ingest(store, told(1, "Cevapsız", minute=30, campaign_id=33), token="other")
    store.records.merge(made, [listed(1, minute=9, call_uuid="u", talk=35)])
    return made


def test_it_is_read_aloud_the_newest_first(santral: Santral, store: Store, called: int) -> None:
    ran = santral("person", NUMBER)
    assert (ran.status, ran.err) == (0, "")
    lines = [line.strip() for line in ran.out.splitlines()]
    assert lines[:2] == [NUMBER, "Calls: 3, answered: 1. Campaigns and drafts: 2."]
    first, second = lines.index("“Hatırlatma” (33) · profile beta · on"), next(
        place for place, line in enumerate(lines) if line.endswith("(20212) · profile acme · on"))
    assert first < second
    assert [" ".join(line.split()) for line in lines[second + 1:second + 3]] == [
        "12 Sep 2026 12:09 Cevaplandı key 9 · Queue 201 Destek · ◇ opt-out talked 35 s", "12 Sep 2026 12:01 Meşgul"]
    assert lines[first + 1].split("   ") == ["12 Sep 2026 12:30", "Cevapsız"]
    assert "In its list: row 2, phrase “#456 15/11/2026”." in lines
    assert any(line.startswith("profile acme: pressed the opt-out key in “=Poliçe") for line in lines)
    assert "\x1b" not in ran.out


def test_in_turkish(santral: Santral, called: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "tr_TR.UTF-8")
    out = santral("person", "+90 (532) 000-00-01").out
    assert "Arama: 3, cevaplanan: 1. Kampanya ve taslak: 2." in out
    assert "9 tuşu · Kuyruk 201 Destek · ◇ ret tuşu" in out
    assert "kampanyasında ret tuşuna bastı" in out
    assert "12 Eyl 2026 12:09" in out


def test_what_may_still_call_is_said_and_what_may_not_is_not(santral: Santral, store: Store, called: int) -> None:
    campaign_in(store, State.OFF, fields={"name": "Duran"}, numbers=[good(phone(1))])
    campaign_in(store, State.DELETED, fields={"name": "Silinen"}, numbers=[good(phone(1))])
    found = {each["campaign"]["name"]: each["may_call"]
             for each in santral("person", NUMBER, "--json").document["campaigns"]}
    assert found == {NAME: False, "Hatırlatma": True, "Duran": True, "Silinen": False}
    text = santral("person", NUMBER).out
    assert text.count("It may still call this number.") == 1
    assert text.count("It may call this number again if it is switched on.") == 1


@pytest.mark.parametrize(("outcome", "said", "launched"), [
    (None, "not launched.", False), (Rejected(WHY), "not launched.", False), (NotSent(WHY), "not launched.", False),
    (Unconfirmed(WHY), "whether the provider created the campaign isn't known.", True),
    (Created(7), "Launched: ", True),
])
def test_what_was_rejected_was_not_launched(
    santral: Santral, store: Store, outcome: Outcome | None, said: str, launched: bool
) -> None:
    draft = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(draft, [good(phone(1))])
    if outcome is not None:
        store.ledger.resolve(begun(store, draft), outcome)
    assert said in santral("person", NUMBER).out
    (each,) = santral("person", NUMBER, "--json").document["campaigns"]
    assert (each["launched_at"] is not None) == launched


def test_a_draft_that_was_rejected_and_deleted_was_not_launched(santral: Santral, store: Store) -> None:
    draft = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(draft, [good(phone(1))])
    store.ledger.resolve(begun(store, draft), Rejected(WHY))
    store.drafts.remove(draft)
    assert "Launched" not in santral("person", NUMBER).out
    assert "not launched." in santral("person", NUMBER).out
    (each,) = santral("person", NUMBER, "--json").document["campaigns"]
    assert (each["launched_at"], each["may_call"]) == (None, False)


def test_what_was_done_with_it_on_the_lists_is_said(santral: Santral, store: Store, called: int, home: Path) -> None:
    assert "Earlier on do-not-call lists" not in santral("person", NUMBER).out
    store.do_not_call.remove("acme", [phone(1)], reason="yanlış tuş", by_user="ali")
    store.do_not_call.add("other", [phone(1)], reason="=dilekçe", by_user="ayse")
    out = santral("person", NUMBER).out
    assert "profile acme: Taken off the list: yanlış tuş (ali)" in out
    assert "profile acme: Put on the list: Pressed the opt-out key in “=Poliçe" in out
    assert out.count(": =dilekçe (ayse)") == 1
    document = santral("person", NUMBER, "--json").document
    (entry,) = document["do_not_call"]
    assert (entry["profile"], entry["reason"], entry["by"]) == ("other", "=dilekçe", "ayse")
    assert [(each["profile"], each["event"]) for each in document["do_not_call_history"]] == [
        ("other", "added"), ("acme", "removed"), ("acme", "added")]
    page = santral("person", NUMBER, "--html", "-").out
    assert "Taken off the list: yanlış tuş (ali)" in page
    rows = santral("person", NUMBER, "--csv", "-").out
    assert rows.count("do-not-call list,") == 2


def test_what_was_written_of_it_is_in_every_form(santral: Santral, store: Store, called: int) -> None:
    store.person_notes.write("acme", phone(1), "Akşam arayın\n[/x]", by_user="ayşe")
    store.person_notes.write("other", phone(1), "=1+1")
    lines = [line.strip() for line in santral("person", NUMBER).out.splitlines()]
    first, second = lines[(place := lines.index("Notes")) + 1:place + 3]
    assert first.startswith("profile acme, ")
    assert first.endswith(", ayşe: Akşam arayın [/x]")
    assert second.startswith("profile other, ")
    assert second.endswith(": =1+1")
    rows = list(csv.reader(io.StringIO(santral("person", NUMBER, "--csv", "-").out.removeprefix("\ufeff"))))
    assert sum("Akşam arayın\n[/x] (ayşe)" in row for row in rows) == 1
    assert sum("'=1+1" in row for row in rows) == 1
    assert {(note["profile"], note["text"], note["by"]) for note in santral(
        "person", NUMBER, "--json").document["notes"]} == {
        ("acme", "Akşam arayın\n[/x]", "ayşe"), ("other", "=1+1", None)}


def test_how_its_calls_went_is_said_where_somebody_asked(santral: Santral, store: Store, called: int) -> None:
    store.call_details.keep("acme", CallDetail("u", "101", "Ayşe", "201", 12, True, "callee", (), NOON))
    out = " ".join(santral("person", NUMBER).out.split())
    assert "put through to extension 101 Ayşe · waited 12 s in queue 201 Destek · the person called hung up" in out
    campaigns = santral("person", NUMBER, "--json").document["campaigns"]
    (known,) = [call["detail"] for each in campaigns for call in each["calls"] if call["detail"] is not None]
    assert (known["answered_by"], known["name"], known["queue"], known["queue_wait_seconds"]) == (
        "101", "Ayşe", "201", 12)


def test_what_iys_files_say_of_it_is_said(
    santral: Santral, store: Store, called: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, {(CONSUMER, "600123"): {1: GIVEN}})
    keep(store, {(CONSUMER, ""): {2: GIVEN}}, profile="other")
    said = ["profile acme: Individuals (BIREYSEL) ONAY, brand code 600123, since 12 Sep 2026 12:00",
            "profile other: not in the İYS file (dated 12 Sep 2026 12:00), so no commercial calls"]
    lines = [line.strip() for line in santral("person", NUMBER).out.splitlines()]
    assert lines[(place := lines.index("İYS consents")) + 1:place + 3] == said
    page = santral("person", NUMBER, "--html", "-").out
    assert all(each in page for each in said)
    monkeypatch.setenv("LANG", "tr_TR.UTF-8")
    assert "acme profili: Bireysel (BIREYSEL) ONAY, marka kodu 600123, 12 Eyl 2026 12:00 tarihinden beri" in santral(
        "person", NUMBER).out


def test_of_what_other_campaign_one_is_made_is_said(santral: Santral, store: Store, called: int) -> None:
    store.trial_calls.make(called, {"name": "Deneme"}, good(phone(3)))
    store.follow_ups.make(called, ResultFilter(called=False), {"name": "Yeniden"})
    lines = [line.strip() for line in santral("person", "0532 000 00 03").out.splitlines()]
    (trial,) = (line for line in lines if line.startswith("A test call of “=Poliçe"))
    (made,) = (line for line in lines if line.startswith("A follow-up of “=Poliçe"))
    assert trial.endswith("(20212).")
    assert made.endswith("(20212): never called.")


def test_a_row_that_is_not_called_is_there_with_what_is_wrong(santral: Santral, store: Store) -> None:
    draft = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(draft, [NumberRow(phone(1), phone(1), problem=Reason("campaign.phone.empty"))])
    assert "In its list, not callable: row 1." in santral("person", NUMBER).out


def test_as_json(santral: Santral, store: Store, called: int) -> None:
    store.suppression.keep("other", SuppressionSource.BLOCKED, [phone(1)])
    made = store.follow_ups.make(called, ResultFilter(), {"name": "Yeniden"}, with_answered=True, with_refused=True)
    store.numbers.drop_marked(made.draft, store.suppression.find(made.draft).marks)
    document = santral("person", "5320000001", "--json").document
    assert {name: document[name] for name in ("phone", "known", "totals")} == {
        "phone": "905320000001", "known": True, "totals": {"campaigns": 3, "calls": 3, "answered": 1}}
    assert [(each["profile"], each["source"], each["campaign"]) for each in document["do_not_call"]] == [
        ("acme", "pressed", called), ("other", "blocked", None)]
    follow, other, first = document["campaigns"]
    assert (follow["follows"], follow["rows"], follow["calls"]) == (called, [], [])
    assert [each["reason"]["code"] for each in follow["left_out"]] == ["store.suppressed.pressed"]
    assert other["rows"] == [{"row": 2, "typed": "905320000001", "reference": "", "phrase": "#456 15/11/2026",
                              "lang": "", "repeats": None, "problem": None}]
    assert (first["campaign"]["ref"], first["final"], first["unlisted"]) == ("20212", True, False)
    assert first["calls"][0] == {
        "at": "2026-09-12T09:09:00Z", "status": "Cevaplandı", "digit": "9", "answered": True, "talk_seconds": 35,
        "source": "both", "call_uuid": "u", "lead_id": "1878",
        "recording": False, "detail": None}
    assert [call["status"] for call in first["calls"]] == ["Cevaplandı", "Meşgul"]


def test_that_nothing_is_known_is_an_answer(santral: Santral, called: int) -> None:
    ran = santral("person", "0532 999 99 99")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == ("Nothing is known about 0532 999 99 99: "
                       "it is in no campaign, draft or do-not-call list in this database.\n")
    assert santral("person", "05329999999", "--json").document == {
        "phone": "905329999999", "known": False, "totals": {"campaigns": 0, "calls": 0, "answered": 0},
        "notes": [], "do_not_call": [], "do_not_call_history": [], "iys": [], "campaigns": []}


@pytest.mark.parametrize("typed", ["532", "444 1 234", "5.32E+9", "iki"])
def test_what_is_no_number_is_refused_with_the_sentence_of_lists(santral: Santral, store: Store, typed: str) -> None:
    ran = santral("person", typed)
    assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)
    assert typed in ran.err


def test_a_profile_that_does_not_exist_is_a_mistake_and_none_has_to_be_named(santral: Santral, called: int) -> None:
    assert santral("person", NUMBER, "--profile", "absent").status == 1
    assert santral("person", NUMBER, "--profile", "other").out == santral("person", NUMBER).out


def test_as_csv_nothing_is_a_formula_and_the_newest_comes_first(santral: Santral, called: int, home: Path) -> None:
    path = home / "kisi.csv"
    ran = santral("person", NUMBER, "--csv", path)
    assert (ran.status, ran.out) == (0, f"What is known about {NUMBER} was written to {path}\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    times = [row["When (Turkish time)"] for row in rows]
    assert times == sorted(times, reverse=True)
    assert {row["Phone"] for row in rows} == {NUMBER}
    calls = [row for row in rows if row["Event"] == "call"]
    assert [(row["Profile"], row["ID"], row["Status"], row["Key"], row["Talk time (seconds)"], row["Answered"])
            for row in calls] == [
        ("beta", "33", "Cevapsız", "", "", "no"),
        ("acme", "20212", "Cevaplandı", "key 9 · Queue 201 Destek", "35", "yes"),
        ("acme", "20212", "Meşgul", "", "", "no")]
    assert calls[1]["Campaign"].startswith("'=Poliçe")
    assert santral("person", NUMBER, "--csv", "-").out.encode() == path.read_bytes()


class Page(HTMLParser):
    """What a page shows, and which elements and attributes it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.shown: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.shown.append(data)


def test_as_html_data_is_no_markup_and_nothing_is_asked_from_elsewhere(
    santral: Santral, called: int, home: Path
) -> None:
    path = home / "kisi.html"
    path.write_text("from before", encoding="utf-8")
    assert santral("person", NUMBER, "--html", path).status == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text(encoding="utf-8")
    page = Page(text)
    assert page.tags == {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "ul", "li", "section",
                         "table", "thead", "tbody", "tr", "th", "td", "footer"}
    assert page.attributes == {"lang", "charset", "http-equiv", "content", "name"}
    assert "http:" not in text
    assert "https:" not in text
    assert "url(" not in text
    assert '<b>"x" & [red]y[/]</b>\\x1b[31m' in "".join(page.shown).replace("\\e", "\\x1b")
    assert "\x1b" not in text
    shown = "".join(page.shown)
    for said in ("Calls to 0532 000 00 01", "12 Sep 2026 12:09", "key 9 · Queue 201 Destek", "“Hatırlatma” (33)",
                 "profile beta"):
        assert said in shown
    assert santral("person", NUMBER, "--html", "-").out.startswith("<!DOCTYPE html>")


def test_a_place_where_no_file_can_be_is_said(santral: Santral, called: int, home: Path) -> None:
    for path in (home, home / "absent" / "p.html"):
        ran = santral("person", NUMBER, "--html", path)
        assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
        assert str(path if path.exists() else path.parent) in ran.err
    assert not (home / "absent").exists()


def test_a_pipe_is_no_place_for_a_file(santral: Santral, called: int, home: Path) -> None:
    os.mkfifo(home / "pipe")
    ran = santral("person", NUMBER, "--csv", home / "pipe")
    assert (ran.status, ran.out, len(ran.said), str(home / "pipe") in ran.err) == (1, "", 1, True)


def test_forms_exclude_one_another(santral: Santral, called: int) -> None:
    assert santral("person", NUMBER, "--json", "--csv", "-").status == 2


def test_times_are_turkish_and_have_a_year(santral: Santral, store: Store, called: int) -> None:
    ingest(store, told(1, "Meşgul", minute=14 * 60))  # 23:00 in UTC
    assert "13 Sep 2026 02:00" in santral("person", NUMBER).out
