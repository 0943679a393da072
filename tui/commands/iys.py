"""`santral iys`, `santral iys import`: the consents of İYS that commercial campaigns go by."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from tui.commands.arguments.common import OnlyJson
from tui.commands.arguments.do_not_call import ImportConsents
from tui.commands.document import Json, moment_json
from tui.commands.list_input import file_given
from tui.commands.output import document, full_sentence, interactive, lines, problem, progress
from tui.commands.running import run
from tui.commands.status import Status, read_status
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.numbers.errors import BadList
from tui.operations.consent import age_in_days, brands_text, import_consents, is_old, refresh_consents
from tui.operations.consent_import import ConsentProgress
from tui.operations.services import NotPossible, Services
from tui.store.consents import ConsentImport
from tui.text.consent import count_lines, file_line, note_lines

T = TypeVar("T")


def show(services: Services, arguments: OnlyJson) -> Status:
    """What is known of consents, and how old it is. Failed where the profile's file can't be used. StoreError."""
    failure: Reason | None = None
    try:
        known = _with_progress(services, partial(refresh_consents, services))
    except (BadList, NotPossible) as bad:
        failure = bad.reason
        known = services.store.consents.current(services.profile.name)
    if failure is not None:
        problem(full_sentence(failure))
    written = _write(services, known, as_json=arguments.json)
    return Status.FAILED if failure is not None else read_status(written=written)


def import_file(services: Services, arguments: ImportConsents) -> Status:
    """Put the consents of a file in the place of those that are known. BadList, NotPossible, StoreError."""
    with file_given(arguments.file, "command.iys.typed") as (path, name):
        made = _with_progress(services, partial(
            import_consents, services, path, arguments.column, arguments.brand, shown=name))
    if names := made.notes.brand_names:
        problem(say("command.iys.brand_names", brands=brands_text(names), first=names[0]))
    return read_status(written=_write(services, made, as_json=arguments.json))


def _with_progress(services: Services, job: Callable[..., Coroutine[Any, Any, T]]) -> T:
    def show_progress(at: ConsentProgress) -> None:
        progress(say("text.iys.keeping", count=at.of, done=at.kept) if at.of
                 else say("text.iys.reading", count=at.rows))

    if not interactive():
        return run(services, job())
    try:
        return run(services, job(progress=show_progress))
    finally:
        progress("")


def _write(services: Services, known: ConsentImport | None, *, as_json: bool) -> bool:
    if as_json:
        return document(_document(services, known))
    return lines(_lines(services, known))


def _lines(services: Services, known: ConsentImport | None) -> Iterator[str]:
    if known is None:
        yield say("text.iys.nothing")
        return
    yield file_line(known, services.now())
    if is_old(known, services.now(), services.profile.iys_days):
        yield say("operations.iys.old", path=Path(known.path).name, count=age_in_days(known, services.now()),
                  most=services.profile.iys_days)
    yield from (f"  {each}" for each in count_lines(services.store.consents.counts(known)))
    yield from note_lines(known.notes)


def _document(services: Services, known: ConsentImport | None) -> Json:
    if known is None:
        return {"profile": services.profile.name, "file": None, "consents": []}
    notes, now = known.notes, services.now()
    file = {"path": known.path, "written_at": moment_json(known.file_at),
            "imported_at": moment_json(known.imported_at), "age_days": age_in_days(known, now),
            "old": is_old(known, now, services.profile.iys_days), "rows": notes.rows,
            "other_channels": dict(notes.others), "unread": notes.unread, "lines": notes.places,
            "undated": notes.undated, "contradictions": notes.contradictions, "sheets_left_out": list(notes.skipped),
            "brands": [brand for brand in notes.brands if brand], "brands_without_code": notes.brand_names,
            "brand_codes": dict(notes.codes)}
    counts = services.store.consents.counts(known)
    return {"profile": services.profile.name, "file": file,
            "consents": [{"recipient_type": kind.value, "status": status.value, "numbers": count}
                         for (kind, status), count in sorted(counts.items())]}
