"""`santral campaign again REF [--phones LIST]`: today's campaign of an earlier one, as a draft."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from tui.campaign.phone_list import Number
from tui.commands.arguments.campaign import CampaignAgain
from tui.commands.campaign.report import as_json_now
from tui.commands.invocation import Invocation
from tui.commands.list_input import ListInput, ignored_columns, problem_of_options
from tui.commands.output import document, full_sentence, line, problem, refusal
from tui.commands.running import campaign_of, open_services, run
from tui.commands.status import Status
from tui.i18n.words import say
from tui.numbers.reading import ParsedList
from tui.operations.again import make_again
from tui.operations.phone_list import BadRow, add_numbers
from tui.operations.services import Services
from tui.store import Campaign, Summary
from tui.text.formats import window_of_campaign, window_text


def again(invocation: Invocation, arguments: CampaignAgain) -> Status:
    """Make the draft; its reference alone on stdout. Nobody is called. BadList, NotPossible, StoreError."""
    if (wrong := problem_of_options(arguments.phones, arguments)) is not None:
        refusal(wrong, as_json=arguments.json)
        return Status.USAGE
    with open_services(invocation) as services:
        source = campaign_of(services, arguments.ref)
        if arguments.phones is None:
            made, summary = run(services, make_again(services, source.id)), None
        else:
            made, summary = _with_list(services, source, ListInput.of(arguments.phones, arguments))
        _say(services, made, summary)
        if arguments.json:
            document(as_json_now(services, services.store.campaigns.get(made.id)))
        else:
            line(made.ref)
    return Status.DONE


def _with_list(services: Services, source: Campaign, phones: ListInput) -> tuple[Campaign, Summary]:
    """With a list; where that can't be read to its end, no draft stays behind."""
    with phones.opened() as found:
        for note in found.notes:
            problem(say("command.warning", place=phones.name, sentence=full_sentence(note)))
        if (ignored := ignored_columns(found)) is not None:
            problem(say("command.warning", place=phones.name, sentence=full_sentence(ignored)))
        made = run(services, make_again(services, source.id))
        try:
            return made, run(services, add_numbers(services, made.id, _rows(found)))
        except BaseException:
            with contextlib.suppress(Exception):
                services.store.drafts.remove(made.id)
            raise


def _rows(found: ParsedList) -> Iterator[Number | BadRow]:
    for row in found.source_rows:
        number = Number(row.phone, row.phrase, row.lang, row.reference)
        yield number if row.problem is None else BadRow(number, row.problem, row.line)


def _say(services: Services, made: Campaign, summary: Summary | None) -> None:
    now = services.now()
    problem(say("command.again.made", ref=made.ref, window=window_text(window_of_campaign(made, now), now)))
    if summary is None:
        problem(say("command.again.no_list", ref=made.ref))
        return
    problem(say("command.again.list", count=summary.callable, bad=summary.bad, duplicates=summary.duplicates))
