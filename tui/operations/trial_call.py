"""Test calls: a campaign played to the operator's own telephone, by a campaign of its own and the ordinary launch."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Final

from msgspec import Struct

from tui.campaign.consent import consent_needed
from tui.campaign.lifecycle import NotSent, Outcome, Rejected
from tui.campaign.parsed_draft import NEW_DAYS, ParsedDraft
from tui.campaign.phone_list import Number, PhoneList, validate
from tui.campaign.request import body_hash, menu_key, wire
from tui.campaign.rules import Problem, check, errors
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.operations.launch import Upload, launch
from tui.operations.launch_request import prepare
from tui.operations.left_out import Overrides, may_be_tested
from tui.operations.services import NotPossible, Services
from tui.store import Campaign, NumberRow, Store, StoredNumber, StoreError

log = logging.getLogger("santral.test_call")

# It rings now and once, whatever the campaign's own window is: what is left out means today, at any hour.
_SCHEDULE: Final = ("date_range_begin", "date_range_end", "time_range_begin", "time_range_end")
_CALLED: Final = Overrides(with_do_not_call=True)  # whether it may be is asked for by itself
_ONE_CALL: Final = {"active_days": NEW_DAYS, "call_retries": "0", "max_thread_count": "1"}


class NotTestable(NotPossible):
    """The campaign has problems that a test call of it would have too: `problems`. Params: name, count."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        super().__init__(Reason("operations.test.problems", {"name": name, "count": len(problems)}))
        self.problems = problems


class PlannedTest(Struct, frozen=True):
    """A test call as it would be made of `source`: all but the number that it telephones."""

    source: Campaign
    draft: ParsedDraft
    phrase: str
    lang: str
    number: str  # the operator's own as far as it is known, not yet checked; "" where it isn't

    def telephones(self, typed: str) -> str:
        """A number as it is sent. NotPossible where it, or the phrase that is read out to it, is wrong."""
        result = validate(Number(typed, self.phrase, self.lang))
        if result.phone is None or result.problem is not None:
            raise NotPossible(result.problem or Reason("campaign.phone.empty"))
        return result.phone


async def plan_test(services: Services, campaign_id: int, row: int | None = None) -> PlannedTest:
    """What a test call of a campaign would be: with the phrase at position `row`, else of the first number called.

    Nothing is kept or sent. The campaign may be in any state. NotPossible where the profile may not launch, or what the
    campaign plays isn't known; NotTestable; NoSuchCampaign, NoSuchNumber.
    """
    services.must_be_writable()
    _ = services.provider  # a profile without a key is refused before anything is asked
    source, sample, last = await services.thread(_read, services.store, campaign_id, row)
    services.must_be_ours(source)
    if source.adopted:
        raise NotPossible(Reason("operations.test.adopted", {"name": source.name}))
    phrase, lang = (sample.phrase, sample.lang) if sample is not None else ("", "")
    draft = source.draft.of_fields(name for name in source.fields if name not in _SCHEDULE).changed(_ONE_CALL)
    wrong = errors(check(draft, PhoneList(total=1, with_phrase=int(bool(phrase))), services.now()))
    if wrong:
        raise NotTestable(source.name, wrong)
    if source.test_of is None:
        draft = draft.changed({"name": say("operations.test.name", name=source.name)})
    return PlannedTest(source, draft, phrase, lang, services.profile.test_number or last or "")


def _read(store: Store, campaign_id: int, row: int | None) -> tuple[Campaign, StoredNumber | None, str | None]:
    source = store.campaigns.get(campaign_id)
    return source, store.trial_calls.sample(campaign_id, row), store.trial_calls.last_number(source.profile)


async def twin_of(services: Services, planned: PlannedTest, phone: str) -> Campaign | None:
    """A test call that was sent with the very same request and may be at the provider, or is on its way there."""
    request = wire(planned.draft, [Number(phone, planned.phrase, planned.lang)])
    return await services.thread(services.store.earlier_launches.unconfirmed_twin, planned.source.profile,
                                 body_hash(request))


async def trial_draft(services: Services, planned: PlannedTest, phone: str) -> int:
    """Keep the draft of a test call to `phone`, a number as it is sent. Its ID. NoSuchCampaign.

    NotPossible where that is another's than the operator's own, and must not be called.
    """
    services.must_be_writable()
    await may_be_tested(services, phone, consent_needed(planned.draft))
    row = NumberRow(typed=phone, phone=planned.telephones(phone), phrase=planned.phrase, lang=planned.lang)
    return await services.thread(services.store.trial_calls.make, planned.source.id, planned.draft.values, row)


async def launch_test(services: Services, draft: int, upload: Upload | None = None) -> Outcome:
    """Launch the draft of a test call as any other. One that certainly called nobody is put away again.

    What `launch` raises, NotKept too.
    """
    try:
        outcome = await launch(services, await prepare(services, draft, overrides=_CALLED), upload)
    except BaseException:
        await _put_away(services, draft)
        raise
    if isinstance(outcome, Rejected | NotSent):
        await _put_away(services, draft)
    return outcome


async def _put_away(services: Services, draft: int) -> None:
    try:
        await services.thread(services.store.drafts.remove, draft)
    except StoreError as failure:  # what may be at the provider stays, and a full disk must not hide why it failed
        log.info("test call %s stays in the list: %s", draft, failure)


class LastTest(Struct, frozen=True):
    """The last test call that was made with a menu: made of it as it is now (`exact`), or before it was changed."""

    at: dt.datetime
    exact: bool


def last_test(store: Store, profile: str, draft: ParsedDraft, campaign_id: int | None = None) -> LastTest | None:
    """The last test call that the provider made of this menu, of whichever campaign; else the last of this campaign."""
    key = menu_key(draft)
    earlier: LastTest | None = None
    for call in store.trial_calls.created(profile):
        at = call.launched_at or call.created_at
        if menu_key(call.draft) == key:
            return LastTest(at, exact=True)
        if earlier is None and campaign_id is not None and call.test_of == campaign_id:
            earlier = LastTest(at, exact=False)
    return earlier
