"""Whether two drafts sound the same: what a callee hears and where the keys lead, as one text that can be compared."""

from __future__ import annotations

import json

from tui.campaign.fields import FIELDS, IVR, Section, fields_of
from tui.campaign.menu import DIGIT_TIMEOUT_DEFAULT
from tui.campaign.parsed_draft import ParsedDraft


def menu_key(draft: ParsedDraft) -> str:
    """The same text for drafts that mean the same menu, another for any other.

    Told: the type; for `ivr` the welcome, the repeats, the seconds and the fourteen targets as on the wire; for `queue`
    the queue. Not told: the numbers and their phrases. Bad texts are told as typed. Seconds left alone are the
    document's four; repeats left alone are the provider's own choice, so they are not the same as none.
    """
    told = {"call_type": draft.call_type}
    if draft.call_type == IVR:
        told["digit_timeout"] = str(DIGIT_TIMEOUT_DEFAULT)
    for field in (*fields_of(Section.MENU, draft.call_type), FIELDS["queue_number"]):
        parsed = draft.field(field.name)
        if field.belongs_to(draft.call_type) and parsed.text:
            told[field.name] = parsed.text if parsed.value is None else str(parsed.value)
    return json.dumps(told, ensure_ascii=False, sort_keys=True)

