"""All that is known of one number, in words: as an operator reads it to whoever asks why they were called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from tui.campaign.account import Account
from tui.campaign.dates import ISTANBUL
from tui.campaign.lifecycle import State
from tui.campaign.phone import readable_phone
from tui.campaign.reach import COUNTED_AS, Cause, CountedAs
from tui.campaign.results import Attempt, has_recording
from tui.core.text_keys import TextKeys
from tui.i18n.words import date_text, say
from tui.store.call_details import CallDetail
from tui.store.consents import Consent
from tui.store.list_values import StoredNumber
from tui.store.person_values import ListChange, Person, PersonCampaign, PersonConsents, PersonNote, Refusal
from tui.store.values import Campaign
from tui.text import do_not_call
from tui.text.calls import answered_by_text
from tui.text.campaign import chosen_text
from tui.text.consent import type_text
from tui.text.formats import sentence, short, state_now, state_shown
from tui.text.results import key_text

COLUMNS: Final = ("at", "status", "key", "talk", "who", "recording")
COLUMN: Final = TextKeys("text.person.column.{}", COLUMNS)
_REFUSED: Final = TextKeys("text.person.refused.{}", tuple(
    cause for cause in Cause if COUNTED_AS[cause] not in (
        CountedAs.NO_CONSENT, CountedAs.ANSWERED_SINCE, CountedAs.LIMIT)))
# States in which the provider calls, or may call all the same.
_CALLING: Final = frozenset({State.LAUNCHING, State.UNCONFIRMED, State.ON, State.UNKNOWN, State.MISSING})
_MOST_KNOWN_AS: Final = 5  # references
_GAP: Final = "   "


class CampaignText(Struct, frozen=True):
    """A campaign in words: its heading, what it has to do with the number, and its calls, in the order of COLUMNS."""

    heading: str
    facts: tuple[str, ...]
    calls: tuple[tuple[str, ...], ...]


class PersonText(Struct, frozen=True):
    """A number in words. `refusals`: who says that it must not be called; `about`: of when this is."""

    heading: str
    summary: str
    about: str
    refusals: tuple[str, ...]
    notes: tuple[str, ...]
    changes: tuple[str, ...]  # what was done with it on do-not-call lists, but for what the refusals say
    consents: tuple[str, ...]  # to commercial calls
    campaigns: tuple[CampaignText, ...]
    older: int = 0  # how many campaigns are left out, as they are older than those
    known_as: str = ""  # the references of its rows

    def lists(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What stands before the campaigns: headings, and what stands beneath each."""
        if self.notes:
            yield say("text.person.notes"), self.notes
        if self.refusals:
            yield say("text.person.refused"), self.refusals
        if self.changes:
            yield say("text.person.changes"), self.changes
        if self.consents:
            yield say("text.person.consents"), self.consents

    def lines(self) -> Iterator[str]:
        """As lines of plain text, without a margin."""
        yield self.heading
        yield self.summary
        if self.known_as:
            yield self.known_as
        yield self.about
        for heading, said in self.lists():
            yield ""
            yield heading
            yield from (f"  {each}" for each in said)
        widths = [max((len(call[place]) for each in self.campaigns for call in each.calls), default=0)
                  for place in range(len(COLUMNS))]
        for each in self.campaigns:
            yield ""
            yield each.heading
            for call in each.calls:
                yield "  " + _GAP.join(text.ljust(width) for text, width in zip(call, widths, strict=True)
                                       if width).rstrip()
            yield from (f"  {fact}" for fact in each.facts)
        if self.older:
            yield ""
            yield say("text.person.older", count=self.older)


def person_text(person: Person, accounts: Mapping[str, Account], now: dt.datetime,
                most: int | None = None) -> PersonText:
    """`accounts`: by profile, for the names of what keys lead to. `most`: of so many campaigns, the newest."""
    shown = person.campaigns[:most]
    phone = readable_phone(person.phone)
    summary = say("text.person.summary", calls=person.calls, answered=person.answered, campaigns=len(person.campaigns))
    return PersonText(
        phone, summary if person.known else say("text.person.nothing", phone=phone),
        say("text.person.as_of", moment=moment_text(now)),
        tuple(refusal_text(person, each) for each in person.refusals),
        tuple(map(note_text, person.notes)),
        tuple(f"{moment_text(each.change.at)}{_GAP}{change_text(person, each)}" for each in person.earlier_changes),
        tuple(consent_text(each, consent) for each in person.consents for consent in each.consents or (None,)),
        tuple(_campaign_text(person, each, accounts.get(each.campaign.profile, Account()), now)
              for each in shown), len(person.campaigns) - len(shown), _known_as(person.references))


def _known_as(references: Sequence[str]) -> str:
    if not references:
        return ""
    first = [short(reference) for reference in references[:_MOST_KNOWN_AS]]
    return say("text.person.known_as", references="; ".join(first if first == list(references) else [*first, "…"]))


def consent_text(known: PersonConsents, consent: Consent | None) -> str:
    """What the İYS file of a profile says of a number, by one of its statements; None: it doesn't have it."""
    if consent is None:
        return say("text.person.consent_none", profile=known.profile, moment=moment_text(known.file_at))
    said = say("text.person.consent", profile=known.profile, type=type_text(consent.recipient_type),
               status=consent.status.value)
    since = say("text.person.consent_since", moment=moment_text(consent.since)) if consent.since is not None else ""
    brand = say("text.person.consent_brand", brand=consent.brand) if consent.brand else ""
    return ", ".join(filter(None, (said, brand, since)))


def may_call(each: PersonCampaign, now: dt.datetime) -> bool:
    """Whether a campaign may still call the number, by what is known: nothing says that it does not.

    One that is off may, once it is switched on.
    """
    state = state_now(each.campaign, now, complete=each.totals.complete)
    return (state in _CALLING or state is State.OFF) and not each.final and (
        each.unlisted or any(row.callable for row in each.rows))


def launched_at(campaign: Campaign) -> dt.datetime | None:
    """When the launch was asked for that may have made it; None where none may have."""
    made = campaign.provider_id is not None or campaign.state in (State.LAUNCHING, State.UNCONFIRMED)
    return campaign.launched_at if made else None


def moment_text(at: dt.datetime) -> str:
    """12 Sep 2026 14:32, in Turkish time."""
    local = at.astimezone(ISTANBUL)
    return f"{date_text(local.date(), with_year=True)} {local:%H:%M}"


def refusal_text(person: Person, refusal: Refusal) -> str:
    """Who says that a number must not be called, why and since when."""
    at = say("text.person.unknown") if refusal.at is None else moment_text(refusal.at)
    pressed_in = None if refusal.campaign is None else person.others.get(refusal.campaign)
    if refusal.source is Cause.PRESSED and pressed_in is not None:
        return say("text.person.refused.pressed_in", profile=refusal.profile, campaign=name_text(pressed_in), moment=at)
    text = say(_REFUSED[refusal.source], profile=refusal.profile, moment=at)
    return _with_reason(text, refusal.reason, refusal.by_user)


def note_text(note: PersonNote) -> str:
    """What somebody wrote of a number, when and by whom; on one line."""
    text, at = " ".join(note.text.split()), moment_text(note.at)
    if note.by_user:
        return say("text.person.note_by", profile=note.profile, moment=at, user=note.by_user, text=text)
    return say("text.person.note", profile=note.profile, moment=at, text=text)


def change_text(person: Person, each: ListChange) -> str:
    """What was done with a number on a do-not-call list, without when."""
    pressed_in = person.others.get(each.change.campaign or 0)
    text = do_not_call.change_text(each.change, "" if pressed_in is None else pressed_in.name)
    return say("text.person.change", profile=each.profile, text=text)


def _with_reason(text: str, reason: str, by_user: str) -> str:
    if reason and by_user:
        return say("text.person.reason_by", text=text, reason=reason, user=by_user)
    return say("text.person.reason", text=text, reason=reason or by_user) if reason or by_user else text


def name_text(campaign: Campaign) -> str:
    """A campaign as it is named among others: “Anket” (20212)."""
    name = campaign.name.strip()
    return say("text.person.named", name=name, ref=campaign.ref) if name else campaign.ref


def _campaign_text(person: Person, each: PersonCampaign, account: Account, now: dt.datetime) -> CampaignText:
    campaign = each.campaign
    state = state_shown(campaign, now, complete=each.totals.complete)
    heading = say("text.person.campaign", campaign=name_text(campaign), profile=campaign.profile, state=state.word)
    return CampaignText(heading, tuple(_facts(person, each, now)),
                        tuple(_call(campaign, call, person.detail(each, call), account) for call in each.calls))


def _call(campaign: Campaign, call: Attempt, detail: CallDetail | None, account: Account) -> tuple[str, ...]:
    talked = "" if call.talk_seconds is None else say("text.person.talked", count=call.talk_seconds)
    key = key_text(campaign.draft, call.digit, account)
    if call.digit and call.digit == campaign.draft.opt_out:
        key = f"{key} · {say('text.menu.opt_out_mark')}"
    recorded = has_recording(call, records=campaign.draft.records, said=None if detail is None else detail.recorded)
    return (moment_text(call.at), call.status, key, talked, answered_by_text(detail, account),
            f"● {say('text.call.recorded')}" if recorded else "")


def _facts(person: Person, each: PersonCampaign, now: dt.datetime) -> Iterator[str]:
    campaign = each.campaign
    if (launched := launched_at(campaign)) is not None:
        unsure = campaign.state in (State.LAUNCHING, State.UNCONFIRMED)
        yield say("text.person.launch_asked" if unsure else "text.person.launched", moment=moment_text(launched))
    else:
        yield say("text.person.adopted" if campaign.adopted else "text.person.made",
                  moment=moment_text(campaign.created_at))
    yield from _origin(person, campaign)
    yield from map(_row, each.rows)
    if each.unlisted:
        yield say("text.person.unlisted")
    elif not each.calls and any(row.callable for row in each.rows) and not campaign.state.editable:
        yield say("text.person.not_called")
    yield from dict.fromkeys(_with_reference(
        say("text.person.dropped", moment=moment_text(row.at), why=sentence(row.why)), row.reference)
        for row in each.dropped)
    if may_call(each, now):
        yield say("text.person.may_call_off" if campaign.standing is State.OFF else "text.person.may_call")


def _origin(person: Person, campaign: Campaign) -> Iterator[str]:
    """Of which other campaign it was made."""
    if (source := person.others.get(campaign.test_of or 0)) is not None:
        yield say("text.person.test", campaign=name_text(source))
    if (source := person.others.get(campaign.follows or 0)) is not None:
        filter_ = "" if campaign.follows_filter is None else chosen_text(campaign.follows_filter, campaign.follows_plan)
        yield say("text.person.follows", campaign=name_text(source), filter=filter_)


def references_text(each: PersonCampaign) -> str:
    """The references of the rows by which a campaign has the number, the first as it counts first; "" for none."""
    return "; ".join(dict.fromkeys(row.reference for row in each.rows if row.reference))


def _with_reference(text: str, reference: str) -> str:
    return say("text.person.reference", text=text, reference=reference) if reference else text


def _row(row: StoredNumber) -> str:
    return _with_reference(_place(row), row.reference)


def _place(row: StoredNumber) -> str:
    if row.problem is not None:
        return say("text.person.row_bad", row=row.position, why=sentence(row.problem))
    if row.duplicate_of is not None:
        return say("text.person.row_repeats", row=row.position, first=row.duplicate_of)
    phrase = row.phrase.strip()
    return say("text.person.row_phrase" if phrase else "text.person.row", row=row.position, phrase=phrase)
