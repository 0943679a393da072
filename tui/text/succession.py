"""A campaign in the place of another, in words: what is changed, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tui.campaign.fields import OPT_OUT
from tui.campaign.parsed_draft import ParsedDraft
from tui.i18n.words import say
from tui.text.keys import FIELD_LABEL

_NOTHING: Final = "—"


def changed_lines(draft: ParsedDraft, changes: Mapping[str, str]) -> list[str]:
    """What the fields of a campaign would be that are to be changed, a line each, as they are typed."""
    return [f"  {_label(name)}: {draft[name] or _NOTHING} → {typed or _NOTHING}"
            for name, typed in changes.items() if draft[name] != typed]


def _label(name: str) -> str:
    return say("text.succession.opt_out") if name == OPT_OUT else say(FIELD_LABEL[name])
