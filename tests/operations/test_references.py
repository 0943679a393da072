"""References on their way through the program: taken in, exported, gone on with, and sent to nobody."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import openpyxl
import pytest
from msgspec.structs import replace

from tests.operations.resulting import at_work
from tests.operations.test_launch import NOW, QUEUE, Desk, desk
from tests.store.results import begun, ingest, phone, told
from tests.store.support import good
from tui.campaign.lifecycle import Action, AskedBy, Created
from tui.campaign.phone_list import Number
from tui.campaign.reference import LONGEST, reference_note
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.numbers.columns import Role
from tui.numbers.listing import AS_PROPOSED, ListOptions
from tui.numbers.named_columns import with_columns
from tui.numbers.rows import read
from tui.numbers.source import PastedText, open_list
from tui.operations.campaign_file import read_campaign_file
from tui.operations.export import ExportFormat, export
from tui.operations.export_csv import export_dropped
from tui.operations.export_person import PersonFormat, person_bytes
from tui.operations.follow_up import follow_up
from tui.operations.importing import import_list
from tui.operations.launch import launch
from tui.operations.launch_request import prepare
from tui.operations.person import look_up_person
from tui.operations.phone_list import BadRow, validated
from tui.operations.services import Services
from tui.operations.trial_call import plan_test, trial_draft
from tui.store import ResultFilter, RowFilter
from tui.store import list_building as building
from tui.text.person import person_text

__all__ = ["desk"]

LONG = "x" * (LONGEST + 1)
ODD = '=HYPERLINK("http://x")\n[b]ş[/b]\x1b[31m'


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with at_work(tmp_path / "santral.db") as made:
        yield made


@pytest.fixture
def draft(services: Services) -> int:
    return services.store.drafts.create("acme", {"name": "Anket"})


def references(services: Services, campaign: int) -> list[str]:
    return [row.reference for row in services.store.numbers.page(campaign, 0, 1_000)]


# Never sent

NOT_COMMERCIAL = {"is_commercial": "", "iys_recipient_type": "", "iys_brand_code": ""}  # else who has agreed counts
REFERENCES = ("", "Ayşe Yılmaz", "4711", ODD, LONG)


async def test_what_is_sent_is_the_same_to_the_byte_with_references_and_without(desk: Desk) -> None:
    desk.services.public_url = None  # each launch has a webhook of its own
    sent, kept = [], []
    for known in (False, True):
        draft = desk.store.drafts.create("acme", {**QUEUE, **NOT_COMMERCIAL, "keep_repeats": "true"})
        desk.store.numbers.add(draft, validated(
            [Number(f"0532123450{place}", f"#1 {place}.50", "tr-TR", reference if known else "")
             for place, reference in enumerate(REFERENCES)]
            + [Number("05321234500", "#2", "", "başka" if known else ""), Number("05321234501", "#1 1.50", "tr-TR",
                                                                               "bir başkası" if known else "")]))
        ready = await prepare(desk.services, draft)
        assert ready.request is not None, ready.problems
        kept.append((ready.request.hash, ready.request.size, ready.claim.key(NOW), ready.shown, ready.rows))
        assert await launch(desk.services, ready) == Created(20212 + known)
        sent.append(desk.requests[-1])
        desk.answer = lambda _: httpx.Response(200, text="20213")
        # What was deleted may be launched again.
        desk.store.switches.done(desk.store.switches.begin(draft, Action.DELETE, AskedBy.COMMAND))
    assert kept[0] == kept[1]
    assert sent[0] == sent[1]
    assert not any(text.encode() in sent[1] for text in ("Ayşe", "4711", "HYPER", "xxx"))


async def test_a_test_call_is_about_its_own_number_alone(desk: Desk) -> None:
    draft = desk.draft(**NOT_COMMERCIAL)
    desk.store.numbers.replace(draft, 1, next(validated([Number("05321234567", "", "", "Ayşe")])))
    planned = await plan_test(desk.services, draft)
    test = await trial_draft(desk.services, planned, "905321110001")
    assert references(desk.services, test) == [""]


# Taken in

LIST = "Telefon;Müşteri No;Cümle\n05321234567;4711;\n0532 123 45 68;  Ayşe Öz ;#456\n5;4713;\n02121234567;{0};\n\n"


@pytest.mark.parametrize("few", [1, 10_000])
async def test_a_list_is_taken_in_with_what_is_its_reference(
        services: Services, draft: int, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain rows and odd ones, few and many."""
    monkeypatch.setattr(building, "_FEW", few)
    monkeypatch.setattr(building, "_AT_ONCE", few)
    imported = await import_list(services, draft, PastedText(LIST.format(LONG)), AS_PROPOSED)
    assert references(services, draft) == ["4711", "Ayşe Öz", "4713", LONG[:LONGEST] + "…"]
    assert (imported.rows, imported.cut, imported.summary.bad) == (4, 1, 1)
    again = await import_list(services, draft, PastedText(LIST.format(LONG)))
    assert references(services, draft)[4:] == ["", "", "", ""]
    assert again.cut == 0


async def test_what_was_cut_is_told_of_the_row(services: Services, draft: int) -> None:
    services.store.numbers.add(draft, validated([Number("05321234567", reference=LONG), Number("05321234568")]))
    notes = [reference_note(row.reference) for row in services.store.numbers.page(draft, 0, 5)]
    assert [note is not None for note in notes] == [True, False]


def test_rows_are_kept_with_theirs_be_they_callable_or_not() -> None:
    reason = Reason("numbers.row.error", {"value": "#N/A"})
    bad = BadRow(Number("", reference=" Ali "), reason)
    found = list(validated([Number("05321234567", reference=" Ayşe "), Number("5", reference="Can"), bad]))
    assert [(row.reference, row.problem is None) for row in found] == [("Ayşe", True), ("Can", False), ("Ali", False)]
    assert found[2].problem == reason


def test_a_campaign_file_has_them_beside_its_numbers(tmp_path: Path) -> None:
    path = tmp_path / "anket.toml"
    path.write_text('name = "Anket"\n[[phone_list]]\nphone = "05321234567"\nreference = " Ayşe "\n'
                    '[[phone_list]]\nphone = "05321234568"\nreference = 4711\n'
                    '[[phone_list]]\nphone = "05321234569"\nreferance = "x"\n', encoding="utf-8")
    found = read_campaign_file(path)
    assert [number.reference for number in found.numbers] == ["Ayşe", "4711", ""]
    assert [(problem.code, problem.reason.params.get("form")) for problem in found.problems] == [
        ("campaign.file.row_quoted", None), ("campaign.file.row_unknown_meant", "reference")]


# Gone on with, and exported

def test_of_many_references_of_a_number_the_newest_are_told_first(services: Services) -> None:
    for place in range(7):
        made = services.store.drafts.create("acme", {"name": str(place)})
        services.store.numbers.add(made, [replace(good(phone(1)), reference=f"M-{place % 6}")])
    person = services.store.persons.of(phone(1))
    assert person.references == ("M-0", "M-5", "M-4", "M-3", "M-2", "M-1")
    text = person_text(person, {}, NOW)
    assert text.known_as == say("text.person.known_as", references="M-0; M-5; M-4; M-3; M-2; …")


@pytest.fixture
def called(services: Services, draft: int) -> int:
    rows = [replace(good(phone(1)), reference="Ayşe Öz"), replace(good(phone(2)), reference=ODD), good(phone(3))]
    services.store.drafts.change(draft, {"call_type": "ivr"})
    services.store.numbers.add(draft, rows)
    services.store.ledger.resolve(begun(services.store, draft), Created(20_212))
    ingest(services.store, told(1, "Meşgul"), told(2, "Meşgul"))
    return draft


async def test_who_is_followed_up_is_known_by_the_same_reference(services: Services, called: int) -> None:
    made = await follow_up(services, called, ResultFilter(words="oz"), with_open=True)
    assert references(services, made.draft) == ["Ayşe Öz"]


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


async def test_results_are_exported_with_them_and_nothing_of_it_is_a_formula(
        services: Services, called: int, tmp_path: Path) -> None:
    await export(services, called, tmp_path / "x.csv", ExportFormat.CSV)
    heading = say("operations.export.column.reference")
    data = (tmp_path / "x.csv").read_bytes()
    assert data.decode("utf-8-sig").split(",")[1] == heading  # beside the number
    assert [row[heading] for row in table(data)] == ["Ayşe Öz", f"'{ODD}", ""]
    await export(services, called, tmp_path / "x.xlsx", ExportFormat.XLSX)
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")[say("operations.export.sheet.numbers")]
    cells = [row[1] for row in sheet.iter_rows()]
    assert [cell.value for cell in cells[:2]] == [heading, "Ayşe Öz"]
    assert (cells[2].data_type, cells[3].value) == ("s", None)


async def test_what_was_exported_is_taken_in_again_with_its_references(
        services: Services, called: int, tmp_path: Path) -> None:
    await export(services, called, tmp_path / "x.csv", ExportFormat.CSV)
    fresh = services.store.drafts.create("acme", {"name": "Yeniden"})
    await import_list(services, fresh, open_list(tmp_path / "x.csv"), AS_PROPOSED)
    assert references(services, fresh)[::2] == ["Ayşe Öz", ""]


async def test_dropped_rows_are_written_with_theirs_and_read_again(
        services: Services, draft: int, tmp_path: Path) -> None:
    services.store.numbers.add(draft, validated([Number("05321234567", reference="Ayşe"), Number("5", reference=ODD)]))
    services.store.numbers.drop(draft, [1])
    services.store.numbers.drop_which(draft, RowFilter.PROBLEMS)
    await export_dropped(services, draft, tmp_path / "x.csv")
    heading = say("operations.dropped.reference")
    assert [row[heading] for row in table((tmp_path / "x.csv").read_bytes())] == ["Ayşe", f"'{ODD}"]
    source = open_list(tmp_path / "x.csv")
    assert next(read(source, AS_PROPOSED)).reference == "Ayşe"
    named = with_columns(source, ListOptions(), {Role.REFERENCE: heading})
    assert next(read(source, named)).reference == "Ayşe"


async def test_what_is_known_of_a_number_names_it_by_each_campaigns_reference(
        services: Services, called: int) -> None:
    other = services.store.drafts.create("acme", {"name": "Başka"})
    services.store.numbers.add(other, [replace(good(phone(1)), reference="A. Öz"),
                                       replace(good(phone(1)), reference=ODD)])
    services.store.numbers.drop(other, [2])
    report = await look_up_person(services, phone(1))
    heading = say("operations.person.column.reference")
    found = {row[heading] for row in table(person_bytes(report, PersonFormat.CSV))}
    assert found == {"Ayşe Öz", "A. Öz", f"'{ODD}"}
    assert set(report.person.references) == {"Ayşe Öz", "A. Öz", ODD}
    lines = list(person_text(report.person, report.accounts, report.at).lines())
    assert lines[2] == say("text.person.known_as", references="; ".join(report.person.references))
    page = person_bytes(report, PersonFormat.HTML).decode()
    assert "Ayşe Öz" in page
    assert "[b]ş[/b]\\x1b[31m" in page
    assert "\x1b" not in page
