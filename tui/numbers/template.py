"""The phrase of every row from one template: `#456 {vade} #457 {tutar} #458`; the names in braces are columns."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from tui.numbers.errors import BadTemplate

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
_BRACE: Final = re.compile(r"[{}]")


class Template(Struct, frozen=True):
    """`pattern % values` is the phrase, `variables` are the names whose values it takes, in their order."""

    pattern: str
    variables: tuple[str, ...]

    def filled(self, values: Sequence[str]) -> str:
        return self.pattern % tuple(values)


def parse_template(text: str, names: Sequence[str]) -> Template:
    """The template that `text` writes. A variable may be named as its column is headed: `{Son Ödeme}`, `{son_odeme}`.

    BadTemplate where a variable is none of `names` (the near miss is named), or a brace stands alone.

    >>> parse_template("#456 {Vade}  #457", ["vade", "tutar"])
    Template(pattern='#456 %s #457', variables=('vade',))
    """
    if brace := _BRACE.search(_VARIABLE.sub("", text)):
        raise BadTemplate("numbers.template.brace", value=text.strip(), brace=brace[0])
    variables = []
    for typed in _VARIABLE.findall(text):
        name = variable_name(typed)
        if name not in names:
            raise _unknown(typed.strip(), name, names)
        variables.append(name)
    words = " ".join(text.split()).replace("%", "%%")
    return Template(_VARIABLE.sub("%s", words), tuple(variables))


def variable_name(heading: str) -> str:
    """A heading as the name of a variable: lower case, without marks, `_` for what is neither letter nor digit.

    >>> variable_name(" Son Ödeme Tarihi (TL) ")
    'son_odeme_tarihi_tl'
    """
    letters = heading.replace("ı", "i")
    for _ in range(2):  # some letters have a lower case only once they are taken apart
        letters = unicodedata.normalize("NFKD", letters.casefold())
    plain = "".join(letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return "_".join(plain.split())


def _unknown(typed: str, name: str, names: Sequence[str]) -> BadTemplate:
    if not names:
        return BadTemplate("numbers.template.no_columns", value=typed)
    if near := difflib.get_close_matches(name, names, n=1):
        return BadTemplate("numbers.template.near", value=typed, meant=near[0])
    return BadTemplate("numbers.template.unknown", value=typed, known=", ".join(names))
