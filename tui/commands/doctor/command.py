"""`santral doctor`: what the program sees of its surroundings, fit to be pasted into a report."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from tui import bootstrap
from tui.campaign.lifecycle import AskedBy
from tui.commands.arguments.program import Doctor
from tui.commands.config import problems_of
from tui.commands.doctor import account, machine
from tui.commands.doctor.finding import NAME, PART, Finding
from tui.commands.invocation import Invocation
from tui.commands.output import document, full_sentence, lines
from tui.commands.running import run
from tui.commands.status import Status, read_status
from tui.config import ConfigError
from tui.core import folders, logs
from tui.core.clock import utc_now
from tui.core.secret import Redactor
from tui.i18n.words import say
from tui.operations.services import Services
from tui.store import Store, StoreBusy, StoreError


def run_doctor(invocation: Invocation, arguments: Doctor) -> Status:
    """Show every finding. It has failed where one of them is bad."""
    redactor = Redactor()
    findings = list(_findings(invocation, redactor, offline=arguments.offline))
    shown = [Finding(found.part, found.name, _fit(found.text, redactor), found.well) for found in findings]
    well = all(found.well is not False for found in shown)
    written = document(_document(shown, well=well)) if arguments.json else lines(_lines(shown))
    return read_status(written=well and written)


def _findings(invocation: Invocation, redactor: Redactor, *, offline: bool) -> Iterator[Finding]:
    yield from machine.versions()
    yield machine.zone(utc_now().date())
    yield from machine.terminal(invocation.environ)
    path: Path | None = None
    try:
        path = invocation.sources.config_path()
        opened = bootstrap.open_config(invocation.sources, AskedBy.COMMAND)
    except ConfigError as error:
        yield from machine.folders(path, None, logs.set_up(None, Redactor()))
        yield from (Finding("configuration", "problem", full_sentence(reason), well=False) for reason in error.reasons)
        return
    try:
        for secret in opened.config.secrets:
            redactor.add(secret)
        location = opened.config.database.location
        yield from machine.folders(path, location if isinstance(location, Path) else None, opened.log_file)
        yield from _of(opened, invocation.profile, offline=offline)
    finally:
        opened.close()


def _of(opened: bootstrap.Session, named: str | None, *, offline: bool) -> Iterator[Finding]:
    config = opened.config
    problems = [*problems_of(config), *config.warnings]
    yield from (Finding("configuration", "problem", full_sentence(reason), well=False) for reason in problems)
    try:
        profile = bootstrap.choose_profile(opened, named)
    except ConfigError as error:
        yield from (Finding("configuration", "profile", full_sentence(reason), well=False) for reason in error.reasons)
        return
    if profile is None:
        yield Finding("configuration", "profile", say("command.doctor.no_profile"))
        return
    if not problems:
        yield Finding("configuration", "problem", say("command.doctor.none"), well=True)
    yield Finding("configuration", "profile", f"{profile.name}, {profile.base_url}")
    if isinstance(config.database.location, Path) and not folders.stands(config.database.location):
        yield Finding("database", "address", f"{config.database.url}: {say('command.doctor.absent')}")
    try:
        services = opened.use_profile(profile)
        yield from (Finding("database", "problem", full_sentence(reason), well=False)
                    for reason in services.store.warnings)
        yield from account.database(services.store, config)
        yield from run(services, _asked(services, opened, offline=offline))
    except StoreError as error:
        yield Finding("database", "address", full_sentence(error.reason), well=False)
        if isinstance(error, StoreBusy) and opened.services is None:  # receivers go on meanwhile
            yield account.spool_finding(Store.spool_at(config.database.location))


async def _asked(services: Services, opened: bootstrap.Session, *, offline: bool) -> list[Finding]:
    found: list[Finding] = []
    if not offline:
        found += await _gathered(account.provider(services))
    return found + await _gathered(account.receiver(services, opened.config.receiver, offline=offline))


async def _gathered(findings: AsyncIterator[Finding]) -> list[Finding]:
    return [found async for found in findings]


def _fit(text: str, redactor: Redactor) -> str:
    """Without keys, and without the user's name that the path of a home has."""
    home = str(folders.home() or "")
    return redactor(text.replace(home, "~") if len(home) > 1 else text)


def _lines(findings: list[Finding]) -> Iterator[str]:
    part = ""
    for found in findings:
        if found.part != part:
            part = found.part
            yield say(PART[part])
        mark = {True: "✓", False: "✗", None: "·"}[found.well]
        yield f"  {mark} {say(NAME[found.name])}: {found.text}"
    wrong = sum(found.well is False for found in findings)
    yield say("command.doctor.wrong", count=wrong) if wrong else say("command.doctor.well")


def _document(findings: list[Finding], *, well: bool) -> dict[str, object]:
    return {"ok": well, "findings": [{"part": found.part, "name": found.name, "value": found.text, "ok": found.well}
                                     for found in findings]}
