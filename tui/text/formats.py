"""One way of writing each thing that is shown in many places: a state, a window of time, a target, a caller."""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec import Struct

from tui.campaign.account import Account, Standing, name_of, standing
from tui.campaign.calling_hours import Window
from tui.campaign.dates import ALL_DAYS, DAY_BEGINS, DAY_ENDS, ISTANBUL
from tui.campaign.lifecycle import State
from tui.campaign.parsed_draft import ParsedDraft, ParsedField
from tui.campaign.phone import BadPhone, connected_phone, readable_phone
from tui.campaign.reach import CauseCounts, CountedAs
from tui.campaign.rules import Weight
from tui.campaign.target import Target, TargetKind
from tui.core.reason import Localized, Reason
from tui.core.text_keys import TextKeys
from tui.i18n.words import date_text, range_text, say, weekday_text
from tui.store.values import Campaign
from tui.text.keys import PENDING, STANDING, STATE, TARGET_KIND

# How grave a problem is, where its tone can't be seen.
MARKS: Final = {Weight.ERROR: "✗", Weight.WARNING: "!", Weight.HINT: "·"}
LONGEST_VALUE: Final = 60
_CHOICES: Final = ("allowed", "known", "valid")
NOTHING_KNOWN: Final = Account()


class StateText(Struct, frozen=True):
    """A state as it is shown: always a glyph, a word and a tone (the name of a colour) together."""

    glyph: str
    word: str
    tone: str

    def __str__(self) -> str:
        return f"{self.glyph} {self.word}"


_SHOWN: Final = {
    State.DRAFT: ("✎", "draft"), State.REJECTED: ("✗", "bad"), State.LAUNCHING: ("◌", "doubt"),
    State.UNCONFIRMED: ("?", "doubt"), State.ON: ("●", "on"), State.OFF: ("○", "off"), State.FINISHED: ("■", "muted"),
    State.UNKNOWN: ("?", "doubt"), State.MISSING: ("×", "bad"), State.DELETED: ("×", "muted"),
}
_KNOWN_STATUSES: Final = ("AVAILABLE", "TALKING", "UNREGISTERED", "SS_DND")
_COUNTED: Final = TextKeys("text.reach.counted.{}", CountedAs)
_USER_STATUS: Final = TextKeys("campaign.user_status.{}", _KNOWN_STATUSES)


def sentence(reason: Reason) -> str:
    """What a reason says, long values cut short; what may stand in their place stands whole."""
    return say(reason.code, **{name: short(value) if isinstance(value, str) and name not in _CHOICES
                               else parameter_text(value) for name, value in reason.params.items()})


def parameter_text(value: str | int | Localized) -> str | int:
    """A parameter of a reason, in the language in use."""
    if isinstance(value, str | int):
        return value
    from tui.campaign.holidays import Holidays
    from tui.text.holidays import holidays_text

    if isinstance(value, CauseCounts):
        return ", ".join(say(_COUNTED[counted], count=count) for counted, count in value.named())
    if not isinstance(value, Holidays):
        raise TypeError(type(value).__name__)  # no other parameter is localized
    return holidays_text(value)


def short(text: str, limit: int = LONGEST_VALUE) -> str:
    """`text`, cut to `limit` letters with an ellipsis at the end where it is longer."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def id_text(campaign: Campaign | None) -> str | None:
    """The ID by which the provider knows a campaign; None where it knows none."""
    return None if campaign is None or campaign.provider_id is None else str(campaign.provider_id)


def window_of_campaign(campaign: Campaign, now: dt.datetime) -> Window | None:
    """When it calls; None where that isn't known. Dates left out mean the day of the launch, not today."""
    if campaign.adopted:
        return None
    return campaign.draft.window(campaign.launched_at or now)


def state_now(campaign: Campaign, now: dt.datetime, *, complete: bool = False) -> State:
    """The state that is shown: what the provider has is finished when its window is over, or every number is final.

    Unless nobody can say how it stands there.
    """
    if campaign.standing in (State.ON, State.OFF):
        if complete:
            return State.FINISHED
        window = window_of_campaign(campaign, now)
        if window is not None and window.is_over(now):
            return State.FINISHED
    return campaign.standing


def state_sign(state: State) -> str:
    """The glyph of a state."""
    return _SHOWN[state][0]


def state_shown(campaign: Campaign, now: dt.datetime, *, complete: bool = False) -> StateText:
    """A campaign's state; one whose last switch is under way or in doubt says so."""
    if campaign.pending is not None:
        return StateText("◌", say(PENDING[campaign.pending]), "doubt")
    state = state_now(campaign, now, complete=complete)
    shown = plain_state(state)
    if campaign.unsure and state is not State.UNKNOWN:
        return StateText("?", say("text.state.unsure", state=shown.word), "doubt")
    return shown


def plain_state(state: State) -> StateText:
    """A state by itself: its glyph, word and tone."""
    glyph, tone = _SHOWN[state]
    return StateText(glyph, say(STATE[state]), tone)


def window_text(window: Window | None, now: dt.datetime) -> str:
    """today 09:00–18:00 · 1–5 Oct 10:00–17:00 Mon–Fri."""
    if window is None:
        return "—"
    parts = [dates_text(window, now.astimezone(ISTANBUL).date())]
    if (window.begin_time, window.end_time) != (DAY_BEGINS, DAY_ENDS):
        parts.append(f"{window.begin_time:%H:%M}–{window.end_time:%H:%M}")
    if window.days != ALL_DAYS and window.begin != window.end:
        parts.append(days_text(window.days))
    return " ".join(parts)


def dates_text(window: Window, today: dt.date) -> str:
    def day_text(day: dt.date) -> str:
        return say("text.today") if day == today else date_text(day, with_year=day.year != today.year)

    if window.begin == window.end:
        return day_text(window.begin)
    if today in (window.begin, window.end):
        return f"{day_text(window.begin)} – {day_text(window.end)}"
    return range_text(window.begin, window.end, with_year=window.end.year != today.year)


def days_text(days: tuple[int, ...]) -> str:
    """Mon–Fri, or Mon, Wed, Fri."""
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{weekday_text(days[0])}–{weekday_text(days[-1])}"
    return ", ".join(weekday_text(day) for day in days)


def leading_text(parsed: ParsedField, account: Account = NOTHING_KNOWN) -> str:
    """Where a field leads, in words: “Queue 201 Sales”. What is no target is shown as it was typed."""
    return parsed.text if parsed.target is None else target_text(parsed.target, account)


def value_text(target: Target) -> str:
    """What a target needs, as it is shown: a number, an outside number in groups, a text to speak."""
    if target.kind is TargetKind.EXTERNAL:
        try:
            return readable_phone(connected_phone(target.value)).replace(" ", "\u00a0")  # never broken in two
        except BadPhone:
            return target.value
    return target.value


def target_text(target: Target, account: Account) -> str:
    """A target with its name: “Announcement 421 Teşekkürler”."""
    kind = say(TARGET_KIND[target.kind])
    if target.kind is TargetKind.TTS:
        return say("text.menu.speech", kind=kind, lang=target.lang, text=short(target.value))
    return " ".join(part for part in (kind, value_text(target), name_text(target, account)) if part)


def name_text(target: Target, account: Account) -> str:
    """The name that the account gives, cut short, or an extension's status; "" where there is none."""
    name = short(name_of(target, account))
    if target.kind is TargetKind.USER:
        return status_text(name)
    if target.kind is TargetKind.QUEUE and (free := account.agents.get(int(target.value))) is not None:
        return " · ".join(part for part in (name, say("text.menu.agents", count=free)) if part)
    return name


def status_text(status: str) -> str:
    """The provider's word for an extension in ours; a word that is new as it came."""
    return say(_USER_STATUS[status]) if status in _KNOWN_STATUSES else status


def standing_text(target: Target, account: Account) -> str:
    """What is to be said of a target's number: that the account lacks it, or that nobody could look."""
    stands = standing(target, account)
    return "" if stands is Standing.KNOWN else say(STANDING[stands])


def caller_text(draft: ParsedDraft) -> str:
    """The number that people see calling, as it was typed where it is none; "" where none is given."""
    return draft["cli"] if draft.caller is None else readable_phone(draft.caller)


def clock_text(now: dt.datetime) -> str:
    """The moment in Turkish time, as the line at the top shows it. `now` is aware."""
    return say("text.clock", moment=now.astimezone(ISTANBUL))


def read_text(at: dt.datetime, now: dt.datetime) -> str:
    """What the empty request means that the provider posts while it makes a campaign (docs/provider.md, "Create")."""
    return say("text.campaigns.read", moment=moment_text(at, now))


def moment_text(moment: dt.datetime, now: dt.datetime) -> str:
    """When something happened, in Turkish time: 14:32 today, else 12 Sep 14:32."""
    local, today = moment.astimezone(ISTANBUL), now.astimezone(ISTANBUL).date()
    if local.date() == today:
        return f"{local:%H:%M}"
    return f"{date_text(local.date(), with_year=local.year != today.year)} {local:%H:%M}"


def life_mark(campaign: Campaign) -> str:
    """What stands before the name of one that has several lives: how many it stands for, or which it is."""
    if campaign.is_last_of_several:
        return f"{say('text.lives.mark', count=campaign.lives)} "
    return f"{say('text.lives.earlier', number=campaign.life)} " if campaign.lives > 1 else ""
