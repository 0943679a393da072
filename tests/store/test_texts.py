"""Each reason that the store gives has a sentence in both languages, and its parameters fill it."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import tui.store
from tests.store.support import REACHED
from tui.i18n.catalogs.en.store import TEXTS as ENGLISH
from tui.i18n.catalogs.tr.store import TEXTS as TURKISH
from tui.i18n.words import Plural
from tui.store import Event, ListStepKind, RowFilter
from tui.store.successor_guard import Unfit

PARAMS: dict[str, set[str]] = {
    "store.too_new": {"path", "found", "known"},
    "store.too_old": {"path", "found", "oldest"},
    "store.failed": {"path", "detail"},
    **{f"store.{code}": {"path"} for code in ("foreign", "damaged", "full", "read_only", "busy",
                                                   "bad_address", "connection_lost", "silent", "commit_unknown",
                                                   "no_schema",
                                                   "foreign_schema", "gone", "closed", "files",
                                                   "open_to_others", "hard_link", "mounted_file", "no_locks",
                                                   "copy_not_empty", "copy_nothing", "copy_in_flight")},
    **{f"store.{code}": {"path", "owner"} for code in ("of_another", "folder_of_another")},
    "store.folder_open": {"path", "folder"},
    "store.open_passfile": {"path", "file"},
    "store.copy_differs": {"path", "table"},
    **{f"store.{code}": {"path", "detail"} for code in ("unreachable", "no_right")},
    "store.in_part": {"path", "done"},
    "store.no_driver": set(),
    "store.wrong_encoding": {"path", "found"},
    "store.old_server": {"path", "found", "needed"},
    "store.no_such_campaign": {"campaign"},
    "store.no_such_number": {"position"},
    **{f"store.wrong_state.{state}": {"name"} for state in REACHED},
    "store.changed": {"name"},
    "store.list_changed": {"name"},
    **{f"store.dropped.{why}": set() for why in ("by_hand", *RowFilter) if why is not RowFilter.ALL},
    **{f"store.suppressed.{why}": set() for why in (
        "pressed", "by_hand", "file", "blocked", "untold", "consent_refused", "no_consent",
        "answered_since")},
    "store.suppressed.too_often": {"count", "calls"},
    "store.suppressed.too_soon": {"count"},
    "store.launched_meanwhile": {"name"},
    "store.refused_meanwhile": {"name"},
    "store.answered_meanwhile": {"name"},
    "store.answered_while_sent": {"name"},
    "store.called_before": {"name", "day"},
    **{f"store.step.{step}": {"count"} for step in ListStepKind},
    "store.already_switching": {"name"},
    "store.has_successor": {"name", "ref"},
    **{f"store.succession.{why}": {"name"} for why in (*Unfit, "no_list", "repeats")},
    **{f"store.succession.{why}": set() for why in ("reached", "final")},
    "store.menu_without_name": set(),
    "store.already_known": {"name", "provider_id"},
    "store.family_changes": set(),
    "store.id_taken": {"name", "provider_id"},
    **{f"store.already_launched.{why}": {"name"} for why in ("under_way", "unconfirmed", "created", "other_body")},
    "store.launch_interrupted": set(),
    "store.switch_interrupted": set(),
    "store.switch_late": set(),
    "store.switch_overtaken": set(),
    "store.said_not_created": set(),
    "store.result_without_campaign": set(),
    **{f"store.event.{event}": set() for event in Event},
}


@pytest.mark.parametrize("texts", [ENGLISH, TURKISH], ids=["en", "tr"])
def test_every_reason_has_a_sentence_with_its_parameters(texts: dict[str, str | Plural]) -> None:
    placeholders = {key: {name for form in (text if isinstance(text, Plural) else (text,))
                          for _, name, _, _ in string.Formatter().parse(form) if name}
                    for key, text in texts.items()}
    assert placeholders == PARAMS


def test_every_code_in_the_room_is_known() -> None:
    source = "".join(file.read_text("utf-8") for file in Path(tui.store.__file__).parent.rglob("*.py"))
    used = set(re.findall(r'"(store\.[a-z_]+)"', source))
    assert used == {key for key in PARAMS if key.count(".") == 1}
