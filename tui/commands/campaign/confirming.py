"""What a person is shown of a launch and asked, before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from msgspec import Struct

from tui.campaign.calling_hours import Nobody
from tui.campaign.fields import IVR
from tui.campaign.parsed_draft import ParsedDraft
from tui.commands.output import agreed, ask, full_sentence, problem
from tui.core.host import is_private
from tui.core.reason import Reason
from tui.i18n.words import grouped, say
from tui.operations.services import Services
from tui.operations.trial_call import last_test
from tui.text.campaign import review_lines, tested_line
from tui.text.schedule import schedule_lines


class Proposal(Struct, frozen=True):
    """A launch as it is put to a person. `recipients` are different numbers, `again` the rows beyond them."""

    draft: ParsedDraft
    recipients: int
    duplicates: int
    with_phrase: int
    again: int
    nobody: Nobody | None  # why it would call nobody
    multiplied: bool  # settings multiply the calls beyond what is usual: the count has to be typed, however small


def refusal_of(services: Services, proposed: Proposal, assumed: Mapping[str, int]) -> Reason | None:
    """Why it isn't launched; None where a person has read what will happen and agrees.

    `assumed`: what the profile's estimates rest on.
    """
    now = services.now()
    tested = last_test(services.store, services.profile.name, proposed.draft)
    schedule = schedule_lines(proposed.draft, proposed.recipients, now, services.calling_policy(), assumed,
                              again=proposed.again)
    for text in review_lines(proposed.draft, proposed.recipients, proposed.duplicates, now,
                             receiver=services.public_url, schedule=schedule, with_phrase=proposed.with_phrase,
                             again=proposed.again):
        problem(text)
    if proposed.draft.call_type == IVR:
        problem(say("command.create.untested") if tested is None
                else tested_line(tested.at, now, exact=tested.exact))
    if proposed.recipients > services.profile.confirm_above or proposed.multiplied:
        typed = ask(say("command.create.type_count", count=proposed.recipients))
        if typed in (str(proposed.recipients), grouped(proposed.recipients)):
            return None
        if typed:
            return Reason("command.create.wrong_count", {"value": typed, "count": proposed.recipients})
        return Reason("command.create.stopped")
    sure = (say("command.create.sure", count=proposed.recipients) if proposed.nobody is None
            else say("command.create.sure_nobody"))
    return None if agreed(sure) else Reason("command.create.stopped")


def warn_of_receiver(services: Services, draft: ParsedDraft) -> None:
    """Warn where results are to be sent to our receiver and the provider can't reach it."""
    from tui.core.base_url import is_this_machine

    url = None if draft["webhook_url"] else services.public_url
    if url is not None and is_private(url) and not is_this_machine(services.profile.base_url):
        why = Reason("campaign.problem.webhook_private", {"value": urlsplit(url).hostname or ""})
        problem(say("command.warning", place="public_url", sentence=full_sentence(why)))
