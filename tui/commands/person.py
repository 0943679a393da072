"""`santral person NUMBER`: all that is known of one number, over all campaigns and profiles."""

from __future__ import annotations

from pathlib import Path

from tui.campaign.phone import readable_phone
from tui.commands.arguments.results import OnePerson
from tui.commands.document import (
    Json,
    campaign_json,
    change_json,
    detailed_call_json,
    moment_json,
    reason_json,
)
from tui.commands.invocation import Invocation
from tui.commands.output import document, is_stdout, line, lines, through_stdout
from tui.commands.running import open_services, run
from tui.commands.status import Status, read_status
from tui.i18n.words import say
from tui.operations.export_person import PersonFormat, export_person, person_bytes
from tui.operations.person import PersonReport, look_up_person
from tui.operations.services import Services
from tui.store.person_values import PersonCampaign
from tui.text.person import launched_at, may_call, person_text


def person(invocation: Invocation, arguments: OnePerson) -> Status:
    """What is known, in words, as JSON or in a file. That nothing is known is an answer.

    NotPossible, ConfigError, StoreError.
    """
    with open_services(invocation, any_profile=True) as services:
        return _answer(services, arguments)


def _answer(services: Services, arguments: OnePerson) -> Status:
    report = run(services, look_up_person(services, arguments.number))
    for path, form in ((arguments.csv, PersonFormat.CSV), (arguments.html, PersonFormat.HTML)):
        if path is not None:
            return _export(services, report, path, form)
    if arguments.json:
        return read_status(written=document(_document(report)))
    text = person_text(report.person, report.accounts, report.at)
    if not report.person.known:
        return read_status(written=line(text.summary))
    return read_status(written=lines(f" {each}".rstrip() for each in text.lines()))


def _export(services: Services, report: PersonReport, path: Path, form: PersonFormat) -> Status:
    if is_stdout(path):
        return read_status(written=through_stdout(lambda out: out.write(person_bytes(report, form))))
    run(services, export_person(report, path, form))
    line(say("command.person.exported", phone=readable_phone(report.person.phone), path=str(path)))
    return Status.DONE


def _document(report: PersonReport) -> Json:
    found = report.person
    return {
        "phone": found.phone, "known": found.known,
        "totals": {"campaigns": len(found.campaigns), "calls": found.calls, "answered": found.answered},
        "notes": [{"profile": each.profile, "text": each.text, "at": moment_json(each.at), "by": each.by_user or None}
                  for each in found.notes],
        "do_not_call": [{"profile": each.profile, "source": each.source.value, "at": moment_json(each.at),
                         "campaign": each.campaign, "reason": each.reason or None, "by": each.by_user or None}
                        for each in found.refusals],
        "do_not_call_history": [{"profile": each.profile, **change_json(each.change)} for each in found.changes],
        "iys": [{"profile": each.profile, "written_at": moment_json(each.file_at), "consents": [
            {"recipient_type": consent.recipient_type.value, "brand": consent.brand or None,
             "status": consent.status.value, "since": moment_json(consent.since)} for consent in each.consents]}
            for each in found.consents],
        "campaigns": [_campaign(report, each) for each in found.campaigns],
    }


def _campaign(report: PersonReport, each: PersonCampaign) -> Json:
    campaign = each.campaign
    return {
        "campaign": campaign_json(campaign, report.at, complete=each.totals.complete),
        "launched_at": moment_json(launched_at(campaign)), "follows": campaign.follows, "final": each.final,
        "may_call": may_call(each, report.at), "unlisted": each.unlisted,
        "rows": [{"row": row.position, "typed": row.typed, "reference": row.reference, "phrase": row.phrase,
                  "lang": row.lang, "repeats": row.duplicate_of, "problem": reason_json(row.problem)}
                 for row in each.rows],
        "left_out": [{"at": moment_json(row.at), "reference": row.reference, "reason": reason_json(row.why)}
                     for row in each.dropped],
        "calls": [detailed_call_json(call, campaign, report.person.detail(each, call)) for call in each.calls],
    }
