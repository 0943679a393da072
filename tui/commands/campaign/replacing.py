"""`santral campaign replace REF --set FIELD=VALUE …`: what runs is changed by a campaign in its place.

Each step is told. Whatever ends the command, the same command goes on from there.
"""

from __future__ import annotations

import asyncio
from asyncio import sleep
from typing import Final

from tui.campaign.lifecycle import State
from tui.campaign.rules import Weight, check
from tui.campaign.succession import Step
from tui.commands.arguments.campaign import LaunchDraft, ReplaceCampaign
from tui.commands.campaign.launch_draft import launch_campaign
from tui.commands.campaign.plan import PlacedProblem, print_problems, problems_json
from tui.commands.campaign.replaced import former_json
from tui.commands.document import Json
from tui.commands.invocation import Invocation
from tui.commands.output import agreed, document, full_sentence, interactive, line, problem, progress, refusal
from tui.commands.running import campaign_of, open_services, run
from tui.commands.status import Status, Stopped
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.operations.launch_request import phones_of
from tui.operations.records import RecordsProgress
from tui.operations.services import NotPossible, Services
from tui.operations.succession import (
    Progress,
    begin_succession,
    delete_former,
    give_up,
    know,
    know_from_records,
    look,
    make_successor,
    read_progress,
    switch_former_off,
    take_for_known,
)
from tui.operations.switch import Unclear
from tui.store import Campaign
from tui.text.formats import moment_text
from tui.text.succession import changed_lines

_LOOK_EVERY: Final = 1.0  # seconds


def replace_campaign(invocation: Invocation, arguments: ReplaceCampaign) -> Status:
    """Take a succession up where it is, and go on to its end. NotPossible, ProviderError, StoreError."""
    with open_services(invocation) as services:
        services.must_be_writable()
        _ = services.provider  # a profile without a key is refused before anything is begun
        named = campaign_of(services, arguments.ref)
        former = services.store.campaigns.get(named.replaces) if _is_draft(named) and named.replaces else named
        if arguments.give_up:
            return _given_up(services, former, as_json=arguments.json)
        return _Replacing(services, invocation, arguments, former).run()


def _is_draft(campaign: Campaign) -> bool:
    return campaign.provider_id is None


def _given_up(services: Services, former: Campaign, *, as_json: bool) -> Status:
    found = run(services, give_up(services, former.id))
    if as_json:
        document(former_json(found, services.now()))
    else:
        line(say("command.replace.given_up", ref=former.ref, name=former.name))
    return Status.DONE


class _Replacing:
    """One run of the command."""

    def __init__(self, services: Services, invocation: Invocation, arguments: ReplaceCampaign,
                 former: Campaign) -> None:
        self._services = services
        self._invocation = invocation
        self._arguments = arguments
        self._former = former

    def run(self) -> Status:
        """Step by step. Where one can't be done, the reason and what goes on with it."""
        found = self._look()
        if found.step is Step.DONE:
            return self._done(found)
        wrong = self._would_be_wrong(found)
        if wrong:
            return self._refuse_for_problems(wrong)
        if not found.open:
            if not self._is_agreed(found):
                return Status.FAILED
            found = run(self._services, begin_succession(self._services, self._former.id))
        while (ended := self._go_on(found)) is None:
            found = self._look()
        return ended

    def _go_on(self, found: Progress) -> Status | None:
        """Do the next step. What the command ends with, where that is the last one."""
        match found.step:
            case Step.SWITCH_OFF:
                return self._switch_off()
            case Step.WAIT:
                self._wait(found)
                return None
            case Step.KNOW:
                return self._know()
            case Step.MAKE_DRAFT | Step.LAUNCH:
                return self._launch()
            case Step.DELETE:
                return self._delete(found)
        return self._stands(found)

    def _look(self) -> Progress:
        return read_progress(self._services.store, self._former.id, self._services.now())

    def _would_be_wrong(self, found: Progress) -> list[PlacedProblem]:
        """The errors that the successor would have with what is to be changed: before anything is switched off."""
        if found.step in (Step.DONE, Step.DELETE, Step.UNCONFIRMED, Step.LAUNCHING):
            return []
        source = found.former if found.successor is None or found.step is Step.GIVEN_UP else found.successor
        draft = source.draft.changed(dict(self._arguments.set))
        return [PlacedProblem(each.field, each.field, each.reason, each.weight)
                for each in check(draft, phones_of(source), self._services.now())
                if each.weight is Weight.ERROR and each.field in self._arguments.set]

    def _refuse_for_problems(self, wrong: list[PlacedProblem]) -> Status:
        print_problems(wrong)
        problem(say("command.create.not_yet", count=len(wrong)))
        if self._arguments.json:
            document(problems_json(wrong))
        return Status.FAILED

    def _is_agreed(self, found: Progress) -> bool:
        """Whether it is to be done, as --yes says or a person who has read what will happen. NotPossible."""
        if found.former.state not in (State.ON, State.OFF) or self._arguments.yes:
            return True  # whoever begins it says what is wrong
        if not interactive():
            raise NotPossible(Reason("command.replace.needs_yes"))
        problem(say("command.replace.plan", ref=found.former.ref, name=found.former.name,
                    count=found.carried.numbers))
        for text in changed_lines(found.former.draft, self._arguments.set):
            problem(text)
        if agreed(say("command.replace.sure", ref=found.former.ref)):
            return True
        refusal(Reason("command.replace.stopped"), as_json=self._arguments.json)
        return False

    def _switch_off(self) -> Status | None:
        from tui.provider.errors import ProviderError

        former = self._former

        async def work() -> Status | None:
            try:
                await switch_former_off(self._services, former.id)
            except asyncio.CancelledError:
                return self._unsure(Reason("operations.switch.cancelled"))
            except Unclear as failure:
                return self._unsure(*failure.reasons)
            except ProviderError as failure:
                if failure.perhaps_done:
                    return self._unsure(failure.reason)
                raise
            problem(say("command.replace.off", ref=former.ref, name=former.name))
            return None

        return run(self._services, work())

    def _unsure(self, *why: Reason) -> Status:
        """Nobody knows whether it is off. The same command asks for it once more."""
        text = " ".join(map(full_sentence, why))
        problem(say("command.replace.unsure", ref=self._former.ref, why=text))
        if self._arguments.json:
            document({"error": {"code": why[0].code, "message": text}, **self._stage(self._look())})
        return Status.UNCONFIRMED

    def _wait(self, found: Progress) -> None:
        """Until no call of the former one is under way. Stopped where a signal ends it."""
        now = self._services.now()
        problem(say("command.replace.waiting", ref=self._former.ref,
                    moment=moment_text(found.quiet_at or now, now)))
        try:
            run(self._services, self._until_quiet())
        except Stopped as stop:
            raise Stopped(stop.number, Reason("command.replace.stopped_waiting", {"ref": self._former.ref})) from None
        finally:
            if interactive():
                progress("")

    async def _until_quiet(self) -> None:
        while (found := await look(self._services, self._former.id)).step is Step.WAIT:
            now = self._services.now()
            if interactive() and found.quiet_at is not None:
                progress(say("command.replace.quiet", moment=moment_text(found.quiet_at, now)))
            await sleep(_LOOK_EVERY)

    def _know(self) -> Status | None:
        """Whom it has reached: from the results, else as was asked for; else nobody is called."""
        services, former = self._services, self._former
        try:
            run(services, know(services, former.id))
        except NotPossible as unknown:
            if self._arguments.records:
                return self._know_from_records(unknown.reason)
            if not self._arguments.call_unknown:
                return self._not_known(unknown.reason)
            self._take_for_known(unknown.reason)
        else:
            problem(say("command.replace.known"))
        return None

    def _know_from_records(self, unknown: Reason) -> Status | None:
        problem(full_sentence(unknown))
        problem(say("command.replace.fetching"))
        try:
            run(self._services, know_from_records(self._services, self._former.id, self._show_records))
        except NotPossible as still:
            if not self._arguments.call_unknown:
                return self._not_known(still.reason)
            self._take_for_known(still.reason)
        finally:
            if interactive():
                progress("")
        return None

    def _show_records(self, far: RecordsProgress) -> None:
        if interactive():
            progress(say("command.replace.records", pages=far.pages, of=far.of or 1, calls=far.matched))

    def _take_for_known(self, why: Reason) -> None:
        problem(say("command.replace.taken", why=full_sentence(why)))
        run(self._services, take_for_known(self._services, self._former.id))

    def _not_known(self, why: Reason) -> Status:
        found = self._look()
        problem(say("command.replace.not_known", why=full_sentence(why), ref=self._former.ref,
                    count=found.carried.numbers))
        if self._arguments.json:
            document({"error": {"code": why.code, "message": full_sentence(why)}, **self._stage(found)})
        return Status.FAILED

    def _launch(self) -> Status:
        services, arguments = self._services, self._arguments
        draft = run(services, make_successor(services, self._former.id, arguments.set))
        problem(say("command.replace.draft", ref=draft.ref, count=draft.callable_numbers))
        how = LaunchDraft(ref=draft.ref, json=arguments.json, with_do_not_call=arguments.with_do_not_call,
                          without_iys=arguments.without_iys, wait=arguments.wait, yes=arguments.yes)
        return launch_campaign(services, draft, self._invocation, how)

    def _delete(self, found: Progress) -> Status:
        assert found.successor is not None  # noqa: S101 - it is launched
        run(self._services, delete_former(self._services, found.successor.id))
        return self._done(self._look())

    def _done(self, found: Progress) -> Status:
        assert found.successor is not None  # noqa: S101 - it is launched
        successor = found.successor
        problem(say("command.replace.done", ref=self._former.ref, successor=successor.ref))
        if self._arguments.json:
            document({"outcome": "created", "id": successor.provider_id, "ref": successor.ref, "reason": None,
                      **self._stage(found)})
        else:
            line(successor.ref)
        return Status.DONE

    def _stands(self, found: Progress) -> Status:
        """The successor's own launch stands between: it is under way, or nobody knows what became of it."""
        assert found.successor is not None  # noqa: S101 - it is launched
        key = "command.replace.unconfirmed" if found.step is Step.UNCONFIRMED else "command.replace.launching"
        problem(say(key, ref=found.successor.ref))
        if self._arguments.json:
            document({"outcome": "unconfirmed", "id": None, "ref": found.successor.ref, "reason": None,
                      **self._stage(found)})
        return Status.UNCONFIRMED

    def _stage(self, found: Progress) -> Json:
        return {"replaces": former_json(found, self._services.now())}
