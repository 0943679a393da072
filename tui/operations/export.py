"""Results as a spreadsheet: CSV or XLSX, a row for each number, in the language in use and in Turkish time.

A file is written beside its place and put there when it is whole, for its owner alone. Nothing that came from outside
is a formula in it (OWASP, *CSV Injection*): a cell of a CSV file that a spreadsheet could take for one begins with an
apostrophe, and in XLSX every text is stored as a text.
"""

from __future__ import annotations

import asyncio
import errno
import io
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, ParamSpec, Protocol, TypeVar

from msgspec import Struct

from tui.core.causes import error_name
from tui.core.files import NotOurs, Replacement, place_of, private_folder
from tui.core.futures import retrieve
from tui.core.reason import Reason
from tui.operations.export_rows import About
from tui.operations.number_results import NumberResults, results_of
from tui.operations.services import NotPossible, Services
from tui.store import Campaign, Store
from tui.store.result_values import ResultRow
from tui.store.values import ResultFilter

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

P = ParamSpec("P")
R = TypeVar("R")

EVERYBODY: Final = ResultFilter()
_BATCH: Final = 5_000
_FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_DENIED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class ExportFormat(StrEnum):
    """The formats of an export; the value is the ending of a file's name."""

    CSV = "csv"
    XLSX = "xlsx"

    @classmethod
    def of(cls, path: Path) -> ExportFormat:
        """What a file's name asks for; CSV unless it ends in .xlsx."""
        return cls.XLSX if path.suffix.lower() == ".xlsx" else cls.CSV


class Exported(Struct, frozen=True):
    path: Path
    rows: int


async def export(services: Services, campaign_id: int, path: Path, form: ExportFormat,
                 chosen: ResultFilter = EVERYBODY, *, progress: Callable[[int, int], None] | None = None,
                 alone: bool = False) -> Exported:
    """Write the results of the numbers that a filter names to a file; one that is there is replaced.

    Of all lives of the campaign, each number once; `alone`: of itself.

    `progress` is called with how many rows are written, and how many there are. A cancellation leaves no file, and
    what was there before as it was. NoSuchCampaign; NotPossible where the file can't be written.
    """
    campaign = await services.thread(services.store.campaigns.get, campaign_id)
    whole = await services.thread(partial(_whole, services.store, campaign_id, alone=alone))
    file = _File(path, form, About(whole.lives[-1] if whole.lives else campaign, chosen, services.now(), whole.lives))
    with refusing(path):
        return Exported(path, await _written(services, whole, file, chosen, progress))


async def export_into(services: Services, campaign_id: int, stream: BinaryIO, chosen: ResultFilter = EVERYBODY, *,
                      progress: Callable[[int, int], None] | None = None, alone: bool = False) -> int:
    """Write the same as CSV into a stream as they are read, and leave it open; how many rows.

    NoSuchCampaign; BrokenPipeError where nobody reads any more, NotPossible where it can't be written else.
    """
    await services.thread(services.store.campaigns.get, campaign_id)
    whole = await services.thread(partial(_whole, services.store, campaign_id, alone=alone))
    with refusing(Path("-")):
        return await _written(services, whole, _Through(stream, whole.lives), chosen, progress)


class _Whole(Struct, frozen=True):
    """What is written: of all `lives`, the first one first, or, where there are none, of one campaign."""

    results: NumberResults
    lives: tuple[Campaign, ...]


def _whole(store: Store, campaign: int, *, alone: bool) -> _Whole:
    return _Whole(results_of(store, campaign, alone=alone), () if alone else tuple(store.lives.campaigns(campaign)))


async def _written(services: Services, whole: _Whole, file: _Made, chosen: ResultFilter,
                   progress: Callable[[int, int], None] | None) -> int:
    total = await services.thread(whole.results.count, chosen)
    pen = ThreadPoolExecutor(max_workers=1, thread_name_prefix="export")
    written = 0
    batches = whole.results.batches(chosen, _BATCH)
    try:
        await _in(pen, file.begin)
        while rows := await services.thread(next, batches, None):
            await _in(pen, file.add, list(rows))
            written += len(rows)
            if progress is not None:
                progress(written, max(total, written))
        await _in(pen, file.finish)
    finally:
        file.stop()
        await _in(pen, file.clear_away)
        pen.shutdown(wait=False)
    return written


async def _in(pen: ThreadPoolExecutor, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    # What the thread is at goes on where the wait for it is cancelled; what is asked for next comes after it.
    done = asyncio.wrap_future(pen.submit(call, *args, **kwargs))
    done.add_done_callback(retrieve)
    return await asyncio.shield(done)


class _Book(Protocol):
    """Rows on their way into a file."""

    def add(self, rows: list[ResultRow]) -> None: ...

    def finish(self) -> None:
        """Write what is left; the stream is left open. OSError."""

    def close(self) -> None:
        """Let go of what is held besides the stream, finished or not."""


class _Stopped(Exception):
    """Nobody waits for the file any more."""


class _Stream(io.BufferedWriter):
    """What is written after `stop` fails; after `give_up` it is dropped.

    A zip file that has failed writes once more when it is collected as garbage.
    """

    stopped = given_up = False

    def stop(self) -> None:
        self.stopped = True

    def give_up(self) -> None:
        self.given_up = True
        self.close()

    def write(self, data: ReadableBuffer, /) -> int:
        if self.given_up:
            return 0
        if self.stopped:
            raise _Stopped
        return super().write(data)

    def flush(self) -> None:
        if not self.given_up:
            super().flush()

    def seek(self, target: int, whence: int = 0, /) -> int:
        return 0 if self.given_up else super().seek(target, whence)

    def tell(self) -> int:
        return 0 if self.given_up else super().tell()


class _Made(Protocol):
    """What rows are written into; `stop` alone may be called by another thread than the others."""

    def begin(self) -> None: ...

    def add(self, rows: list[ResultRow]) -> None: ...

    def finish(self) -> None: ...

    def stop(self) -> None: ...

    def clear_away(self) -> None: ...


class _Through:
    """A stream that somebody reads meanwhile."""

    def __init__(self, stream: BinaryIO, lives: Sequence[Campaign]) -> None:
        self._stream = stream
        self._lives = lives
        self._stopped = False
        self._book: _Book | None = None

    def begin(self) -> None:
        from tui.operations.export_csv import CsvBook

        self._book = CsvBook(self._stream, self._lives)

    def add(self, rows: list[ResultRow]) -> None:
        if self._stopped:
            raise _Stopped
        assert self._book is not None  # noqa: S101 - begun
        self._book.add(rows)
        self._stream.flush()

    def finish(self) -> None:
        self._stream.flush()

    def stop(self) -> None:
        self._stopped = True

    def clear_away(self) -> None:
        pass


class _File:
    """A file that is made in a folder beside its place. All but `stop` is called in one thread."""

    def __init__(self, path: Path, form: ExportFormat, about: About) -> None:
        self._path = path
        self._form = form
        self._about = about
        self._held = ExitStack()
        self._folder: Path | None = None  # of a workbook: it is made of several files
        self._fresh: Replacement | None = None
        self._stream: _Stream | None = None
        self._book: _Book | None = None

    def begin(self) -> None:
        if self._path.is_dir():
            raise IsADirectoryError(self._path)
        if self._path.exists() and not self._path.is_file():
            raise NotPossible(Reason("operations.export.not_file", {"path": str(self._path)}))
        place = self._held.enter_context(place_of(self._path))
        self._fresh = Replacement(place)
        self._stream = _Stream(io.FileIO(os.dup(self._fresh.descriptor), "wb"))
        self._book = self._new_book(self._stream, place.path)

    def add(self, rows: list[ResultRow]) -> None:
        assert self._book is not None  # noqa: S101 - begun
        self._book.add(rows)

    def finish(self) -> None:
        """Put the file in its place."""
        assert self._book is not None  # noqa: S101 - begun
        assert self._stream is not None  # noqa: S101 - begun
        assert self._fresh is not None  # noqa: S101 - begun
        try:
            self._book.finish()
        except BaseException:
            self._stream.give_up()
            raise
        self._stream.flush()
        self._stream.close()
        self._fresh.put()

    def stop(self) -> None:
        """Let what is being written fail."""
        if self._stream is not None:
            self._stream.stop()

    def clear_away(self) -> None:
        if self._book is not None:
            self._book.close()
        if self._stream is not None:
            self._stream.give_up()
        if self._fresh is not None:
            self._fresh.drop()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._held.close()

    def _new_book(self, stream: _Stream, place: Path) -> _Book:
        if self._form is ExportFormat.CSV:
            from tui.operations.export_csv import CsvBook

            return CsvBook(stream, self._about.lives)
        from tui.operations.export_xlsx import XlsxBook

        self._folder = private_folder(place)
        return XlsxBook(stream, self._folder, self._about)


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """NotPossible for what the system says of a file."""
    try:
        yield
    except NotOurs as error:
        reason = error.reason
    except BrokenPipeError:
        raise
    except FileNotFoundError:
        reason = Reason("operations.export.no_folder", {"folder": str(path.parent)})
    except IsADirectoryError:
        reason = Reason("operations.export.folder", {"path": str(path)})
    except OSError as error:
        if error.errno in _FULL:
            reason = Reason("operations.export.full", {"path": str(path)})
        elif error.errno in _DENIED:
            reason = Reason("operations.export.denied", {"path": str(path)})
        else:
            reason = Reason("operations.export.not_written", {"path": str(path), "detail": error_name(error)})
    else:
        return
    raise NotPossible(reason)
