"""The rows that were taken out of a list, as a file."""

from __future__ import annotations

import asyncio
import csv
import io
from pathlib import Path
from typing import Final

from tui.core.causes import error_name
from tui.core.files import NotOurs, replace_file
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.i18n.words import language, say
from tui.operations.export_csv import SEPARATOR, harmless
from tui.operations.services import NotPossible, Services
from tui.store import DroppedNumber

_COLUMNS: Final = TextKeys("operations.dropped.{}", ("typed", "phrase", "lang", "why", "problem", "at"))


async def export_dropped(services: Services, campaign_id: int, path: Path) -> int:
    """Write them to a CSV file, with the reasons, as they were taken out; how many. It can be imported as it stands.

    A file that is there is replaced, when the new one is whole. NotPossible where it can't be written.
    """
    rows = await services.thread(lambda: list(services.store.numbers.each_dropped(campaign_id)))
    try:
        await asyncio.to_thread(lambda: replace_file(path, _csv(rows)))
    except NotOurs as failure:
        raise NotPossible(failure.reason) from failure
    except OSError as failure:
        raise NotPossible(Reason("operations.dropped.not_written", {
            "path": str(path), "detail": error_name(failure)})) from failure
    return len(rows)


def _csv(rows: list[DroppedNumber]) -> bytes:
    text = io.StringIO(newline="")
    pen = csv.writer(text, delimiter=SEPARATOR[language()])
    pen.writerow([say(key) for key in _COLUMNS])
    for row in rows:
        pen.writerow(map(harmless, (
            row.typed, row.phrase, row.lang, _sentence(row.why), _sentence(row.problem),
            row.at.isoformat(sep=" ", timespec="seconds"))))
    return text.getvalue().encode("utf-8-sig")


def _sentence(reason: Reason | None) -> str:
    return "" if reason is None else say(reason.code, **reason.params)
