"""What is known of one number, as a file for whoever asks: CSV for a spreadsheet, HTML for reading and printing.

In the language in use and in Turkish time. The HTML is one file that asks no network for anything and runs nothing.
"""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from enum import StrEnum
from html import escape
from pathlib import Path
from typing import Final

from msgspec import Struct

from tui.campaign.dates import ISTANBUL
from tui.campaign.phone import readable_phone
from tui.campaign.results import ResultSource, has_recording
from tui.core.files import Replacement, place_of
from tui.core.reason import Reason
from tui.core.sanitize import visible
from tui.core.text_keys import TextKeys
from tui.i18n.words import language, say
from tui.operations import export_rows
from tui.operations.export import refusing
from tui.operations.export_csv import SEPARATOR, harmless
from tui.operations.person import PersonReport
from tui.operations.services import NotPossible
from tui.store import Campaign
from tui.text.calls import answered_by_text
from tui.text.formats import sentence, state_shown
from tui.text.person import (
    COLUMN,
    CampaignText,
    change_text,
    launched_at,
    person_text,
    references_text,
    refusal_text,
)
from tui.text.results import key_text


class PersonFormat(StrEnum):
    """The formats of such a file; the value is the ending of its name."""

    CSV = "csv"
    HTML = "html"

    @classmethod
    def of(cls, path: Path) -> PersonFormat:
        """What a file's name asks for; HTML unless it ends in .csv."""
        return cls.CSV if path.suffix.lower() == ".csv" else cls.HTML


class _Event(StrEnum):
    """What a row of the CSV file is about."""

    CALL = "call"
    LISTED = "listed"  # in a list, and not called
    LEFT_OUT = "left_out"
    DO_NOT_CALL = "do_not_call"
    LIST = "list"  # what was done with it on a do-not-call list
    NOTE = "note"


CSV_COLUMNS: Final = ("phone", "reference", "event", "at", "profile", "campaign", "ref", "state", "status", "digit",
                      "answered", "talk_seconds", "source", "call_uuid", "lead_id", "note",
                      "answered_by", "recording")
_COLUMN: Final = TextKeys("operations.person.column.{}", CSV_COLUMNS)
_EVENT: Final = TextKeys("operations.person.event.{}", _Event)
_SOURCE: Final = TextKeys("operations.export.source.{}", ResultSource)
_STYLE: Final = """
body { font: 11pt/1.45 system-ui, sans-serif; color: #111; background: #fff; }
body { max-width: 50em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.5em; margin: 0 0 .2em; } h2 { font-size: 1.1em; margin: 1.6em 0 .3em; }
p { margin: .2em 0; } ul { margin: .2em 0; padding-left: 1.2em; }
table { border-collapse: collapse; width: 100%; margin: .4em 0; }
th, td { text-align: left; vertical-align: top; padding: .25em .6em .25em 0; border-bottom: 1px solid #ccc; }
h1, h2, p, li, td { overflow-wrap: anywhere; }
footer { margin-top: 2em; color: #555; }
@page { margin: 18mm; }
@media print { body { margin: 0; max-width: none; padding: 0; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
"""


async def export_person(report: PersonReport, path: Path, form: PersonFormat) -> None:
    """Write a file, for its owner alone; one that is there is replaced when the new one is whole.

    NotPossible where it can't be written.
    """
    with refusing(path):
        await asyncio.to_thread(lambda: _put(path, person_bytes(report, form)))


def person_bytes(report: PersonReport, form: PersonFormat) -> bytes:
    """The whole file."""
    return person_csv(report) if form is PersonFormat.CSV else person_html(report)


def _put(path: Path, data: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(path)
    if path.exists() and not path.is_file():
        raise NotPossible(Reason("operations.export.not_file", {"path": str(path)}))
    with place_of(path) as place:
        fresh = Replacement(place)
        try:
            with open(fresh.descriptor, "wb", closefd=False) as stream:
                stream.write(data)
            fresh.put()
        finally:
            fresh.drop()


# CSV

class _Line(Struct, frozen=True):
    at: dt.datetime | None
    cells: dict[str, str | int | None]


def person_csv(report: PersonReport) -> bytes:
    """A row for each call, each list that it was not called by, each time that it was left out, each refusal.

    The newest first; those whose time isn't known last. As Excel opens it by a double click.
    """
    lines = sorted((*_of_campaigns(report), *_of_refusals(report), *_of_changes(report), *_of_notes(report)),
                   key=lambda line: (line.at is not None, line.at or report.at), reverse=True)
    text = io.StringIO(newline="")
    pen = csv.writer(text, delimiter=SEPARATOR[language()])
    pen.writerow([say(key) for key in _COLUMN])
    phone = readable_phone(report.person.phone)
    for line in lines:
        moment = "" if line.at is None else export_rows.moment_text(line.at.astimezone(ISTANBUL))
        cells = {"phone": phone, "at": moment, **line.cells}
        pen.writerow([_cell(cells.get(name)) for name in CSV_COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: str | int | None) -> str | int:
    return harmless(value) if isinstance(value, str) else "" if value is None else value


def _of_campaigns(report: PersonReport) -> Iterator[_Line]:
    for each in report.person.campaigns:
        campaign = each.campaign
        state = state_shown(campaign, report.at, complete=each.totals.complete).word
        common = {**_named(campaign), "state": state, "reference": references_text(each)}
        for call in each.calls:
            account, detail = report.accounts[campaign.profile], report.person.detail(each, call)
            recorded = has_recording(call, records=campaign.draft.records,
                                     said=None if detail is None else detail.recorded)
            yield _Line(call.at, {
                **common, "event": say(_EVENT[_Event.CALL]), "status": call.status,
                "digit": key_text(campaign.draft, call.digit, account),
                "answered": say("operations.export.yes" if call.answered else "operations.export.no"),
                "talk_seconds": call.talk_seconds, "source": say(_SOURCE[call.source]), "call_uuid": call.call_uuid,
                "lead_id": call.lead_id, "answered_by": answered_by_text(detail, account),
                "recording": say("operations.export.yes" if recorded else "operations.export.no")})
        if each.rows and not each.calls:
            yield _Line(launched_at(campaign) or campaign.created_at, {
                **common, "event": say(_EVENT[_Event.LISTED]),
                "note": "; ".join(row.phrase if row.problem is None else sentence(row.problem) for row in each.rows)})
        for row in each.dropped:
            yield _Line(row.at, {**common, "reference": row.reference, "event": say(_EVENT[_Event.LEFT_OUT]),
                                  "note": sentence(row.why)})


def _of_refusals(report: PersonReport) -> Iterator[_Line]:
    for each in report.person.refusals:
        pressed_in = report.person.others.get(each.campaign or 0)
        yield _Line(each.at, {
            "profile": each.profile, **({} if pressed_in is None else _named(pressed_in)),
            "event": say(_EVENT[_Event.DO_NOT_CALL]), "note": refusal_text(report.person, each)})


def _of_changes(report: PersonReport) -> Iterator[_Line]:
    for each in report.person.earlier_changes:
        yield _Line(each.change.at, {"profile": each.profile, "event": say(_EVENT[_Event.LIST]),
                                     "note": change_text(report.person, each)})


def _of_notes(report: PersonReport) -> Iterator[_Line]:
    for each in report.person.notes:
        text = f"{each.text} ({each.by_user})" if each.by_user else each.text
        yield _Line(each.at, {"profile": each.profile, "event": say(_EVENT[_Event.NOTE]), "note": text})


def _named(campaign: Campaign) -> dict[str, str | int | None]:
    return {"profile": campaign.profile, "campaign": campaign.name, "ref": campaign.ref}


# HTML

def person_html(report: PersonReport) -> bytes:
    """A page that holds all of it: no script, nothing from elsewhere, all that came from outside as text."""
    text = person_text(report.person, report.accounts, report.at)
    title = say("operations.person.title", phone=text.heading)
    parts = [
        f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">',
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="robots" content="noindex">', '<meta name="referrer" content="no-referrer">',
        f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
        f"<h1>{_text(title)}</h1>", f"<p>{_text(text.summary)}</p>",
        *([f"<p>{_text(text.known_as)}</p>"] if text.known_as else []),
    ]
    for heading, said in text.lists():
        parts += [f"<h2>{_text(heading)}</h2>", _items(said)]
    for campaign in text.campaigns:
        parts += [f"<section>\n<h2>{_text(campaign.heading)}</h2>", *_calls(campaign), _items(campaign.facts),
                  "</section>"]
    parts += [f"<footer><p>{_text(text.about)}</p></footer>", "</body>\n</html>\n"]
    return "\n".join(parts).encode("utf-8", "xmlcharrefreplace")


def _calls(campaign: CampaignText) -> Iterator[str]:
    if campaign.calls:
        yield f"<table>\n<thead>{_cells('th', (say(key) for key in COLUMN))}</thead>\n<tbody>"
        yield from (_cells("td", call) for call in campaign.calls)
        yield "</tbody>\n</table>"


def _cells(tag: str, texts: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{_text(text)}</{tag}>' for text in texts)}</tr>"


def _items(texts: Iterable[str]) -> str:
    items = "\n".join(f"<li>{_text(text)}</li>" for text in texts)
    return f"<ul>\n{items}\n</ul>" if items else ""


def _text(text: str) -> str:
    """Any text as one of a page: signs of its own mean nothing in it, and control characters are shown."""
    return escape(visible(text))
