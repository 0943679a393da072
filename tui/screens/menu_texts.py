"""What the editor of a menu shows of it: on its keys, in its title, and beneath."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tui.campaign.account import Account, Standing, name_of, standing
from tui.campaign.fields import OPT_OUT
from tui.campaign.menu import FIELD_OF_PLACE, MENU_FIELDS, PLACES, Texts, places_set
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.rules import Problem, Weight, errors
from tui.campaign.target import TargetKind
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.text.formats import name_text, sentence, standing_text, value_text
from tui.text.keys import FIELD_HELP, MENU_PLACE
from tui.widgets.keypad import KeyCell, Keypad

_KIND: Final = TextKeys("campaign.target_short.{}", TargetKind)


def cell_of(draft: ParsedDraft, place: str, account: Account) -> KeyCell:
    """What a key of the keypad shows of its target."""
    parsed = draft.field(FIELD_OF_PLACE[place])
    if not parsed.text:
        return KeyCell()
    mark = say("screens.menu.opt_out_sign") if draft[OPT_OUT] == place else ""
    target = parsed.target
    if target is None:
        return KeyCell(say("screens.menu.wrong"), parsed.text, say("screens.menu.no_target"), "bad", mark)
    kind = say(_KIND[target.kind])
    stands = standing(target, account)
    if stands in (Standing.MISSING, Standing.GONE):
        return KeyCell(kind, value_text(target), f"✗ {standing_text(target, account)}", "bad", mark)
    note = name_of(target, account) if target.kind is TargetKind.QUEUE else name_text(target, account)
    if stands is Standing.UNCHECKED:
        note = f"? {note}" if note else f"? {standing_text(target, account)}"
    value = value_text(target)
    if target.kind is TargetKind.TTS:
        note = target.lang
    return KeyCell(kind, value, note, "", mark)


def menu_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Those of a draft that are the menu's; a hint to a commercial campaign as well."""
    mine = (*MENU_FIELDS, "is_commercial")
    return [problem for problem in problems
            if problem.field in mine and (problem.field != "is_commercial" or problem.weight is Weight.HINT)]


def summary_text(texts: Texts, problems: list[Problem]) -> str:
    """How many keys are set, and how much is wrong."""
    count = len(errors(problems))
    wrong = say("screens.form.problems", count=count) if count else say("screens.form.no_problems")
    return f"{say('screens.menu.set', count=len(places_set(texts)), of=len(PLACES))}  {wrong}"


def about_text(keypad: Keypad, texts: Texts, problems: Iterable[Problem], account: Account) -> tuple[str, str]:
    """What is said beneath of the key where one is, and its tone.

    What it waits for where it is to be swapped; else what is wrong with it; else why the account's lists can't be had;
    else its target whole, which may have no room on the key; else what a key does that is not set.
    """
    field = FIELD_OF_PLACE[keypad.place]
    wrong = [problem for problem in problems if problem.field == field]
    if keypad.other:
        return say("screens.menu.swap_with", key=say(MENU_PLACE[keypad.other])), "accent"
    if wrong and (len(wrong) > 1 or wrong[0].code != "campaign.problem.no_target"):
        return sentence(wrong[0].reason), "bad"
    return _account_text(account) or texts.get(field, "") or say(FIELD_HELP[field]), ""


def _account_text(account: Account) -> str:
    listings = (account.announcements, account.queues, account.users)
    why = next((listing.problem for listing in listings if listing.problem is not None), None)
    return say("screens.menu.not_asked", why=sentence(why)) if why is not None else ""
