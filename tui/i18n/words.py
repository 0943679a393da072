"""Every text that a user sees, in Turkish and English; numbers, dates and the Turkish alphabet.

`say("campaign.people", count=3)` is a text of the language in use. Placeholders are named; their format says how they
are written: `{count:n}` grouped (12.430 or 12,430), `{day:d}` a date (12 Eyl), `{moment:t}` a time of day (14:32),
`{size:m}` bytes (1.5 MB, 12 kB), `{line:l}` the line of a file with a comma before it (", line 3"; "" for 0).
`{keys.campaigns.new}` is the key that this command has now, whatever the configuration made of it.
A text with a `Plural` is chosen by `count`.
"""

from __future__ import annotations

import datetime as dt
import importlib
import locale
import math
import os
import string
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from tui.core.letters import composed
from tui.core.text_keys import TextKeys

LANGUAGES: Final = ("tr", "en")
# A language's catalogs, by the room that says what is in them, and by the screen or concept where a room has several.
CATALOGS: Final = ("common", "campaign.names", "operations", "provider", "store", "config", "numbers", "sandbox",
                   "command.common", "command.campaign", "receiver", "text", "widgets", "app", "screens.common",
                   "screens.campaign_list", "key")
# Those that no screen begins with: a room's are read, one after another, when a text is said that isn't there yet.
LATER: Final = ("does", "campaign.target", "campaign.fields", "campaign.problems", "campaign.numbers",
                "campaign.follow_up_plan", "campaign.file", "command.phones", "command.results", "command.do_not_call",
                "command.installation", "command.help", "screens.campaign_form", "screens.numbers", "screens.review",
                "screens.menu", "screens.results", "screens.calls", "screens.person", "screens.follow_up",
                "screens.successor", "screens.do_not_call", "screens.settings", "screens.help")
# Names of the system's errors that have words of ours.
_ERRNAMES: Final = (
    "EACCES", "EADDRNOTAVAIL", "EBADF", "EBUSY", "EDQUOT", "EEXIST", "EFBIG", "EINVAL", "EIO", "EISDIR",
    "ELOOP", "EMFILE", "ENAMETOOLONG", "ENFILE", "ENOENT", "ENOMEM", "ENOSPC", "ENOTDIR", "ENXIO", "EPERM",
    "EPIPE", "EROFS", "ESTALE", "ETIMEDOUT")
_ERRNO: Final = TextKeys("common.errno.{}", _ERRNAMES)
KEY_OF: Final = "keys."  # before the id of a command, in a placeholder


class Plural(NamedTuple):
    """A text for exactly one and a text for any other count."""

    one: str
    other: str


Texts = Mapping[str, str | Plural]

_MONTHS: Final = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "tr": ("Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara"),
}
_DAYS: Final = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "tr": ("Pzt", "Sal", "Çar", "Per", "Cum", "Cmt", "Paz"),
}
_GROUPING: Final = {"en": ",", "tr": "."}
_DECIMAL: Final = {"en": ".", "tr": ","}


def read_texts(language: str, catalogs: Sequence[str]) -> dict[str, str | Plural]:
    """The texts of catalogs in a language: one module each. KeyError where two have one key."""
    texts: dict[str, str | Plural] = {}
    for catalog in catalogs:
        found: Texts = importlib.import_module(f"tui.i18n.catalogs.{language}.{catalog}").TEXTS
        duplicates = texts.keys() & found.keys()
        if duplicates:
            raise KeyError(f"{language}: in two catalogs: {sorted(duplicates)}")
        texts.update(found)
    return texts


_key_of: Callable[[str], str] = str  # until they are named, a key is shown as its command's id


def name_keys(key_of: Callable[[str], str]) -> None:
    """From now on texts name the key of a command, by its id, as `key_of` gives it."""
    global _key_of  # noqa: PLW0603 - one process hears one set of keys at a time
    _key_of = key_of


class _Formatter(string.Formatter):
    def __init__(self, language: str, texts: Mapping[str, str | Plural]) -> None:
        self.language = language
        self.texts = texts

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as it is there
        if field_name.startswith(KEY_OF):
            return _key_of(field_name.removeprefix(KEY_OF)), field_name
        return super().get_field(field_name, args, kwargs)

    def format_field(self, value: object, format_spec: str) -> str:
        match format_spec, value:
            case "n", int() | float():
                return grouped(value, self.language)
            case "m", int():
                return _size(value, self.language)
            case "d", dt.date():
                return date_text(value, self.language)
            case "d", str():  # as a reason keeps it: 2026-11-25, or with the hour behind it
                day, _, clock = value.partition(" ")
                text = date_text(dt.date.fromisoformat(day), self.language, with_year=True)
                return f"{text} {clock}".rstrip()
            case "t", dt.datetime() | dt.time():
                return value.strftime("%H:%M")
            case "l", int():  # a line of a file, from 1; nothing for 0
                return str(self.texts["common.at_line"]).format(line=value) if value else ""
            case "e", str():  # the name of a system's error; one that has no words of ours is shown as it is
                return str(self.texts[_ERRNO[value]]) if value in _ERRNAMES else value
        return str(super().format_field(value, format_spec))


def _size(size: int, language_: str) -> str:
    """Bytes as kB, or as MB where they are more than 0.0 of them."""
    if size < 100_000:
        return f"{math.ceil(size / 1000)} kB"
    return f"{grouped(round(size / 1_000_000, 1), language_)} MB"


class Words:
    """The texts of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.texts = read_texts(language, CATALOGS)
        self._formatter = _Formatter(language, self.texts)

    def say(self, key: str, /, **params: object) -> str:
        """The text of `key`. KeyError where there is none, or a placeholder has no value: a mistake of ours."""
        text = self.texts[key] if key in self.texts else self._read_on(key)
        if isinstance(text, Plural):
            text = text.one if params["count"] == 1 else text.other
        return self._formatter.vformat(text, (), params)

    def _read_on(self, key: str) -> str | Plural:
        """The text of `key`, of what its room has in later catalogs. KeyError where it is in none."""
        room = key.partition(".")[0]
        for catalog in LATER:
            if catalog.partition(".")[0] == room:
                self.texts |= read_texts(self.language, (catalog,))
                if key in self.texts:
                    break
        return self.texts[key]


_current: Words | None = None


def use(language: str) -> None:
    """Speak `language` ("tr" or "en") from now on."""
    global _current  # noqa: PLW0603 - one process speaks one language at a time
    if _current is None or _current.language != language:
        _current = Words(language)


def current() -> Words:
    global _current  # noqa: PLW0603 - one process speaks one language at a time
    if _current is None:
        _current = Words(terminal_language())
    return _current


def language() -> str:
    """The language in use: one of LANGUAGES."""
    return current().language


def say(key: str, /, **params: object) -> str:
    """The text of `key` in the language in use."""
    return current().say(key, **params)


def terminal_language() -> str:
    """The language of the terminal: Turkish where its locale is Turkish, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "tr" if value.lower().startswith("tr") else "en"
    try:
        return "tr" if (locale.getlocale()[0] or "").lower().startswith(("tr", "turkish")) else "en"
    except ValueError:
        return "en"


def whole_percent(share: float) -> int:
    """0.38 → 38. What is neither nothing nor all is never shown as 0 or 100: 199 of 200 are not all."""
    rounded = round(100 * share)
    return min(99, max(1, rounded)) if 0 < share < 1 else rounded


def percent(share: float) -> str:
    """0.38 → %38 (tr) or 38 % (en)."""
    whole = whole_percent(share)
    return f"%{whole}" if language() == "tr" else f"{whole} %"


def grouped(value: float, language_: str | None = None) -> str:
    """12430 → 12.430 (tr) or 12,430 (en); fractions with the language's decimal sign."""
    code = language_ or language()
    text = f"{value:,}"
    whole, _, fraction = text.partition(".")
    whole = whole.replace(",", _GROUPING[code])
    return whole + (_DECIMAL[code] + fraction if fraction else "")


def date_text(day: dt.date, language_: str | None = None, *, with_year: bool = False) -> str:
    """12 Eyl, 12 Sep; with the year where asked."""
    text = f"{day.day} {_MONTHS[language_ or language()][day.month - 1]}"
    return f"{text} {day.year}" if with_year else text


def range_text(first: dt.date, last: dt.date, language_: str | None = None, *, with_year: bool = False) -> str:
    """1–5 Eki, 28 Eki – 3 Kas; one day as it is."""
    until = date_text(last, language_, with_year=with_year)
    if first == last:
        return until
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{until}"
    return f"{date_text(first, language_, with_year=with_year and first.year != last.year)} – {until}"


def weekday_text(iso_weekday: int, language_: str | None = None) -> str:
    """1 → Pzt or Mon … 7 → Paz or Sun."""
    return _DAYS[language_ or language()][iso_weekday - 1]


# Turkish has four i's. Whoever looks for "istanbul" means İstanbul, and often types no dots and tails at all.
_FOLD: Final = str.maketrans({"İ": "i", "I": "i", "ı": "i", "Ç": "c", "ç": "c", "Ğ": "g", "ğ": "g", "Ö": "o", "ö": "o",
                              "Ş": "s", "ş": "s", "Ü": "u", "ü": "u", "Â": "a", "â": "a", "Î": "i", "î": "i", "Û": "u",
                              "û": "u", "\u0307": None})
_ALPHABET: Final = {letter: place for place, letter in enumerate("aâbcçdefgğhıiîjklmnoöpqrsştuüûvwxyz", start=1)}
_LOWER: Final = str.maketrans({"I": "ı", "İ": "i"})


def folded(text: str) -> str:
    """What is compared when text is looked for: `İSTANBUL`, `ıstanbul` and `istanbul` are one."""
    before = None
    while text != before:  # where a mark has gone, another may join the letter
        before, text = text, composed(text).translate(_FOLD).casefold().translate(_FOLD)
    return text


def turkish_lower(text: str) -> str:
    """I → ı, İ → i, the rest as everywhere."""
    return text.translate(_LOWER).lower()


def alphabetical(text: str) -> tuple[tuple[int, int], ...]:
    """A sort key by the Turkish alphabet: c before ç, ı before i; marks and digits before letters."""
    lower = turkish_lower(text)
    return tuple((1, _ALPHABET[letter]) if letter in _ALPHABET else (0 if ord(letter) < 128 else 2, ord(letter))
                 for letter in lower)
