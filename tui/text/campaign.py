"""A campaign in words: what will happen, what it is, what happened to it."""

from __future__ import annotations

import datetime as dt
import json
import shlex
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from tui.campaign.account import Account
from tui.campaign.calling_hours import Nobody, Window, calls_nobody
from tui.campaign.dates import ISTANBUL
from tui.campaign.fields import FIELDS, IVR, LANGUAGES, PHONE_LIST, TARGET_FIELDS, FieldKind
from tui.campaign.lifecycle import AskedBy, State
from tui.campaign.menu import FIELD_OF_PLACE, KEYS, NO_KEY, WRONG_KEY
from tui.campaign.parsed_draft import ParsedDraft, ParsedField
from tui.campaign.request import Json
from tui.campaign.rules import Problem, errors
from tui.core.secret import MASK
from tui.core.text_keys import TextKeys
from tui.i18n.words import grouped, say
from tui.store import Campaign, HistoryEntry, Lineage, ResultFilter
from tui.store.result_values import Round, Together
from tui.store.values import Event, PlanOrigin
from tui.text.formats import (
    NOTHING_KNOWN,
    caller_text,
    leading_text,
    moment_text,
    read_text,
    sentence,
    short,
    state_shown,
    window_of_campaign,
    window_text,
)
from tui.text.keys import CALL_TYPE, CHOICE, FIELD_LABEL, MENU_PLACE
from tui.text.menu_endings import awaiting_text, not_pressed_text
from tui.text.results import filter_text

_NOBODY: Final = TextKeys("text.review.nobody_{}", Nobody)
_EVENT: Final = TextKeys("store.event.{}", Event)
_BY: Final = TextKeys("text.by.{}", AskedBy)

_DESCRIBED_APART = frozenset(
    {"welcome_announcement_id", "digit_timeout", "digit_retries", *TARGET_FIELDS})  # with what holds where none is set
_LABEL, _MOMENT = 26, 16  # how wide what stands before a text is
LABELLED, DATED = _LABEL + 2, _MOMENT + 2  # where the text begins


def review_lines(draft: ParsedDraft, recipients: int, duplicates: int, now: dt.datetime,  # noqa: PLR0913 - all of it is shown
                 account: Account = NOTHING_KNOWN, receiver: str | None = None,
                 schedule: Sequence[str] = (), *, with_phrase: int = 0, again: int = 0) -> list[str]:
    """What a launch would do, in words, with the names that are known of the account.

    `receiver`: our own public address, where one is configured. `schedule`: when it calls, at length.
    `with_phrase`: how many of the rows that are called have a phrase. `again`: how many of those call a number that an
    earlier one calls.
    """
    window = draft.window(now)
    lines = [nobody_text(calls_nobody(window, recipients, now)) or _who(draft, recipients)]
    if window is not None and not schedule:
        lines.append(say("text.review.when", window=_window_long(window, now)))
    lines += schedule
    retries = draft.count("call_retries")
    lines.append(say("text.review.tries_default") if retries is None
                 else say("text.review.tries", count=retries + 1))
    if draft["ring_timeout"]:
        lines.append(say("text.review.ring", seconds=draft["ring_timeout"]))
    channels = draft.count("max_thread_count")
    lines.append(say("text.review.channels_default") if channels is None
                 else say("text.review.channels", count=channels))
    if draft.call_type == IVR:
        lines += _menu(draft, account, recipients, with_phrase, again)
    else:
        queue = draft.field("queue_number")
        lines.append(say("text.review.queue", queue=_named(queue, "queue", account) if queue.text else "—"))
    if again:
        lines.append(say("text.review.called_again", count=again))
    if duplicates:
        lines.append(say("text.review.duplicates", count=duplicates))
    if draft.records:
        lines.append(say("text.review.recorded"))
    if draft["is_commercial"] == "true":
        recipient, brand = draft["iys_recipient_type"], draft["iys_brand_code"]
        lines.append(say("text.review.commercial", recipient=recipient, brand=brand))
    lines.append(_results(draft["webhook_url"], receiver))
    return lines


def nobody_text(why: Nobody | None) -> str:
    """That a launch would call nobody; "" where it would call somebody."""
    return say(_NOBODY[why]) if why is not None else ""


def conclusion_text(problems: list[Problem], draft: ParsedDraft, recipients: int, now: dt.datetime) -> str:
    """What a review comes to: ready, or not and why."""
    count, nobody = len(errors(problems)), calls_nobody(draft.window(now), recipients, now)
    if count:
        return say("text.review.problems" if nobody is None else "text.review.nobody_problems", count=count)
    return say("text.review.ready") if nobody is None else say("text.review.nobody_all_the_same")


def _results(webhook: str, receiver: str | None) -> str:
    if webhook:
        return say("text.review.webhook", url=short(webhook))
    if receiver is not None:
        return say("text.review.receiver", url=short(receiver))
    return say("text.review.no_webhook")


def tested_line(at: dt.datetime, now: dt.datetime, *, exact: bool) -> str:
    """When a menu was last heard in a test call, and whether it is still the same."""
    today = at.astimezone(ISTANBUL).date() == now.astimezone(ISTANBUL).date()
    moment = f"{say('text.today')} {moment_text(at, now)}" if today else moment_text(at, now)
    if exact:
        return say("text.review.tested", moment=moment)
    return say("text.review.test_changed", moment=moment)


def trial_call_lines(draft: ParsedDraft, phrase: str, lang: str, now: dt.datetime) -> list[str]:
    """What a test call would be, in words: when it rings, what is heard, and that nobody else is called."""
    if draft.call_type != IVR:
        message = say("text.test.queue", queue=draft["queue_number"])
    elif phrase:
        message = say("text.test.phrase", phrase=short(phrase), lang=lang or LANGUAGES[0])
    else:
        message = say("text.test.welcome", announcement=draft["welcome_announcement_id"])
    return [say("text.test.now", moment=now.astimezone(ISTANBUL)), message, say("text.test.nobody_else")]


def _who(draft: ParsedDraft, recipients: int) -> str:
    caller = caller_text(draft)
    if caller:
        return say("text.review.people_from", count=recipients, caller=caller)
    return say("text.review.people", count=recipients)


def _window_long(window: Window, now: dt.datetime) -> str:
    text = window_text(window, now)
    return text if ":" in text else say("text.review.whole_day", window=text)


def _menu(draft: ParsedDraft, account: Account, recipients: int, with_phrase: int, again: int) -> Iterator[str]:
    yield _message(draft, account, recipients, with_phrase, again)
    for key in KEYS:
        if (parsed := draft.field(FIELD_OF_PLACE[key])).text:
            yield f"   {say(MENU_PLACE[key])}: {short(leading_text(parsed, account))}"
    yield f"   {awaiting_text(draft)}"
    for place in (NO_KEY, WRONG_KEY):
        yield f"   {not_pressed_text(draft, place, short(leading_text(draft.field(FIELD_OF_PLACE[place]), account)))}"


def _message(draft: ParsedDraft, account: Account, recipients: int, with_phrase: int, again: int) -> str:
    """What who answers hears first: the phrase of their own where they have one, else the welcome announcement."""
    welcome = draft.field("welcome_announcement_id")
    if not welcome.text or (not again and recipients and with_phrase >= recipients):
        return say("text.review.phrase")
    announcement = _named(welcome, "announcement", account)
    if again:
        return say("text.review.phrase_else_welcome", announcement=announcement)
    if not with_phrase:
        return say("text.review.welcome", announcement=announcement)
    return say("text.review.phrase_or_welcome", count=with_phrase, announcement=announcement)


def _named(parsed: ParsedField, kind: str, account: Account) -> str:
    """The queue or announcement whose number a field is; what is no number as the target that it would be."""
    return f"{kind}/{parsed.text}" if parsed.target is None else leading_text(parsed, account)


def request_text(request: Json) -> str:
    """The request as JSON, the key masked: a field a line, a number a line."""
    fields = {"key": MASK, **request}
    lines = [f"  {_json(name)}: {_json(value)}" for name, value in fields.items() if name != PHONE_LIST]
    rows = ",\n".join(f"    {_json(row)}" for row in request[PHONE_LIST])
    return "{\n" + ",\n".join([*lines, f"  {_json(PHONE_LIST)}: [\n{rows}\n  ]"]) + "\n}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def curl_text(request: Json, base_url: str) -> str:
    """The request as a line for the shell, the key masked."""
    body = _json({"key": MASK, **request})
    return " ".join(["curl", "-X", "POST", shlex.quote(f"{base_url}/ivr_campaigns.json"),
                     "-H", shlex.quote("Content-Type: application/json"), "--data-binary", shlex.quote(body)])


def campaign_lines(campaign: Campaign, now: dt.datetime, *, complete: bool,
                   way_out: str = "text.campaigns.unconfirmed") -> list[str]:
    """A campaign as it was launched. `complete`: each of its numbers has a final result.

    `way_out`: the text that says how an unconfirmed one is resolved from where this is read.
    """
    pairs = campaign_pairs(campaign, now, complete=complete, way_out=way_out)
    return [f" {label[:_LABEL]:<{_LABEL}} {value}" for label, value in pairs]


def campaign_pairs(campaign: Campaign, now: dt.datetime, *, complete: bool,
                   way_out: str = "text.campaigns.unconfirmed") -> list[tuple[str, str]]:
    """A campaign as it was launched, as labels and values; what goes on with a value has no label."""
    draft = campaign.draft
    pairs = [(say("text.column.state"), _state(campaign, now, complete=complete))]
    if campaign.reason is not None:
        pairs.append(("", sentence(campaign.reason)))
    if campaign.state is State.UNCONFIRMED:
        if campaign.pinged_at is not None:
            pairs.append(("", read_text(campaign.pinged_at, now)))
        pairs.append(("", say(way_out, ref=campaign.ref)))
    pairs.append((say("text.column.id"), str(campaign.provider_id or "—")))
    pairs.append((say("text.column.window"), window_text(window_of_campaign(campaign, now), now)))
    if not campaign.adopted:
        pairs.append((say("text.column.numbers"), grouped(campaign.callable_numbers)))
        if campaign.called_again:
            pairs.append(("", say("text.review.called_again", count=campaign.called_again)))
    for field in FIELDS.values():
        text = draft[field.name]
        # What belongs to the other type is never sent, though it may have been typed.
        sent = field.belongs_to(draft.call_type) and field.name not in _DESCRIBED_APART
        if text and sent and field.kind not in (FieldKind.DATE, FieldKind.TIME, FieldKind.DAYS):
            pairs.append((say(FIELD_LABEL[field.name]), _value(field.kind, text)))
    if draft.call_type == IVR and not campaign.adopted:
        pairs += _menu_pairs(draft, campaign)
    return pairs


def _menu_pairs(draft: ParsedDraft, campaign: Campaign) -> Iterator[tuple[str, str]]:
    menu = _menu(draft, NOTHING_KNOWN, campaign.callable_numbers, campaign.callable_with_phrase,
                 campaign.called_again)
    for place, line in enumerate(menu):
        yield ("" if place else say("campaign.section.menu")), line.strip()


class Kin(NamedTuple):
    """The campaign whose results another was made of, by which filter; and what was made of its own."""

    source: Campaign | None = None
    filter: ResultFilter | None = None
    made: Sequence[Lineage] = ()
    campaign: Campaign | None = None  # it itself
    rounds: Sequence[Round] = ()  # of its family; none where it is alone
    together: Together | None = None  # with its other lives; None where it has none


def lineage_lines(kin: Kin, now: dt.datetime) -> list[str]:
    """Which campaign it follows and which follow it, a line each. `now` is aware."""
    lines, source = [], kin.source
    if source is not None and kin.campaign is not None and kin.campaign.replaces is not None:
        lines.append(say("text.lineage.replaces", name=short(source.name), id=source.provider_id or "—"))
    elif source is not None and kin.filter is not None:
        lines.append(say("text.lineage.follows", name=short(source.name), id=source.provider_id or "—",
                         filter=chosen_text(kin.filter, kin.campaign.follows_plan if kin.campaign else None)))
    lines += round_lines(kin.rounds, kin.campaign.id if kin.campaign is not None else 0)
    if kin.together is not None:
        lines += life_lines(kin.together, kin.campaign.id if kin.campaign is not None else 0)
    lines += [say("text.lineage.replaced", name=short(made.name), moment=moment_text(made.created_at, now))
              if made.replaces else
              say("text.lineage.followed", name=short(made.name), moment=moment_text(made.created_at, now),
                  filter=chosen_text(made.filter, made.plan)) for made in kin.made]
    return [f" {line}" for line in lines]


def life_lines(together: Together, campaign: int) -> list[str]:
    """The figures of each life, a line each, and those of all. `campaign`: which one is looked at."""
    lines = [say("text.lives.one_here" if life.id == campaign else "text.lives.one", number=life.life, id=life.ref,
                 count=totals.numbers, called=totals.called, answered=totals.answered)
             for life, totals in together.lives]
    all_ = together.totals
    return [*lines, say("text.lives.all", count=all_.numbers + all_.unlisted, called=all_.called,
                        answered=all_.answered)]


def chosen_text(chosen: ResultFilter, plan: PlanOrigin | None) -> str:
    """Which numbers a follow-up was made of."""
    if plan is None:
        return filter_text(chosen)
    from tui.text.follow_up_plan import origin_text  # knows plans, which few campaigns are made by

    return origin_text(plan)


def round_lines(rounds: Sequence[Round], campaign: int) -> list[str]:
    """The figures of each round, a line each. `campaign`: which one is looked at."""
    lines = []
    for each in rounds:
        here = any(member.id == campaign for member, _ in each.campaigns)
        lines.append(say("text.lineage.round_here" if here else "text.lineage.round", number=each.number,
                         count=each.numbers, called=each.called, answered=each.answered))
    return lines


def _state(campaign: Campaign, now: dt.datetime, *, complete: bool) -> str:
    shown = str(state_shown(campaign, now, complete=complete))
    if campaign.last_set_at is None:
        return shown
    return f"{shown} · {say('text.campaign.last_set', moment=moment_text(campaign.last_set_at, now))}"


def _value(kind: FieldKind, text: str) -> str:
    if kind in (FieldKind.BOOLEAN, FieldKind.FLAG):
        return say(CHOICE[text]) if text in ("true", "false") else text
    if kind is FieldKind.CHOICE and text in ("ivr", "queue"):
        return say(CALL_TYPE[text])
    return text


def history_lines(history: Sequence[HistoryEntry], now: dt.datetime) -> list[str]:
    """What happened, newest first."""
    return [f" {moment:<{_MOMENT}} {text}" for moment, text in history_pairs(history, now)]


def history_pairs(history: Sequence[HistoryEntry], now: dt.datetime) -> list[tuple[str, str]]:
    """What happened, newest first, as moments and texts."""
    pairs = []
    for entry in history:
        text = say(_EVENT[entry.event])
        if entry.provider_id is not None:
            text += f" · ID {entry.provider_id}"
        if entry.numbers is not None:
            text += f" · {say('campaign.number_count', count=entry.numbers)}"
        if entry.by is not None:
            text += f" · {say(_BY[entry.by])}"
        if entry.reason is not None:
            text += f" · {sentence(entry.reason)}"
        pairs.append((moment_text(entry.at, now), text))
    return pairs
