"""What the callee hears, in words: a menu as the tree of a call, and a call as it goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.campaign.account import Account, Standing, standing
from tui.campaign.call_simulation import CallEvent, SimulatedCall, Step
from tui.campaign.fields import OPT_OUT
from tui.campaign.menu import FIELD_OF_PLACE, KEYS, NO_KEY, WRONG_KEY
from tui.campaign.parsed_draft import ParsedDraft, ParsedField
from tui.campaign.phone_list import Number
from tui.campaign.phrase import WordKind
from tui.campaign.rules import Problem, Weight
from tui.campaign.speech import heard
from tui.campaign.target import Target, TargetKind
from tui.i18n.words import say
from tui.text.formats import MARKS, caller_text, name_text, sentence, short, standing_text, target_text
from tui.text.keys import FIELD_LABEL
from tui.text.lines import Line
from tui.text.menu_endings import awaiting_text, not_pressed_text

MAX_STEPS = 100  # of a call that are shown: one that never ends would be painted with each key, longer and longer
ENDS_AFTER = (TargetKind.ANNOUNCEMENT, TargetKind.TTS, TargetKind.FAX, TargetKind.FAX_TO)


def menu_lines(draft: ParsedDraft, account: Account, problems: Sequence[Problem]) -> list[Line]:
    """The call as a tree: how it begins, what each key leads to, where each branch ends; then what is wrong."""
    lines = [Line(say("text.menu.hears"), "muted"), Line(_ringing(draft)), Line(_message(draft, account)),
             Line("⌨ " + awaiting_text(draft))]
    leading = [_key_line(draft, key, account) for key in KEYS if draft[FIELD_OF_PLACE[key]]]
    lines += leading or [Line("  " + say("text.menu.no_key_set"), "muted")]
    lines += [Line("  " + _not_pressed(draft, place, account), place=place, hang=4) for place in (NO_KEY, WRONG_KEY)]
    if problems:
        lines.append(Line(""))
    tones = {Weight.ERROR: "bad", Weight.WARNING: "doubt", Weight.HINT: "muted"}
    for problem in problems:
        label = say(FIELD_LABEL[problem.field])
        lines.append(Line(f"{MARKS[problem.weight]} {label}: {sentence(problem.reason)}", tones[problem.weight]))
    return lines


def _ringing(draft: ParsedDraft) -> str:
    caller, seconds = caller_text(draft), draft["ring_timeout"]
    if seconds and caller:
        return say("text.menu.rings_from", seconds=seconds, caller=caller)
    if caller:
        return say("text.menu.rings_by", caller=caller)
    return say("text.menu.rings_for", seconds=seconds) if seconds else say("text.menu.rings")


def _message(draft: ParsedDraft, account: Account) -> str:
    welcome = draft["welcome_announcement_id"]
    if not welcome:
        return say("text.menu.phrase")
    if draft.field("welcome_announcement_id").problem is not None:
        return say("text.menu.welcome", announcement=welcome)
    target = Target(TargetKind.ANNOUNCEMENT, welcome)
    named = " ".join(part for part in (welcome, name_text(target, account), standing_text(target, account)) if part)
    return say("text.menu.welcome", announcement=named)


def _key_line(draft: ParsedDraft, place: str, account: Account) -> Line:
    mark = f" {say('text.menu.opt_out_mark')}" if draft[OPT_OUT] == place else ""
    text, tone = _leads(draft.field(FIELD_OF_PLACE[place]), account)
    return Line(f"  {place}  {text}{mark}", tone, place, hang=5)


def _leads(parsed: ParsedField, account: Account) -> tuple[str, str]:
    """Where a key leads and where that ends, with the tone it is shown in."""
    target = parsed.target
    if target is None:
        return f"✗ {short(parsed.text)}", "bad"
    text = target_text(target, account)
    if target.kind is TargetKind.RESTART:
        text = say("text.menu.from_the_start")
    elif target.kind in ENDS_AFTER:
        text = say("text.menu.then_hangs_up", what=text)
    stands = standing(target, account)
    if stands is not Standing.KNOWN:
        text += f" ({standing_text(target, account)})"
    return text, "bad" if stands in (Standing.MISSING, Standing.GONE) else ""


def _not_pressed(draft: ParsedDraft, place: str, account: Account) -> str:
    parsed = draft.field(FIELD_OF_PLACE[place])
    return not_pressed_text(draft, place, _leads(parsed, account)[0] if parsed.text else "")


# A call as it goes on

def call_lines(call: SimulatedCall, draft: ParsedDraft, message: Sequence[Line], account: Account) -> list[Line]:
    """What has happened so far in a call of the draft's menu, of a long one its end.

    `message`: the welcome, or the phrase of a number.
    """
    lines = [Line(say("text.try.answered"), "muted")]
    if len(call.steps) > MAX_STEPS:
        lines.append(Line("…", "muted"))
    for step in call.steps[-MAX_STEPS:]:
        lines += message if step.event is CallEvent.MESSAGE else _step_lines(step, draft, account)
    return lines


def message_lines(draft: ParsedDraft, number: Number | None, account: Account) -> list[Line]:
    """What a callee hears before a key is awaited: the phrase of their number, else the welcome announcement."""
    if number is None or not number.phrase.strip():
        return [Line(_message(draft, account))]
    return [Line("♪ " + say("text.try.phrase")), *_phrase_lines(number, account)]


def _phrase_lines(number: Number, account: Account) -> Iterator[Line]:
    for word in heard(number.phrase, number.lang):
        match word.kind:
            case WordKind.ANNOUNCEMENT:
                target = Target(TargetKind.ANNOUNCEMENT, str(word.announcement))
                stands = standing(target, account)
                name = name_text(target, account) or say("text.try.no_name")
                tail = "" if stands is Standing.KNOWN else f" ({standing_text(target, account)})"
                tone = "bad" if stands in (Standing.MISSING, Standing.GONE) else ""
                yield Line(f"    ♪ {word.announcement} {name}{tail}", tone, hang=6)
            case WordKind.BAD_DATE:
                yield Line("    ✗ " + say("campaign.number.date", value=short(word.text)), "bad", hang=6)
            case WordKind.TEXT:
                yield Line("    “" + word.text + "” " + say("text.try.as_text"), "doubt", hang=6)
            case _:
                yield Line(f"    “{word.text}”", hang=6)


def _step_lines(step: Step, draft: ParsedDraft, account: Account) -> list[Line]:
    if step.event is CallEvent.TARGET:
        text, tone = _leads(draft.field(FIELD_OF_PLACE[step.key]), account)
        return [Line(f"→ {text}", tone or "on")]
    if step.event is CallEvent.AGAIN:  # docs/provider.md, "Create": a warning is read, then the menu from its beginning
        again = say("text.try.again", count=step.count) if step.count else say("text.try.again_last")
        return [Line(say("text.try.warning")), Line(f"↺ {again}")]
    text, tone = {
        CallEvent.WAITING: ("⌨ " + say("text.menu.waits", count=step.count), "muted"),
        CallEvent.PRESSED: ("▸ " + say("text.try.pressed", key=step.key), "strong"),
        CallEvent.WRONG_KEY: ("▸ " + say("text.try.wrong_key", key=step.key), "doubt"),
        CallEvent.NO_KEY: ("▸ " + say("text.try.no_key"), "doubt"),
        CallEvent.RESTARTED: (say("text.menu.from_the_start"), ""),
        CallEvent.NOTHING_SET: ("✗ " + say("text.try.nothing_set"), "doubt"),
        CallEvent.HUNG_UP: ("✗ " + say("text.try.hung_up"), "muted"),
    }[step.event]
    return [Line(text, tone)]
