"""Files that are no list, known by how they begin: each with its own sentence and way out."""

from __future__ import annotations

import codecs
import mmap
from pathlib import Path
from typing import Final

from tui.numbers.errors import BadList

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# An Office file with a password is an OLE container with this stream (MS-OFFCRYPTO 2.3.4.4).
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_NUMBERS_APP: Final = (b".iwa", b"Index.zip")  # Apple's
# What begins so is compressed, and so on: one sentence for each kind, with its usual name.
_SIGNATURES: Final = (
    ("numbers.list.compressed", (
        (b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ\0", "xz"), (b"\x28\xb5\x2f\xfd", "zstd"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"), (b"Rar!\x1a\x07", "RAR"), (b"\x04\x22\x4d\x18", "LZ4"),
        (b"\x1f\x9d", "compress"), (b"\x1f\xa0", "compress"), (b"MSCF\0\0\0\0", "CAB"),
        (b"\x5d\0\0\x80\0", "lzma"), (b"LZIP", "lzip"), (b"PK\x05\x06", "zip"), (b"PK\x07\x08", "zip"))),
    ("numbers.list.image", (
        (b"\x89PNG\r\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF87a", "GIF"), (b"GIF89a", "GIF"),
        (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"), (b"RIFF", "WebP"), (b"\0\0\0\x18ftyp", "HEIC"),
        (b"\0\0\0\x1cftyp", "HEIC"), (b"\0\0\0\x20ftyp", "HEIC"), (b"BM", "BMP"))),
    ("numbers.list.database", (
        (b"SQLite format 3\0", "SQLite"), (b"PAR1", "Parquet"), (b"\0\1\0\0Standard ", "Access"))),
    ("numbers.list.document", ((b"%PDF-", ""), (b"{\\rtf", ""), (b"%!PS", ""))),
)
# Signatures that a text may begin with: there must be something binary besides.
_LIKE_TEXT: Final = ("BMP", "bzip2", "WebP", "lzip", "Parquet")
_TAR: Final = (257, b"ustar")
# Spreadsheets written as XML: one file for all of a workbook.
_XML_SPREADSHEETS: Final = (b"urn:schemas-microsoft-com:office:spreadsheet", b"urn:oasis:names:tc:opendocument")
# Banks and offices export pages under the name of a spreadsheet.
_WEB_PAGE: Final = (b"<html", b"<!doctype html", b"<table")


def refuse_foreign(path: Path, head: bytes) -> None:
    """BadList where a file begins as no list does."""
    start = _beginning(head)
    if head.startswith(_OLE):
        raise BadList("numbers.list.password" if _is_encrypted(path) else "numbers.list.spreadsheet", path=str(path))
    for code, kinds in _SIGNATURES:
        for mark, kind in kinds:
            if head.startswith(mark) and (kind not in _LIKE_TEXT or _is_binary(head)):
                raise BadList(code, path=str(path), **({"kind": kind} if kind else {}))
    if head[_TAR[0]:].startswith(_TAR[1]):
        raise BadList("numbers.list.compressed", path=str(path), kind="tar")
    if start.startswith(b"<?xml") and any(name in start for name in _XML_SPREADSHEETS):
        raise BadList("numbers.list.spreadsheet", path=str(path))
    if start.startswith(b"<") and any(mark in start for mark in _WEB_PAGE):
        raise BadList("numbers.list.web_page", path=str(path))


def _beginning(head: bytes) -> bytes:
    """In small letters and without marks and blanks before it; of UTF-16 without its zeros."""
    for bom in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        head = head.removeprefix(bom)
    return head.replace(b"\0", b"").lstrip().lower()


def _is_encrypted(path: Path) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(_ENCRYPTED) >= 0


def _is_binary(head: bytes) -> bool:
    """Whether there are bytes that no text has."""
    return any(byte < 9 or 13 < byte < 28 for byte in head)


def archive(path: Path, directory: bytes) -> BadList:
    """What a zip is that is no workbook of Excel's; `directory` are its head and its tail."""
    if _OPEN_DOCUMENT in directory:
        return BadList("numbers.list.spreadsheet", path=str(path))
    is_numbers = any(mark in directory for mark in _NUMBERS_APP)
    return BadList("numbers.list.numbers_app" if is_numbers else "numbers.list.archive", path=str(path))
