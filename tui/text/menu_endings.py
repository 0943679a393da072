"""What a menu does where no key leads on, in words: wherever a campaign is described, set or left alone."""

from __future__ import annotations

from tui.campaign.menu import FIELD_OF_PLACE
from tui.campaign.parsed_draft import ParsedDraft
from tui.i18n.words import say
from tui.text.keys import MENU_PLACE


def awaiting_text(draft: ParsedDraft) -> str:
    """How long a key is awaited."""
    return say("text.menu.waits", count=draft.menu.timeout)


def not_pressed_text(draft: ParsedDraft, place: str, leads: str) -> str:
    """What no key and a wrong one come to: the repeats, then where that leads. `leads`: the target in words."""
    label = say(MENU_PLACE[place])
    count = draft.count("digit_retries")
    ends = leads if draft[FIELD_OF_PLACE[place]] else say("text.menu.ends")
    if count is None:
        return say("text.menu.again_default", what=label, leads=ends)
    return say("text.menu.again", what=label, count=count, leads=ends) if count else f"{label}: {ends}"
