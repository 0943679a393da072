"""What Textual has read of a stylesheet is read for one app of a process, and stands for the next too."""

from __future__ import annotations

from typing import Any, Final

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_read: Final[dict[tuple[object, ...], list[RuleSet]]] = {}
_parse_rules: Final = Stylesheet._parse_rules


def _parsed_once(stylesheet: Stylesheet, css: str, *where: Any, **options: Any) -> list[RuleSet]:  # noqa: ANN401 - Textual's own
    wanted = (css, where, *sorted(options.items()), *sorted(stylesheet._variables.items()))
    if wanted not in _read:
        _read[wanted] = _parse_rules(stylesheet, css, *where, **options)
    return _read[wanted]


def keep() -> None:
    Stylesheet._parse_rules = _parsed_once  # type: ignore[assignment,method-assign]  # takes what it takes
