"""The consents of İYS in the app: what is known of them, the import of a file, and a commercial launch."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from textual.pilot import Pilot

from tests.screens.conftest import READY, World
from tests.screens.test_left_out import launched
from tests.screens.waiting import at_rest, until
from tui.campaign.consent import ConsentStatus, RecipientType, weight_of
from tui.i18n.words import say
from tui.screens import launch as launch_screen
from tui.screens.consents import ConsentsDialog
from tui.screens.numbers_filter import SUPPRESSED, NumberFilter
from tui.store.consents import ImportNotes
from tui.widgets.editors import LineEditor

HEADER = "Alıcı;İzin Türü;Durum;Alıcı Türü"
FIRST = "905321234567"


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch_screen, "COUNTDOWN_SECONDS", 1)


@asynccontextmanager
async def the_dialog(world: World, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Pilot[str]]:
    async with world.app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, world, "acme")
        await pilot.press("b")
        await until(pilot, world, say("screens.dnc.title"))
        await pilot.press("i")
        await until(pilot, world, say("screens.iys.title"))
        yield pilot


def dialog(world: World) -> ConsentsDialog:
    screen = world.app.screen
    assert isinstance(screen, ConsentsDialog)
    return screen


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
async def test_a_file_is_imported_and_what_is_known_is_said(
        world: World, tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "izinler.csv"
    path.write_text(f"{HEADER}\n{FIRST};ARAMA;ONAY;BIREYSEL\n0{FIRST[2:]};MESAJ;RET;BIREYSEL\nyok;ARAMA;RET;TACIR\n",
                    encoding="utf-8")
    async with the_dialog(world, size) as pilot:
        await until(pilot, world, say("text.iys.nothing"))
        dialog(world).query_one("#path", LineEditor).put(str(path))
        await pilot.press("enter", "enter")
        await until(pilot, world, say("text.iys.counts", type=say("text.iys.bireysel"), given=1, refused=0))
        shown = " ".join(world.screen_text.split())
        assert say("text.iys.unread", count=1, places="4")[:30] in shown
        assert say("text.iys.others", count=1, others="MESAJ 1")[:30] in shown
        await pilot.press("escape")
        await until(pilot, world, say("text.dnc.consents", moment="")[:10])


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_columns_are_asked_for_where_their_names_do_not_say_them(
        world: World, tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "kendi.csv"
    path.write_text(f"Kime;Tür;Onay mı;Alıcı Türü\n{FIRST};ARAMA;ONAY;TACIR\n", encoding="utf-8")
    async with the_dialog(world, size) as pilot:
        dialog(world).query_one("#path", LineEditor).put(str(path))
        await pilot.press("enter", "enter")
        await until(pilot, world, "RECIPIENT, STATUS")
        assert dialog(world).query_one("#path", LineEditor).value == str(path)
        dialog(world).query_one("#column-recipient", LineEditor).put("Kime")
        dialog(world).query_one("#column-status", LineEditor).put("3")
        await pilot.press("enter", "enter")  # from the line on to the button
        await until(pilot, world, say("text.iys.counts", type=say("text.iys.tacir"), given=1, refused=0))


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_codes_are_asked_for_where_the_file_has_brands_by_name(
        world: World, tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "adlar.csv"
    path.write_text(f"{HEADER};Marka\n{FIRST};ARAMA;ONAY;TACIR;[/x] Acme\n0{FIRST[2:]};ARAMA;ONAY;TACIR;Beta\n",
                    encoding="utf-8")
    async with the_dialog(world, size) as pilot:
        dialog(world).query_one("#path", LineEditor).put(str(path))
        await pilot.press("enter", "enter")
        await until(pilot, world, say("screens.iys.brand_names", brands="Beta, [/x] Acme")[:40])
        codes = dialog(world).query_one("#codes", LineEditor)
        assert (codes.value, codes.has_focus) == ("Beta =; [/x] Acme =", True)
        codes.put("Beta = 600124; [/x] Acme = altı")
        await pilot.press("enter", "enter")
        await until(pilot, world, say("screens.iys.bad_code", value="[/x] Acme = altı")[:40])
        await at_rest(pilot, world)
        assert codes.has_focus
        codes.put("Beta = 600124; [/x] acme = 600123")
        await pilot.press("enter")
        await at_rest(pilot, world)
        await pilot.press("enter")
        await until(pilot, world, say("text.iys.codes", codes="Beta = 600124, [/x] acme = 600123")[:50])
        known = world.store.consents.current("acme")
        assert known is not None
        assert known.notes.brands == ("600123", "600124")


async def test_how_far_an_import_is_is_shown_keys_act_meanwhile_and_esc_gives_it_up(
        world: World, tmp_path: Path) -> None:
    path = tmp_path / "uzun.csv"
    rows = "".join(f"905{number:09d};ARAMA;ONAY;BIREYSEL\n" for number in range(300_000_000, 300_600_000))
    path.write_text(f"{HEADER}\n{rows}", encoding="utf-8")
    async with the_dialog(world) as pilot:
        dialog(world).query_one("#path", LineEditor).put(str(path))
        await pilot.press("enter", "enter")
        await until(pilot, world, say("text.iys.reading", count=100_000)[-9:])
        await pilot.press("question_mark")
        await until(pilot, world, say("screens.help.title"))
        await pilot.press("escape", "escape")
        await until(pilot, world, say("screens.iys.stopped"))
    assert world.store.consents.current("acme") is None


async def test_without_a_path_it_is_asked_for(world: World) -> None:
    async with the_dialog(world) as pilot:
        await pilot.press("enter", "enter")
        await until(pilot, world, say("screens.iys.type_path"))


async def test_a_profiles_file_that_cannot_be_read_is_said(world: World, tmp_path: Path) -> None:
    services = world.app.services
    services.profile = replace(services.profile, iys_file=tmp_path / "yok.csv")
    async with the_dialog(world) as pilot:
        await until(pilot, world, "There is no file")
        await until(pilot, world, say("text.iys.nothing"))


# A commercial launch

COMMERCIAL = READY | {"is_commercial": "true", "iys_recipient_type": "BIREYSEL", "iys_brand_code": "600123"}
TWO = ("05321234567", "05321234568")


async def to_review(pilot: Pilot[str], world: World) -> None:
    await until(pilot, world, "Memnuniyet anketi")
    await pilot.press("enter")
    await until(pilot, world, say("campaign.field.name"))
    await pilot.press("f9")


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
async def test_without_consents_review_says_so_and_a_typed_number_launches_all_the_same(world: World) -> None:
    world.draft(COMMERCIAL, TWO)
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await to_review(pilot, world)
        await until(pilot, world, say("operations.iys.missing")[:25])
        assert say("screens.form.no_problems") not in world.screen_text
        await pilot.press("d")
        await until(pilot, world, say("screens.refused.no_consents_title"))
        await pilot.press("2", "enter", "enter")
        await until(pilot, world, say("screens.form.no_problems"))
        assert say("operations.iys.missing")[:25] in world.screen_text
        await pilot.press("d")  # and back
        await until(pilot, world, say("screens.form.no_problems"), gone=True)


async def test_whoever_has_not_agreed_is_left_out_and_cannot_be_let_in(world: World) -> None:
    made = world.draft(COMMERCIAL, TWO)
    given = {(RecipientType.CONSUMER, ""): {FIRST: weight_of(ConsentStatus.GIVEN, None)}}
    world.store.consents.keep("acme", given, path="/x.csv", stamp_="1", named={}, notes=ImportNotes(),
                              file_at=world.app.services.now())
    world.answers = [httpx.Response(200, text="20212")]
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await to_review(pilot, world)
        await until(pilot, world, "no İYS consent: 1")
        await pilot.press("d")
        await until(pilot, world, say("screens.review.only_consents")[:40])
        await pilot.press("l")
        await until(pilot, world, "Launch “Memnuniyet anketi”?")
        assert await launched(pilot, world) == [FIRST]
    assert [row.why.code for row in world.store.numbers.each_dropped(made)] == ["store.suppressed.no_consent"]


async def test_the_numbers_show_whoever_has_not_agreed(world: World) -> None:
    made = world.draft(COMMERCIAL, TWO)
    given = {(RecipientType.CONSUMER, ""): {FIRST: weight_of(ConsentStatus.REFUSED, None)}}
    world.store.consents.keep("acme", given, path="/x.csv", stamp_="1", named={}, notes=ImportNotes(),
                              file_at=world.app.services.now())
    shown = NumberFilter(made)
    shown.name = SUPPRESSED
    await shown.find_marked(world.app.services, lambda _share: None)
    assert shown.marks is not None
    assert [shown.marks.reason(place).code for place in range(2)] == [
        "store.suppressed.consent_refused", "store.suppressed.no_consent"]
