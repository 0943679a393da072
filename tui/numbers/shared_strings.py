"""Texts of a workbook as they are meant: the shared ones, and what stands in them for other signs."""

from __future__ import annotations

import re
from typing import IO, Final
from xml.parsers import expat

from tui.numbers.package import Damaged

_CHUNK_BYTES: Final = 1 << 18
_PLAIN_ITEM: Final = re.compile(r"<si><t(?: xml:space=\"preserve\")?>([^<]*)</t></si>")
_END: Final = b"</si>"
_REFERENCE: Final = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9a-fA-F]{1,6})|(\w+));")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
# A sign that XML has no room for (ECMA-376 part 1, 22.9.2.19).
_ESCAPE: Final = re.compile(r"(?:_x[0-9a-fA-F]{4}_)+")


class NotPlain(Exception):
    """Text that the quick readers leave to a whole XML parser."""


def read_strings(file: IO[bytes]) -> list[str]:
    """The shared texts in their order, without their formats and readings. Damaged, expat's errors as Damaged."""
    content = file.read()
    try:
        return _quickly(content)
    except NotPlain:
        return _strictly(content)


def _quickly(content: bytes) -> list[str]:
    begin, end = content.find(b"<si>"), content.rfind(_END)
    if begin < 0 or end < 0 or b"<!" in content or b'encoding="UTF-16' in content[:200]:
        raise NotPlain
    texts: list[str] = []
    at, end = begin, end + len(_END)
    while at < end:
        stop = content.find(_END, min(at + _CHUNK_BYTES, end - len(_END))) + len(_END)
        parts = _PLAIN_ITEM.split(decoded(content[at:stop]))
        if any(parts[::2]) and any(map(str.strip, parts[::2])):
            raise NotPlain
        texts += [text if "&" not in text and "_x" not in text and "\r" not in text else meant(text)
                  for text in parts[1::2]]
        at = stop
    return texts


def decoded(piece: bytes) -> str:
    try:
        return piece.decode()
    except UnicodeDecodeError:
        raise NotPlain from None


def meant(text: str) -> str:
    """Text as it stands in XML, with what stands there for other signs. Odd where only a parser knows."""
    return unescaped(_REFERENCE.sub(_sign, text.replace("\r\n", "\n").replace("\r", "\n")))


def _sign(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        if name not in _NAMED:
            raise NotPlain
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
        raise NotPlain
    return chr(code)


def unescaped(text: str) -> str:
    """Text with the signs that XML has no room for: `_x000D_` is a line end.

    >>> unescaped("a_x0041_b")
    'aAb'
    """
    return _ESCAPE.sub(_escaped, text) if "_x" in text else text


def _escaped(found: re.Match[str]) -> str:
    units = b"".join(int(each[2:6], 16).to_bytes(2, "big") for each in re.findall(r"_x[0-9a-fA-F]{4}_", found[0]))
    return units.decode("utf-16-be", "replace")


def _strictly(content: bytes) -> list[str]:
    texts: list[str] = []
    inside: list[str] = []
    pieces: list[str] = []

    def start(tag: str, _attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        inside.append(name)
        if name == "si":
            pieces.clear()

    def letters(text: str) -> None:
        if inside[-1] == "t" and "rPh" not in inside:
            pieces.append(text)

    def end(_tag: str) -> None:
        if inside.pop() == "si":
            texts.append(unescaped("".join(pieces)))

    parser = strict_parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, letters
    parse(parser, content, last=True)
    return texts


def strict_parser() -> expat.XMLParserType:
    """A parser of XML without a document type, which no part of a workbook has."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_document_type
    return parser


def _no_document_type(*_declaration: object) -> None:
    raise Damaged("document type")


def parse(parser: expat.XMLParserType, piece: bytes, *, last: bool) -> None:
    try:
        parser.Parse(piece, last)
    except expat.ExpatError:
        raise Damaged("not XML") from None
