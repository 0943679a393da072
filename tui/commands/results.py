"""`santral results REF`: the figures for a person, every number for a program, a spreadsheet for either."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from tui.commands.arguments.results import Results
from tui.commands.document import Json, campaign_json, detailed_call_json, lineage_json, moment_json
from tui.commands.output import document_with, interactive, is_stdout, line, progress, through_stdout
from tui.commands.running import campaign_of, run
from tui.commands.status import Status, read_status
from tui.core.reason import Reason
from tui.i18n.words import grouped, say, whole_percent
from tui.operations.follow_up import rounds_of
from tui.operations.number_results import NumberResults, results_of
from tui.operations.services import NotPossible, Services
from tui.store import Campaign, Counts, ResultFilter, ResultRow, Totals
from tui.store.call_details import CallDetail
from tui.store.result_values import Together
from tui.text.campaign import life_lines, round_lines
from tui.text.formats import moment_text
from tui.text.results import FIGURE, filter_text, key_text

_BATCH: Final = 2_000


def results(services: Services, arguments: Results) -> Status:
    """The figures of a campaign, or its numbers as JSON or into a file. NotPossible, StoreError, OSError."""
    campaign = campaign_of(services, arguments.ref)
    chosen = ResultFilter(**arguments.filter)
    if arguments.csv is not None:
        return _export(services, campaign, chosen, arguments.csv, "csv", alone=arguments.alone)
    if arguments.xlsx is not None:
        return _export(services, campaign, chosen, arguments.xlsx, "xlsx", alone=arguments.alone)
    found = _Found.of(services, campaign, alone=arguments.alone)
    return read_status(written=(_all_rows if arguments.json else _figures)(services, found, chosen))


class _Found(Struct, frozen=True):
    """What is shown: `results` of all lives, in the name of the last one, or of one life alone."""

    campaign: Campaign
    results: NumberResults
    together: Together | None

    @classmethod
    def of(cls, services: Services, campaign: Campaign, *, alone: bool) -> _Found:
        together = services.store.lives.together(campaign.id)
        shown = campaign if together is None or alone else together.lives[-1][0]
        return cls(shown, results_of(services.store, campaign.id, alone=alone), together)

    @property
    def lives(self) -> Sequence[Campaign]:
        return [self.campaign] if self.together is None else [life for life, _ in self.together.lives]


def _export(services: Services, campaign: Campaign, chosen: ResultFilter, path: Path, form: str, *,
            alone: bool) -> Status:
    from tui.operations.export import ExportFormat, export, export_into

    def show_progress(written: int, total: int) -> None:
        if interactive():
            progress(say("command.results.progress", written=written, total=total))

    stream = is_stdout(path)
    if stream and form != ExportFormat.CSV:
        raise NotPossible(Reason("command.results.no_stream", {"path": str(path)}))
    try:
        if stream:
            written = through_stdout(lambda out: run(
                services, export_into(services, campaign.id, out, chosen, progress=show_progress, alone=alone)))
            return read_status(written=written)
        exported = run(services, export(services, campaign.id, path, ExportFormat(form), chosen,
                                        progress=show_progress, alone=alone))
    finally:
        if interactive():
            progress("")
    line(say("command.results.exported", count=exported.rows, path=str(exported.path)))
    return Status.DONE


def _all_rows(services: Services, found: _Found, chosen: ResultFilter) -> bool:
    campaign = found.campaign
    complete = services.store.figures.complete(campaign.id)
    head = {"campaign": campaign_json(campaign, services.now(), complete=complete),
            **_counted(found.results.totals(), found.results.counts()),
            **lineage_json(campaign, rounds_of(services.store, campaign.id), found.together)}
    details = services.store.call_details.all(campaign.profile)
    lives = {life.id: life for life in found.lives}
    return document_with(head, "numbers", (_row(row, campaign, lives, details)
                                           for rows in found.results.batches(chosen, _BATCH) for row in rows))


def _counted(totals: Totals, counts: Counts) -> Json:
    return {
        "totals": {"numbers": totals.numbers, "called": totals.called, "answered": totals.answered,
                   "final": totals.final, "strangers": totals.unlisted, "calls": totals.calls,
                   "notifications": totals.notifications, "records": totals.records,
                   "last_received_at": moment_json(totals.last_received_at),
                   "last_happened_at": moment_json(totals.last_happened_at)},
        "by_status": dict(counts.by_status), "by_digit": dict(counts.by_digit),
        "by_attempts": {str(attempts): count for attempts, count in counts.by_attempts.items()},
    }


def _row(row: ResultRow, campaign: Campaign, lives: Mapping[int, Campaign],
         details: Mapping[str, CallDetail]) -> Json:
    calls = ([(call, lives[life.campaign]) for life in row.lives for call in life.calls] if row.lives
             else [(call, campaign) for call in row.calls])
    return {"phone": row.phone, "typed": row.typed, "reference": row.reference, "phrase": row.phrase, "lang": row.lang,
            "listed": not row.unlisted, "attempts": row.attempts, "status": row.status, "digit": row.digit,
            "answered": row.answered, "final": row.final, "last_at": moment_json(row.last_at),
            "talk_seconds": row.talk_seconds, "source": row.source.value if row.source else None,
            "calls": [detailed_call_json(call, made_by, details.get(call.call_uuid))
                      for call, made_by in sorted(calls, key=lambda each: each[0].order)],
            **({"lives": [{"ref": lives[life.campaign].ref, "number": life.number, "attempts": life.attempts,
                           "status": life.status, "answered": life.answered} for life in row.lives]}
               if row.lives else {})}


def _figures(services: Services, found: _Found, chosen: ResultFilter) -> bool:
    campaign, totals = found.campaign, found.results.totals()
    lines = [f" {campaign.ref} · {campaign.name}"]
    if totals.called:
        lines += ["", *_totals(totals, services.now()), *_tables(campaign, totals, found.results.counts())]
    else:
        lines.append(f" {say('command.results.none')}")
    if found.together is not None:
        lines += ["", *(f" {text}" for text in life_lines(found.together, campaign.id))]
    if rounds := round_lines(rounds_of(services.store, campaign.id), campaign.id):
        lines += ["", *(f" {text}" for text in rounds)]
    if chosen != ResultFilter():
        lines += ["", f" {filter_text(chosen)}: {grouped(found.results.count(chosen))}"]
    return all(map(line, lines))


def _totals(totals: Totals, now: dt.datetime) -> Iterator[str]:
    figures = {
        "numbers": grouped(totals.numbers),
        "called": _share(totals.called, totals.numbers + totals.unlisted),
        "answered": _share(totals.answered, totals.called),
        "final": _share(totals.final, totals.numbers + totals.unlisted),
        "to_call": _share(totals.to_call, totals.numbers + totals.unlisted),
        "calls": grouped(totals.calls),
    }
    if totals.unlisted:
        figures["strangers"] = grouped(totals.unlisted)
    if totals.last_happened_at is not None:
        figures["last"] = moment_text(totals.last_happened_at, now)
    return _aligned({say(FIGURE[name]): text for name, text in figures.items()})


def _tables(campaign: Campaign, totals: Totals, counts: Counts) -> Iterator[str]:
    yield ""
    yield f" {say('text.results.table.statuses')}"
    yield from _aligned({f"  {status or '—'}": _share(count, totals.called)
                         for status, count in counts.by_status.items()})
    digits = {f"  {key_text(campaign.draft, digit)}": _share(count, totals.called)
              for digit, count in counts.by_digit.items() if digit}
    if digits:
        yield ""
        yield f" {say('text.results.table.digits')}"
        yield from _aligned(digits)


def _aligned(figures: Mapping[str, str]) -> Iterator[str]:
    width = max(map(len, figures))
    return (f" {label:<{width}}  {text}" for label, text in figures.items())


def _share(count: int, whole: int) -> str:
    if not whole:
        return grouped(count)
    return f"{grouped(count)} · {say('command.results.share', percent=whole_percent(count / whole))}"
