"""The filter of the list of campaigns as it is typed: `state:on,off type:queue "kasım daveti" -test`.

    word  "several words"              in the name; a number is the ID as well
    state:on  type:queue  profile:acme  a field and one of its values, or several with commas
    -word  -state:draft                everything but that

Fields and values are understood in both languages, without capitals, dots and tails.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tui.campaign.fields import CALL_TYPES, IVR, QUEUE
from tui.campaign.lifecycle import State
from tui.core.letters import composed
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.i18n.words import folded, say
from tui.operations.services import NotPossible
from tui.store import ListFilter
from tui.text.keys import CALL_TYPE_SHORT
from tui.text.keys import STATE as STATE_TEXT

T = TypeVar("T")

PENDING: Final = "pending"
STATE, TYPE, PROFILE = "state", "type", "profile"
# A test holds them beside the words that the list shows, in both languages.
_FIELDS: Final = {"state": STATE, "durum": STATE, "type": TYPE, "tur": TYPE, "profile": PROFILE, "profil": PROFILE}
_STATES: Final[Mapping[str, State | str]] = {
    "draft": State.DRAFT, "taslak": State.DRAFT, "launching": State.LAUNCHING, "baslatiliyor": State.LAUNCHING,
    "unconfirmed": State.UNCONFIRMED, "dogrulanmadi": State.UNCONFIRMED, "rejected": State.REJECTED,
    "reddedildi": State.REJECTED, "on": State.ON, "suruyor": State.ON, "acik": State.ON, "off": State.OFF,
    "durduruldu": State.OFF, "kapali": State.OFF,
    "unknown": State.UNKNOWN, "bilinmiyor": State.UNKNOWN, "missing": State.MISSING, "bulunamadi": State.MISSING,
    "finished": State.FINISHED, "bitti": State.FINISHED, "deleted": State.DELETED, "silindi": State.DELETED,
    "switching": PENDING, "degisiyor": PENDING,
}
_TYPES: Final = {"ivr": IVR, "queue": QUEUE, "kuyruk": QUEUE}
_NO_SUCH: Final = TextKeys("operations.list_filter.no_{}", (STATE, TYPE, PROFILE))
_FIELD_WORD: Final = TextKeys("operations.list_filter.{}", (STATE, TYPE, PROFILE, "all"))
_ALL: Final = ("all", "tumu")
_NO_TYPE: Final = ""
_TERM: Final = re.compile(r'(?P<no>-?)(?:(?P<field>[^\W\d_]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]*))')


class BadFilter(NotPossible):
    """A filter that can't be read. `unfinished`: as far as it goes it could become one; `before`: what goes before."""

    def __init__(self, reason: Reason, *, unfinished: bool) -> None:
        super().__init__(reason)
        self.unfinished = unfinished
        self.before = ListFilter()


class _Term(Struct, frozen=True):
    """What stands between two blanks."""

    text: str
    without: bool
    field: str | None  # as it was typed
    value: str
    quoted: bool
    last: bool  # nothing comes after it, not even a blank: it may still be typed

    @property
    def values(self) -> list[str]:
        return [self.value] if self.quoted else self.value.split(",")


def read_filter(text: str, profiles: Collection[str], *, deleted: bool = False) -> ListFilter:
    """What `text` asks for, of these profiles; `deleted` ones as well. BadFilter."""
    chosen = ListFilter(deleted=deleted)
    for term in _terms(text):
        try:
            chosen = _with(chosen, term, profiles)
        except BadFilter as bad:
            bad.before = chosen
            raise
    return chosen


def with_state(text: str, state: State | str | None) -> str:
    """`text` with this state, or PENDING, in place of those that it asks for; None: with any."""
    kept = [term.text for term in _terms(text) if term.field is None or _FIELDS.get(folded(term.field)) != STATE]
    if state is not None:
        kept.append(f"{_word(STATE)}:{state_word(state)}")
    return " ".join(kept)


def state_word(state: State | str) -> str:
    """A state in the language in use, as the filter takes it."""
    return say("operations.list_filter.pending" if state == PENDING else STATE_TEXT[State(state)])


def _terms(text: str) -> Iterator[_Term]:
    text = composed(text)
    for found in _TERM.finditer(text):
        quoted = found["quoted"] is not None
        value = found["quoted"] if quoted else found["plain"]
        if found[0] and (value or found["field"]):  # a dash between two words is none
            closing = '"' if quoted and found.end("quoted") == found.end() else ""
            yield _Term(found[0] + closing, bool(found["no"]), found["field"], value, quoted, found.end() == len(text))


def _with(chosen: ListFilter, term: _Term, profiles: Collection[str]) -> ListFilter:
    if term.field is None:
        return _named(chosen, term)
    field = _FIELDS.get(folded(term.field))
    if field is None:
        params = {"value": term.field, "valid": ", ".join(_word(name) for name in (STATE, TYPE, PROFILE))}
        raise BadFilter(Reason("operations.list_filter.no_field", params), unfinished=False)
    if field == STATE:
        return _in_states(chosen, term)
    if field == TYPE:
        types = _values(term, TYPE, _TYPES, [say(CALL_TYPE_SHORT[kind]) for kind in CALL_TYPES])
        return replace(chosen, call_types=_narrowed(chosen.call_types, types, {*CALL_TYPES, _NO_TYPE}, term))
    every = dict.fromkeys(_ALL, "")
    names = _values(term, PROFILE, every | {folded(name): name for name in profiles}, [*profiles, _word("all")])
    meant = set(profiles) if "" in names else names
    return replace(chosen, profiles=_narrowed(chosen.profiles, meant, set(profiles), term))


def _named(chosen: ListFilter, term: _Term) -> ListFilter:
    if term.without:
        return replace(chosen, without=(*chosen.without, term.value))
    if term.quoted:
        return replace(chosen, exact=(*chosen.exact, term.value))
    return replace(chosen, words=f"{chosen.words} {term.value}".lstrip())


def _in_states(chosen: ListFilter, term: _Term) -> ListFilter:
    named = _values(term, STATE, _STATES, [state_word(state) for state in (*State, PENDING)])
    states = {state for state in named if isinstance(state, State)}
    if PENDING in named:
        chosen = replace(chosen, pending=not term.without)
    if not states:
        return chosen
    every = {*State} if chosen.deleted else {*State} - {State.DELETED}
    return replace(chosen, states=_narrowed(chosen.states, states, every, term))


def _narrowed(before: frozenset[T] | None, named: set[T], every: set[T], term: _Term) -> frozenset[T]:
    """Those of one field: named again, others come to them; `-` takes away from what there is."""
    if term.without:
        return frozenset((every if before is None else before) - named)
    return frozenset(named | (before or frozenset()))


def _values(term: _Term, field: str, known: Mapping[str, T], valid: Collection[str]) -> set[T]:
    """What the values of a term mean. BadFilter where one of them means nothing."""
    found: set[T] = set()
    for left, typed in enumerate(term.values, start=1 - len(term.values)):  # 0: the last
        value = folded(typed)
        if value in known:
            found.add(known[value])
            continue
        if term.last and left == 0 and any(word.startswith(value) for word in known):
            params = {"field": _word(field), "valid": ", ".join(valid)}
            raise BadFilter(Reason("operations.list_filter.choose", params), unfinished=True)
        params = {"value": typed, "valid": ", ".join(valid)}
        raise BadFilter(Reason(_NO_SUCH[field], params), unfinished=False)
    return found


def _word(name: str) -> str:
    """A field in the language in use."""
    return say(_FIELD_WORD[name])
