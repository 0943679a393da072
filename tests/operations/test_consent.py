"""Whoever has not agreed is left out of a commercial launch; where that isn't known, nobody is called."""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.operations.resulting import NOW, at_work
from tests.store.results import phone
from tests.store.support import good
from tui.campaign.consent import consent_needed
from tui.campaign.lifecycle import AskedBy
from tui.campaign.reach import CountedAs
from tui.campaign.rules import Weight
from tui.numbers.errors import BadList
from tui.operations import consent_import
from tui.operations.consent import import_consents
from tui.operations.consent_import import ConsentProgress
from tui.operations.launch_request import Ready, prepare
from tui.operations.left_out import Overrides, may_be_tested
from tui.operations.services import NotPossible, Services
from tui.text.formats import sentence

QUEUE = {"call_type": "queue", "name": "Kampanya", "queue_number": "201", "active_days": "1,2,3,4,5,6,7",
         "cli": "902129630131"}
COMMERCIAL = QUEUE | {"is_commercial": "true", "iys_recipient_type": "BIREYSEL", "iys_brand_code": "600123"}
HEADER = "Alıcı;İzin Türü;Durum;Alıcı Türü;İzin Tarihi"
WITHOUT = Overrides(without_iys=True)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with at_work(tmp_path / "santral.db") as made:
        yield made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """1 has agreed, 2 has refused, 3 has agreed as a trader, 4 to messages; nothing is known of 5."""
    path = tmp_path / "izinler.csv"
    path.write_text("\n".join([
        HEADER, f"{phone(1)};ARAMA;ONAY;BIREYSEL;", f"{phone(2)};ARAMA;RET;BIREYSEL;", f"{phone(3)};ARAMA;ONAY;TACIR;",
        f"{phone(4)};MESAJ;ONAY;BIREYSEL;"]), encoding="utf-8")
    aged(path)
    return path


def write(path: Path, text: str, **age: float) -> None:
    path.write_text(text, encoding="utf-8")
    aged(path, **age)


def gone(path: Path) -> None:
    path.unlink()


def aged(path: Path, **age: float) -> None:
    seconds = (NOW - dt.timedelta(**age)).timestamp()
    os.utime(path, (seconds, seconds))


def draft(services: Services, fields: dict[str, str] = COMMERCIAL, numbers: int = 5) -> int:
    made = services.store.drafts.create("acme", fields)
    services.store.numbers.add(made, [good(phone(place)) for place in range(1, numbers + 1)])
    return made


def told(ready: Ready) -> dict[str, Weight]:
    """What is said of consents and of who is left out."""
    return {problem.code: problem.weight for problem in ready.left_out.problems}


async def test_whoever_has_not_agreed_is_left_out_with_the_reason(services: Services, file: Path) -> None:
    await import_consents(services, file)
    ready = await prepare(services, draft(services))
    assert list(ready.left_out.positions) == [2, 3, 4, 5]
    marks = ready.left_out.left.marks
    assert [marks.reason(place).code.rpartition(".")[2] for place in range(4)] == [
        "consent_refused", "no_consent", "no_consent", "no_consent"]
    assert (ready.recipients, ready.left_out.refusals[CountedAs.NO_CONSENT]) == (1, 4)
    assert told(ready) == {"campaign.problem.left_out": Weight.WARNING}
    assert "no İYS consent: 4" in sentence(ready.left_out.problems[0].reason)
    assert [row["phone"] for row in (ready.request.first if ready.request else [])] == [phone(1)]


async def test_it_is_asked_for_the_campaigns_own_type(services: Services, file: Path) -> None:
    await import_consents(services, file)
    ready = await prepare(services, draft(services, COMMERCIAL | {"iys_recipient_type": "TACIR"}))
    assert list(ready.left_out.positions) == [1, 2, 4, 5]


@pytest.mark.parametrize("fields", [QUEUE, QUEUE | {"iys_recipient_type": "BIREYSEL", "iys_brand_code": "600123"}])
async def test_a_campaign_that_is_not_commercial_is_not_touched(
        services: Services, file: Path, fields: dict[str, str]) -> None:
    ready = await prepare(services, draft(services, fields))
    assert (told(ready), ready.recipients) == ({}, 5)
    await import_consents(services, file)
    ready = await prepare(services, draft(services, fields))
    assert (told(ready), ready.recipients) == ({}, 5)


@pytest.mark.parametrize(("asked_by", "way_out"), [(AskedBy.APP, "in Review d launches"),
                                                   (AskedBy.COMMAND, "--without-iys launches")])
async def test_without_consents_nobody_is_called_unless_a_person_says_so(
        services: Services, asked_by: AskedBy, way_out: str) -> None:
    services.asked_by = asked_by
    made = draft(services)
    ready = await prepare(services, made)
    assert (ready.request, ready.left_out.consents_unknown) == (None, True)
    assert set(told(ready).values()) == {Weight.ERROR}
    assert way_out in sentence(ready.left_out.problems[-1].reason)
    assert (await prepare(services, made, overrides=Overrides(with_do_not_call=True))).request is None
    ready = await prepare(services, made, overrides=WITHOUT)
    assert (ready.recipients, set(told(ready).values())) == (5, {Weight.WARNING})


async def test_an_old_file_is_warned_about(services: Services, file: Path) -> None:
    aged(file, days=3)
    await import_consents(services, file)
    made = draft(services)
    assert "operations.iys.old" not in told(await prepare(services, made))
    services.now = lambda: NOW + dt.timedelta(seconds=1)
    ready = await prepare(services, made)
    assert told(ready)["operations.iys.old"] is Weight.WARNING
    assert ready.recipients == 1
    services.profile = replace(services.profile, iys_days=4)
    assert "operations.iys.old" not in told(await prepare(services, made))


async def test_rows_that_cannot_be_read_are_warned_about_before_each_launch(services: Services, file: Path) -> None:
    write(file, f"{HEADER}\n{phone(1)};ARAMA;ONAY;BIREYSEL;\nyok;ARAMA;RET;BIREYSEL;\n")
    await import_consents(services, file)
    (problem,) = [each for each in (await prepare(services, draft(services))).left_out.problems
                  if each.code == "operations.iys.unread"]
    assert (problem.reason.params["count"], problem.reason.params["places"]) == (1, "3")


async def test_the_profiles_file_is_read_when_it_changes_and_stops_where_it_cannot_be(
        services: Services, file: Path) -> None:
    services.profile = replace(services.profile, iys_file=file)
    made = draft(services)
    assert (await prepare(services, made)).recipients == 1
    write(file, f"{HEADER}\n{phone(1)};ARAMA;RET;BIREYSEL;\n{phone(5)};ARAMA;ONAY;BIREYSEL;\n", hours=1)
    assert list((await prepare(services, made)).left_out.positions) == [1, 2, 3, 4]
    gone(file)
    ready = await prepare(services, made)
    assert told(ready) == {"campaign.problem.left_out": Weight.WARNING, "operations.iys.unreadable": Weight.ERROR,
                           "numbers.list.no_file": Weight.ERROR, "operations.iys.stops_app": Weight.ERROR}
    ready = await prepare(services, made, overrides=WITHOUT)
    assert (ready.recipients, list(ready.left_out.positions)) == (1, [1, 2, 3, 4])  # by what was known


async def test_of_another_brand_nobody_has_agreed(services: Services, file: Path) -> None:
    write(file, f"Alıcı;Tür;Durum;Alıcı Türü;Marka Kodu\n{phone(1)};ARAMA;ONAY;BIREYSEL;600999\n")
    await import_consents(services, file)
    ready = await prepare(services, draft(services))
    assert told(ready) == {"campaign.problem.all_left_out": Weight.ERROR, "operations.iys.brand": Weight.WARNING}


async def test_of_brands_by_name_that_is_said_and_their_codes_let_in_whoever_has_agreed(
        services: Services, file: Path) -> None:
    write(file, f"Alıcı;Tür;Durum;Alıcı Türü;Marka\n{phone(1)};ARAMA;ONAY;BIREYSEL;Acme\n"
                f"{phone(2)};ARAMA;RET;BIREYSEL;acme\n{phone(3)};ARAMA;ONAY;BIREYSEL;Beta\n")
    await import_consents(services, file)
    made = draft(services)
    ready = await prepare(services, made)
    (said,) = [each for each in ready.left_out.problems if each.code == "operations.iys.brand_names"]
    told_so = sentence(said.reason)
    assert "(Acme, Beta, acme)" in told_so
    assert "by the code 600123" in told_so
    assert "--brand 'Acme=600123'" in told_so
    assert ready.recipients == 0
    await import_consents(services, file, codes={"ACME": "600123"})
    ready = await prepare(services, made)
    assert (list(ready.left_out.positions), ready.recipients) == ([2, 3, 4, 5], 1)
    assert told(ready) == {"campaign.problem.left_out": Weight.WARNING}


async def test_a_cancelled_import_changes_nothing_and_how_far_it_is_is_told(services: Services, file: Path) -> None:
    await import_consents(services, file)
    known = services.store.consents.current("acme")
    many = "".join(f"{phone(number)};ARAMA;ONAY;BIREYSEL;\n" for number in range(60_000))
    write(file, f"{HEADER}\n{many}")
    seen: list[ConsentProgress] = []
    importing = asyncio.create_task(import_consents(services, file, progress=seen.append))
    while not any(at.of and at.kept for at in seen):
        await asyncio.sleep(0.005)
        assert not importing.done()
    importing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await importing
    assert services.store.consents.current("acme") == known
    assert services.store._context.database.number("SELECT count(*) FROM consents") == 3
    assert [at.rows for at in seen] == sorted(at.rows for at in seen)
    made = await import_consents(services, file)
    assert services.store.consents.current("acme") == made
    assert made.notes.rows == 60_000


async def test_given_up_twice_it_ends_by_itself_and_nothing_is_logged(
    services: Services, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By `esc`, and by the screen that is left: the file may be found to be none only then."""
    loop, goes_on = asyncio.get_running_loop(), threading.Event()
    begun, ended = asyncio.Event(), asyncio.Event()
    logged: list[str] = []
    loop.set_exception_handler(lambda _loop, context: logged.append(str(context["message"])))

    def fails_late(_self: object) -> None:
        loop.call_soon_threadsafe(begun.set)
        assert goes_on.wait(10)
        loop.call_soon_threadsafe(ended.set)
        raise BadList("numbers.list.no_file", path=str(file))

    monkeypatch.setattr(consent_import._Import, "run", fails_late)
    task = asyncio.create_task(import_consents(services, file))
    await begun.wait()
    for _ in range(2):
        task.cancel()
        await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await task
    del task
    goes_on.set()
    await ended.wait()
    await asyncio.sleep(0.05)  # what the thread has failed with is known now
    gc.collect()
    assert logged == []


async def test_do_not_call_lists_are_said_first_and_let_nobody_in_who_has_not_agreed(
        services: Services, file: Path) -> None:
    await import_consents(services, file)
    services.store.do_not_call.add("acme", [phone(1), phone(2)])
    made = draft(services)
    ready = await prepare(services, made)
    counts = {counted.value: count for counted, count in ready.left_out.refusals.by.items()}
    assert counts == {"list": 2, "no_consent": 3}
    ready = await prepare(services, made, overrides=Overrides(with_do_not_call=True))
    assert (list(ready.left_out.positions), ready.recipients) == ([2, 3, 4, 5], 1)
    assert told(ready) == {"campaign.problem.left_out": Weight.WARNING,
                           "campaign.problem.called_all_the_same": Weight.WARNING}
    (called,) = [each for each in ready.left_out.problems if each.code == "campaign.problem.called_all_the_same"]
    assert called.reason.params["count"] == 1


async def test_a_test_call_goes_to_the_own_number_alone_without_consent(services: Services, file: Path) -> None:
    needed = consent_needed(services.store.campaigns.get(draft(services)).draft)
    services.profile = replace(services.profile, test_number=phone(9))
    await may_be_tested(services, phone(9), needed)
    with pytest.raises(NotPossible) as refused:
        await may_be_tested(services, phone(1), needed)
    assert refused.value.reason.code == "operations.iys.missing"
    await import_consents(services, file)
    await may_be_tested(services, phone(1), needed)
    with pytest.raises(NotPossible) as refused:
        await may_be_tested(services, phone(5), needed)
    assert refused.value.reason.code == "operations.test.refused"
    await may_be_tested(services, phone(5))
