"""Whether two drafts sound the same: what a callee hears and where the keys lead, as one text that can be compared."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from tui.campaign.draft import Draft
from tui.campaign.fields import FIELDS, IVR, Field, Kind, Section, fields_of
from tui.campaign.menu import DIGIT_TIMEOUT_DEFAULT
from tui.campaign.target import BadTarget, parse_target

_WHOLE_NUMBER: Final = re.compile(r"[0-9]{1,18}")


def menu_key(values: Mapping[str, str]) -> str:
    """The same text for texts of drafts (by wire field name) that mean the same menu, another for any other.

    Told: the type; for `ivr` the welcome, the repeats, the seconds and the fourteen targets as on the wire; for `queue`
    the queue. Not told: the numbers and their phrases. Bad texts are told as typed. Seconds left alone are the
    document's four; repeats left alone are the provider's own choice, so they are not the same as none.
    """
    draft = Draft(values)
    told = {"call_type": draft.call_type}
    if draft.call_type == IVR:
        told["digit_timeout"] = str(DIGIT_TIMEOUT_DEFAULT)
    for field in (*fields_of(Section.MENU, draft.call_type), FIELDS["queue_number"]):
        if field.belongs_to(draft.call_type) and (text := draft[field.name]):
            told[field.name] = _canonical(field, text)
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _canonical(field: Field, text: str) -> str:
    if field.kind is Kind.TARGET:
        try:
            return str(parse_target(text))
        except BadTarget:
            return text
    return str(int(text)) if _WHOLE_NUMBER.fullmatch(text) else text
