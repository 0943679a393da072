"""What is merely chosen in the app: kept beside the data, so that the configuration is not rewritten for it.

Losing it costs a few key presses. So nothing here ever stops the program: what cannot be read is put aside, what cannot
be written is noted in the log.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from tui.core import folders
from tui.core.files import put_aside, replace_file
from tui.i18n.words import LANGUAGES

_log: Final = logging.getLogger("santral.state")


class UiState(Struct, frozen=True):
    """What was chosen last; None where nothing was."""

    theme: str | None = None
    language: str | None = None  # "tr" or "en"
    profile: str | None = None  # the last one worked with
    sorting: Mapping[str, str] = field(default_factory=dict)  # list → how it is sorted
    filters: Mapping[str, str] = field(default_factory=dict)  # list → what its filter says
    assumptions: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # profile → what its estimates rest on
    hidden: frozenset[str] = frozenset()  # parts of screens that are put away


def state_path() -> Path | None:
    """None where this user has no home: then nothing is kept."""
    folder = folders.own("data")
    return None if folder is None else folder / "state.json"


def load_state(path: Path | None) -> UiState:
    """What is kept at `path`. A damaged file is moved aside to `….damaged`; a field not as expected is left out."""
    if path is None:
        return UiState()
    try:
        kept = json.loads(path.read_bytes())
    except FileNotFoundError:
        return UiState()
    except OSError as error:
        _log.warning("state not read: %s: %s", path, type(error).__name__)
        return UiState()
    except (ValueError, RecursionError):
        kept = None
    if not isinstance(kept, dict):
        _put_aside(path)
        return UiState()
    language = _text(kept, "language")
    return UiState(
        theme=_text(kept, "theme"),
        language=language if language in LANGUAGES else None,
        profile=_text(kept, "profile"),
        sorting=_texts(kept, "sorting"),
        filters=_texts(kept, "filters"),
        assumptions={name: _counts(of) for name, of in _of_type(kept, "assumptions", dict).items()},
        hidden=frozenset(filter(_is_text, _of_type(kept, "hidden", list))),
    )


def save_state(path: Path | None, state: UiState) -> None:
    """Keep `state` at `path`, whole or not at all, for its owner alone."""
    if path is None:
        return
    kept = {
        "theme": state.theme,
        "language": state.language,
        "profile": state.profile,
        "sorting": dict(state.sorting),
        "filters": dict(state.filters),
        "assumptions": {name: dict(of) for name, of in state.assumptions.items()},
        "hidden": sorted(state.hidden),
    }
    try:
        replace_file(path, json.dumps(kept, indent=1).encode())
    except OSError as error:
        _log.warning("state not kept: %s: %s", path, type(error).__name__)


def _put_aside(path: Path) -> None:
    aside = path.with_name(path.name + ".damaged")
    try:
        put_aside(path, aside.name)
    except OSError as error:
        _log.warning("state damaged, and not moved aside: %s: %s", path, type(error).__name__)
    else:
        _log.warning("state damaged, moved aside: %s", aside)


def _is_text(value: object) -> bool:
    """Whether it can be shown: a half of a surrogate pair, say, would fail in the terminal."""
    return isinstance(value, str) and value.isprintable()


def _of_type(kept: dict[str, Any], name: str, kind: type[Any]) -> Any:  # noqa: ANN401 - what JSON held
    value = kept.get(name)
    return value if isinstance(value, kind) else kind()


def _text(kept: dict[str, Any], name: str) -> str | None:
    value = kept.get(name)
    return value if _is_text(value) else None


def _texts(kept: dict[str, Any], name: str) -> dict[str, str]:
    found = _of_type(kept, name, dict)
    return {list_name: text for list_name, text in found.items() if _is_text(list_name) and _is_text(text)}


def _counts(found: object) -> dict[str, int]:
    table = found if isinstance(found, dict) else {}
    return {name: count for name, count in table.items() if isinstance(count, int) and not isinstance(count, bool)}
