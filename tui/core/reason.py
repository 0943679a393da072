"""A sentence not yet said: the key of its text, and what the text names."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class Localized:
    """A parameter that is put into words in the language of its sentence. It is never stored."""

    __slots__ = ()


class Reason(Struct, frozen=True):
    """Why something is as it is. `say(reason.code, **reason.params)` is the sentence, in either language.

    Kept in the store as code and parameters, so that what happened yesterday in Turkish reads in English today.
    """

    code: str
    params: Mapping[str, str | int | Localized] = field(default_factory=dict)
