"""The parts of a workbook (`.xlsx`, `.xlsm`): which there are, and what each is for.

A package is a zip; what its parts are is stated by their relationships (ECMA-376 part 2, 6.5), wherever they lie and
however they are called.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from msgspec import Struct

from tui.numbers.errors import BadList

_ROOT: Final = ""
_MAX_BYTES: Final = 3 << 30
_MAX_SMALL_PART: Final = 64 << 20
_RELATIONSHIP: Final = "relationships/"
_ID: Final = "id"
_VISIBLE: Final = ("", "visible")


class Damaged(Exception):
    """What a part holds is against the rules of its format."""


class SheetPart(Struct, frozen=True):
    """`kind` as relationships have it: worksheet, chartsheet, dialogsheet, xlMacrosheet. `part` "" where it is not."""

    name: str
    hidden: bool
    kind: str
    part: str


class Relationship(Struct, frozen=True):
    kind: str
    part: str


class Package:
    """The parts of a workbook by their names. BadList where it is none, or a damaged one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self.failures(), zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MAX_BYTES:
                raise BadList("numbers.list.vast", path=str(path))
            self._names = {_plain(name): name for name in parts.namelist()}
            if len(self._names) < len(parts.namelist()):
                raise Damaged("a part twice")  # which of them is meant is unknown
            self._read(parts)

    def _read(self, parts: zipfile.ZipFile) -> None:
        book = next((each.part for each in self._relationships(parts, _ROOT).values()
                     if each.kind == "officeDocument" and each.part), "") or self._main(parts)
        if book.endswith(".bin"):
            raise BadList("numbers.list.spreadsheet", path=str(self.path))
        root = self._xml(parts, book)
        if local(root.tag) != "workbook":
            raise BadList("numbers.list.document", path=str(self.path))
        related = self._relationships(parts, book)
        self.sheets = tuple(_sheets(root, related))
        self.shared_strings = _part_of(related, "sharedStrings")
        self.styles = _part_of(related, "styles")
        settings = next((each for each in root if local(each.tag) == "workbookPr"), None)
        self.from_1904 = settings is not None and is_true(settings.get("date1904", ""))

    @contextmanager
    def failures(self) -> Iterator[None]:
        """BadList for what is wrong with a package."""
        try:
            yield
        except (Damaged, ET.ParseError, zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, zlib.error, KeyError,
                UnicodeError, NotImplementedError):  # the last: a compression that zipfile has not
            raise BadList("numbers.list.damaged", path=str(self.path)) from None
        except RuntimeError:  # zipfile's word for a part that is encrypted
            raise BadList("numbers.list.password", path=str(self.path)) from None

    @contextmanager
    def opened(self, part: str) -> Iterator[IO[bytes]]:
        with zipfile.ZipFile(self.path) as parts, parts.open(self._names[part]) as file:
            yield file

    def xml(self, part: str) -> ET.Element:
        with zipfile.ZipFile(self.path) as parts:
            return self._xml(parts, part)

    def _xml(self, parts: zipfile.ZipFile, part: str) -> ET.Element:
        if part not in self._names:
            raise Damaged(part)
        with parts.open(self._names[part]) as file:
            content = file.read(_MAX_SMALL_PART + 1)
        if len(content) > _MAX_SMALL_PART or b"<!DOCTYPE" in content:
            raise Damaged(part)
        return ET.fromstring(content)  # noqa: S314 - expat itself stops entities that multiply

    def _relationships(self, parts: zipfile.ZipFile, source: str) -> dict[str, Relationship]:
        folder, name = posixpath.split(source)
        part = posixpath.join(folder, "_rels", f"{name}.rels")
        if part not in self._names:
            return {}
        found = {}
        for each in self._xml(parts, part):
            if local(each.tag) == "Relationship":
                inside = each.get("TargetMode", "").lower() != "external"
                target = _target(folder, each.get("Target", "")) if inside else ""
                found[each.get("Id", "")] = Relationship(_kind(each.get("Type", "")), target)
        return found

    def _main(self, parts: zipfile.ZipFile) -> str:
        """The workbook of a package whose relationships don't name it, by its content type."""
        with suppress(ET.ParseError, Damaged):
            for each in self._xml(parts, "[content_types].xml"):
                content_type = each.get("ContentType", "")
                if "sheet" in content_type and ".main" in content_type and each.get("PartName"):
                    return _plain(each.get("PartName", ""))
        if any(posixpath.basename(name).startswith("workbook.") for name in self._names):
            raise Damaged("no relationships")
        raise BadList("numbers.list.document", path=str(self.path))


def _sheets(root: ET.Element, related: dict[str, Relationship]) -> Iterator[SheetPart]:
    for each in root.iter():
        if local(each.tag) == "sheet":
            by = next((value for name, value in each.attrib.items() if name.startswith("{") and local(name) == _ID), "")
            target = related.get(by, Relationship("", ""))
            yield SheetPart(each.get("name", ""), each.get("state", "") not in _VISIBLE, target.kind, target.part)


def _part_of(related: dict[str, Relationship], kind: str) -> str:
    return next((each.part for each in related.values() if each.kind == kind and each.part), "")


def _kind(of_type: str) -> str:
    """`worksheet`, whichever of the formats' editions a relationship's type is of."""
    return of_type.rpartition("/")[2] if _RELATIONSHIP in of_type else ""


def _target(folder: str, target: str) -> str:
    return _plain(posixpath.join(f"/{folder}", unquote(target.replace("\\", "/"))))


def _plain(name: str) -> str:
    """A part's name as it is compared: in any case, from the root."""
    return posixpath.normpath("/" + unquote(name.replace("\\", "/")).lower().lstrip("/")).lstrip("/")


def local(tag: str) -> str:
    """An element's name without its namespace: of what is looked for no two namespaces have the same."""
    return tag.rpartition("}")[2]


def is_true(text: str) -> bool:
    return text.strip() in ("1", "true", "on")
